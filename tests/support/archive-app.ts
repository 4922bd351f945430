import type { Host } from '../../migrations/apply/host';
import { exportArchive, type ExportOptions } from '../../migrations/export-archive';
import { importArchive, planArchive, type ImportOptions } from '../../migrations/import-archive';
import { medigy } from '../../migrations/mappings/medigy';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { startStrapi } from './strapi';

/** What the command line does where nothing is said. */
export const IMPORT_DEFAULTS = {
  mapping: medigy,
  limits: DEFAULT_LIMITS,
  publish: 'all',
  onConflict: 'keep',
  resurrect: false,
  missing: 'keep',
  maxMissing: { share: 0.1 },
} as const;

/** A running app, and the two ways between it and folders. */
export const startArchiveApp = async (start: Parameters<typeof startStrapi>[0] = {}) => {
  const app = await startStrapi(start);
  const host = app.strapi.plugin('curation').service('host') as unknown as Host;
  return Object.assign(app, {
    host,
    importFrom: (folder: string, options: Partial<ImportOptions> = {}) => importArchive(host, { ...IMPORT_DEFAULTS, folder, ...options }),
    planFrom: (folder: string, options: Partial<ImportOptions> = {}) => planArchive(host, { ...IMPORT_DEFAULTS, folder, ...options }),
    exportTo: (folder: string, options: Partial<ExportOptions> = {}) => exportArchive(host, { folder, mapping: medigy, ...options }),
  });
};

export type ArchiveApp = Awaited<ReturnType<typeof startArchiveApp>>;
