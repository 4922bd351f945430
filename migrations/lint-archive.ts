import type { Mapping } from './mappings/mapping';
import { assertFolder, readArchive, type ReadOptions } from './read-archive';
import type { LintReport } from './report/report';
import { Assets } from './source/assets';
import { problemAt } from './source/parsed-file';
import { byPlace, detached, isError } from './source/problem';

export interface LintOptions extends ReadOptions {
  folder: string;
  mapping: Mapping;
  /** The folder of pictures; without it pictures are not looked for. */
  assets?: string;
}

/**
 * Reads and checks every file of a folder. Needs no Strapi and no database.
 *
 * @throws UserError for a folder that is none or holds no Markdown
 */
export const lintArchive = async ({ folder, mapping, assets: assetsFolder, ...options }: LintOptions): Promise<LintReport> => {
  if (assetsFolder) await assertFolder(assetsFolder, 'assets folder');
  const { paths, records, problems, leftOut } = await readArchive(folder, mapping, { ...options, lint: true });
  const assets = new Assets(assetsFolder, folder);
  try {
    for (const { file, media } of records) {
      for (const reference of Object.values(media)) {
        const asset = file && reference ? await assets.find(reference.href, file.path) : undefined;
        const isUnknown = asset && 'rule' in asset && (assetsFolder !== undefined || asset.rule !== 'image/missing');
        if (isUnknown) problems.push(...detached([problemAt(file!, asset.rule, reference!.place, asset.message)]));
      }
    }
  } finally {
    records.close();
  }
  const errors = problems.filter(isError).length;
  const counts = { files: paths.size, errors, warnings: problems.length - errors };
  return { counts, problems: problems.sort(byPlace), ...(leftOut > 0 && { leftOut }) };
};
