import type { Host } from '../../migrations/apply/host';
import { exportArchive, type ExportOptions } from '../../migrations/export-archive';
import { importArchive, planArchive, type ImportOptions } from '../../migrations/import-archive';
import { medigy } from '../../migrations/mappings/medigy';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { startStrapi } from './strapi';

const DEFAULTS = {
  mapping: medigy,
  limits: DEFAULT_LIMITS,
  publish: 'all',
  onConflict: 'keep',
  resurrect: false,
  missing: 'keep',
  maxMissing: { share: 0.1 },
} as const;

/** A running app, and the two ways between it and folders. */
export const startArchiveApp = async () => {
  const app = await startStrapi();
  const host = app.strapi.plugin('curation').service('host') as unknown as Host;
  return {
    ...app,
    host,
    url: app.url,
    importFrom: (folder: string, options: Partial<ImportOptions> = {}) => importArchive(host, { ...DEFAULTS, folder, ...options }),
    planFrom: (folder: string, options: Partial<ImportOptions> = {}) => planArchive(host, { ...DEFAULTS, folder, ...options }),
    exportTo: (folder: string, options: Partial<ExportOptions> = {}) => exportArchive(host, { folder, mapping: medigy, ...options }),
  };
};

export type ArchiveApp = Awaited<ReturnType<typeof startArchiveApp>>;
