import fs from 'node:fs/promises';

import { EXIT, UserError } from './errors';
import type { Mapping } from './mappings/mapping';
import { toRecords, type Wanted } from './mappings/to-records';
import type { Limits } from './source/limits';
import { isError } from './source/problem';
import { readFolder } from './source/read-folder';

export interface ReadOptions {
  /** A glob relative to the folder. */
  only?: string;
  limits: Limits;
  lint?: boolean;
}

/** What a folder holds: how many files, and their records. */
export type Archive = Wanted & { seen: number };

/** @throws UserError where the path is no folder */
export const assertFolder = async (folder: string, what = 'folder'): Promise<void> => {
  const stat = await fs.stat(folder).catch(() => undefined);
  if (!stat) throw new UserError(`There is no ${what} ${folder}.`);
  if (!stat.isDirectory()) throw new UserError(`${folder} is a file; a ${what} is expected.`);
};

/**
 * First and second station: a folder of Markdown, as records.
 *
 * @throws UserError where there is no such folder, or no Markdown file in it
 */
export const readArchive = async (folder: string, mapping: Mapping, { only, limits, lint }: ReadOptions): Promise<Archive> => {
  await assertFolder(folder);
  const { seen, files, problems } = await readFolder(folder, { only, limits });
  if (seen === 0 && problems.length === 0) {
    const which = only ? ` that matches ${only}` : '';
    throw new UserError(`There is no Markdown file${which} in ${folder}. Nothing was done.`, EXIT.guarded);
  }
  const wanted = toRecords(files, mapping, { lint });
  const unread = new Set(problems.filter(isError).map(({ file }) => file)).size;
  return { ...wanted, problems: [...problems, ...wanted.problems], refused: wanted.refused + unread, seen };
};
