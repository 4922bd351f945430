import nodePath from 'node:path';

import { applyPlan, type Progress } from './apply/apply-plan';
import type { Host } from './apply/host';
import { openDatabase } from './apply/open-database';
import type { Mapping } from './mappings/mapping';
import { makePlan, type PlanOptions } from './plan/make-plan';
import type { Plan } from './plan/plan';
import type { RunReport } from './report/report';
import { assertFolder, readArchive, type ReadOptions } from './read-archive';
import { Assets } from './source/assets';
import { byPlace, problem } from './source/problem';

export interface ImportOptions extends ReadOptions, Omit<PlanOptions, 'mapping'> {
  folder: string;
  mapping: Mapping;
  /** The folder of pictures; without it every picture is missing. */
  assets?: string;
  /** Asked before anything is written; false leaves everything as it is. */
  confirm?: (plan: Plan) => Promise<boolean>;
  onProgress?: Progress;
}

/**
 * The whole way from files to rows: read, understand, compare, write.
 *
 * @returns what came of it; problems of single files are in the report and stop nothing but those files
 * @throws UserError for a folder that is none or holds no Markdown
 */
export const importArchive = async (host: Host, options: ImportOptions): Promise<RunReport> => {
  const { folder, mapping, assets, publish, onConflict, resurrect, confirm, onProgress } = options;
  const started = performance.now();
  if (assets) await assertFolder(assets, 'assets folder');

  const archive = await readArchive(folder, mapping, options);
  const database = await openDatabase(host);
  const planned = { publish, onConflict, resurrect, mapping: `${mapping.name} publish=${publish}` };
  const plan = await makePlan(archive, database, new Assets(assets), planned);

  const isWanted = plan.operations.length === 0 || !confirm || (await confirm(plan));
  const info = { kind: 'import' as const, mapping: mapping.name, folder: nodePath.resolve(folder) };
  const { run, rejected } = isWanted ? await applyPlan(host, plan, info, onProgress) : { run: null, rejected: [] };

  const { counts, byType, problems } = plan;
  for (const { asset, reason } of rejected) {
    problems.push(problem('image/unsupported', asset.name, `The media library refused the picture: ${reason}`));
  }
  return { run, dryRun: !isWanted, counts, byType, problems: problems.sort(byPlace), seconds: (performance.now() - started) / 1000 };
};
