import path from 'node:path';

import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';
import { EXIT, UserError } from '../../../migrations/errors';
import { importArchive, planArchive, type ArchiveOptions } from '../../../migrations/import-archive';
import { DEFAULT_MAPPING, loadMapping } from '../../../migrations/mappings';
import type { Plan } from '../../../migrations/plan/plan';
import type { CurationConfig, MigrationConfig } from '../config';

const MAX_MISSING = { share: 0.1 };

const isHeld = (error: unknown): boolean => error instanceof UserError && error.exitCode === EXIT.held;

const optionsOf = async (strapi: Core.Strapi, migration: MigrationConfig, limits: CurationConfig['limits']): Promise<ArchiveOptions> => {
  const { from, assets, mapping = DEFAULT_MAPPING, only, html, frames, publish = 'all', conflict = 'keep', missing = 'keep' } = migration;
  const { root } = strapi.dirs.app;
  const folder = path.resolve(root, from);
  return {
    folder,
    mapping: await loadMapping(mapping, root),
    assets: assets && path.resolve(root, assets),
    only,
    html,
    frames,
    limits,
    publish,
    onConflict: conflict,
    resurrect: false,
    missing,
    maxMissing: MAX_MISSING,
  };
};

const checkArchive = async (host: Host, options: ArchiveOptions): Promise<Plan> => {
  const plan = await planArchive(host, options);
  plan.operations.close();
  return plan;
};

const tellOf = ({ created, updated, removed, refused, conflicts }: Record<string, number>): string =>
  `${created} created, ${updated} updated, ${removed} removed, ${refused} refused, ${conflicts} in conflict`;

/**
 * Imports the archives of the configuration, or looks at what an import would do, when Strapi starts. Of several nodes that start together
 * one imports; the others go on without waiting.
 *
 * @throws where an archive that is `required` could not be imported; any other failure is logged, and Strapi serves what it has
 */
export const runMigrations = async (strapi: Core.Strapi): Promise<void> => {
  const { migrations, onBootstrap, limits } = strapi.config.get<CurationConfig>(`plugin::${PLUGIN_ID}`);
  if (onBootstrap === 'off' || strapi.config.get<boolean>('curation.commandLine', false)) return;
  const host = strapi.plugin(PLUGIN_ID).service('host') as unknown as Host;

  for (const migration of migrations) {
    const { from, required = false } = migration;
    try {
      const options = await optionsOf(strapi, migration, limits);
      const isCheck = onBootstrap === 'check';
      const { counts, problems } = isCheck ? await checkArchive(host, options) : await importArchive(host, options);
      const done = isCheck ? 'was checked; an import would have' : 'was imported';
      strapi.log.info(`[curation] ${from} ${done}: ${tellOf({ ...counts })}`);
      for (const { file, line, column, severity, rule, message } of problems) {
        strapi.log[severity === 'error' ? 'error' : 'warn'](`[curation] ${file}:${line}:${column} ${message} (${rule})`);
      }
      if (required && counts.refused > 0) throw new Error(`${counts.refused} files were refused.`);
    } catch (error) {
      if (isHeld(error)) strapi.log.info(`[curation] ${from} is being imported by another node.`);
      else if (required) throw new Error(`[curation] ${from} could not be imported: ${(error as Error).message}`);
      else strapi.log.error(`[curation] ${from} could not be imported: ${(error as Error).message}`);
    }
  }
};
