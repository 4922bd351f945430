import path from 'node:path';

import type { Core } from '@strapi/strapi';

import type { Host } from '../../../migrations/apply/host';
import { EXIT, UserError } from '../../../migrations/errors';
import { importArchive, planArchive, type ArchiveOptions } from '../../../migrations/import-archive';
import { DEFAULT_MAPPING, loadMapping } from '../../../migrations/mappings';
import { DEFAULT_MAX_MISSING, parseMaxMissing } from '../../../migrations/plan/missing';
import type { Plan } from '../../../migrations/plan/plan';
import type { RunReport } from '../../../migrations/report/report';
import { plural } from '../../../migrations/report/words';
import { isError } from '../../../migrations/source/problem';
import type { CurationConfig, MigrationConfig } from '../config';
import { hostOf } from '../services/host-of';
import { configOf, isCommand } from '../config/config-of';

const isHeld = (error: unknown): boolean => error instanceof UserError && error.exitCode === EXIT.held;

const optionsOf = async (strapi: Core.Strapi, migration: MigrationConfig, limits: CurationConfig['limits']): Promise<ArchiveOptions> => {
  const { from, assets, mapping = DEFAULT_MAPPING, only, html, frames, publish = 'all', conflict = 'keep', missing = 'keep' } = migration;
  const { maxMissing = DEFAULT_MAX_MISSING } = migration;
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
    maxMissing: parseMaxMissing(String(maxMissing))!,
  };
};

const checkArchive = async (host: Host, options: ArchiveOptions): Promise<Plan> => {
  const plan = await planArchive(host, options);
  plan.operations.close();
  return plan;
};

/** @param isCheck nothing was to be imported, only looked at */
const tell = (
  strapi: Core.Strapi,
  from: string,
  { run, counts, problems }: Pick<RunReport, 'run' | 'counts' | 'problems'>,
  isCheck: boolean,
) => {
  const { created, updated, removed, refused, conflicts } = counts;
  const done = isCheck ? 'was checked; an import would have' : 'was imported';
  strapi.log.info(
    `[curation] ${from} ${done}: ${created} created, ${updated} updated, ${removed} removed, ${refused} refused, ${conflicts} in conflict`,
  );
  // Nothing has changed since somebody could read them.
  const isRepeated = run === null && !isCheck;
  const told = isRepeated ? problems.filter(isError) : problems;
  for (const { file, line, column, severity, rule, message } of told) {
    strapi.log[severity === 'error' ? 'error' : 'warn'](`[curation] ${file}:${line}:${column} ${message} (${rule})`);
  }
  const left = problems.length - told.length;
  if (left > 0) strapi.log.info(`[curation] ${from}: ${plural(left, 'warning')} as before; \`curation plan\` tells them.`);
};

/**
 * Imports the archives of the configuration, or looks at what an import would do, when Strapi starts. Of several nodes that start together
 * one imports; the others go on without waiting.
 *
 * @throws where an archive that is `required` could not be imported; any other failure is logged, and Strapi serves what it has
 */
export const runMigrations = async (strapi: Core.Strapi): Promise<void> => {
  const { migrations, onBootstrap, limits } = configOf(strapi);
  if (onBootstrap === 'off' || isCommand(strapi)) return;
  const host = hostOf(strapi);

  for (const migration of migrations) {
    const { from, required = false } = migration;
    try {
      const options = await optionsOf(strapi, migration, limits);
      const isCheck = onBootstrap === 'check';
      const report = isCheck ? { ...(await checkArchive(host, options)), run: null } : await importArchive(host, options);
      tell(strapi, from, report, isCheck);
      const { refused } = report.counts;
      if (required && refused > 0) throw new Error(`${plural(refused, 'file was', 'files were')} refused.`);
    } catch (error) {
      if (isHeld(error)) strapi.log.info(`[curation] ${from} is being imported by another node.`);
      else if (required) throw new Error(`[curation] Strapi does not start without ${from}: ${(error as Error).message}`);
      else strapi.log.error(`[curation] ${from} could not be imported: ${(error as Error).message}`);
    }
  }
};
