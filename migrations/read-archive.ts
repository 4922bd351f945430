import fs from 'node:fs/promises';

import picomatch from 'picomatch';

import { EXIT, UserError } from './errors';
import type { HtmlOptions } from './mappings/clean-text';
import type { Mapping } from './mappings/mapping';
import { RecordReader, unmapped, type Wanted } from './mappings/to-records';
import type { Seen } from './plan/missing';
import { RedirectCheck } from './plan/redirect-check';
import type { Limits } from './source/limits';
import { isError, type Problem } from './source/problem';
import { readFolder, type Folder } from './source/read-folder';

export interface ReadOptions extends HtmlOptions {
  /** A glob relative to the folder. */
  only?: string;
  limits: Limits;
  lint?: boolean;
}

/** What a folder holds: its files, and their records. */
export type Archive = Wanted & Seen & Pick<Folder, 'digest'>;

/** @throws UserError where the path is no folder */
export const assertFolder = async (folder: string, what = 'folder'): Promise<void> => {
  const stat = await fs.stat(folder).catch(() => undefined);
  if (!stat) throw new UserError(`There is no ${what} ${folder}.`);
  if (!stat.isDirectory()) throw new UserError(`${folder} is a file; a ${what} is expected.`);
};

/** What a mapping leaves alone need not be well written: the README of an archive has no front matter. */
const concernOf = (each: Problem, mapping: Mapping): Problem[] => {
  const concern = each.rule.startsWith('front-matter/') ? mapping.concerns?.(each.file) : undefined;
  if (concern === 'excluded') return [];
  return [concern === 'unmapped' ? unmapped(each.file, mapping) : each];
};

/**
 * First and second station: a folder of Markdown, as records.
 *
 * @throws UserError where there is no such folder, or no Markdown file in it
 */
export const readArchive = async (folder: string, mapping: Mapping, options: ReadOptions): Promise<Archive> => {
  const { only } = options;
  await assertFolder(folder);
  const redirects = new RedirectCheck();
  const reader = new RecordReader(mapping, options, (record) => redirects.add(record));
  try {
    const { paths, problems, digest } = await readFolder(folder, options, (file) => reader.add(file));
    if (paths.length === 0 && problems.length === 0) {
      const which = only ? ` that matches ${only}` : '';
      throw new UserError(`There is no Markdown file${which} in ${folder}. Nothing was done.`, EXIT.guarded);
    }
    const wanted = reader.finish();
    const concerned = problems.flatMap((each) => concernOf(each, mapping));
    const unread = new Set(concerned.filter(isError).map(({ file }) => file)).size;
    return {
      ...wanted,
      problems: [...concerned, ...wanted.problems, ...redirects.problems((number) => wanted.records.at(number))],
      refused: wanted.refused + unread,
      paths: new Set(paths),
      digest,
      isInScope: only ? picomatch(only, { dot: true }) : () => true,
    };
  } catch (error) {
    reader.close();
    throw error;
  }
};
