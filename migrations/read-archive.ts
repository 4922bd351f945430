import fs from 'node:fs/promises';

import picomatch from 'picomatch';

import { EXIT, UserError } from './errors';
import type { HtmlOptions } from './mappings/clean-text';
import { takesMdx, type Mapping } from './mappings/mapping';
import { Register, type Wanted } from './mappings/register';
import type { Seen } from './plan/seen';
import { RedirectCheck } from './plan/redirect-check';
import { readFiles } from './reading/read-files';
import { FolderDigest } from './source/digest-folder';
import type { Limits } from './source/limits';
import { listFiles } from './source/list-files';
import { isError } from './source/problem';

export interface ReadOptions extends HtmlOptions {
  /** A glob relative to the folder. */
  only?: string;
  limits: Limits;
  lint?: boolean;
}

/** What a folder holds: its files, and their records. */
export interface Archive extends Wanted, Seen {
  /** Of all files, as `digestFolder` makes it; undefined where one could not be read. */
  digest?: string;
}

/** @throws UserError where the path is no folder */
export const assertFolder = async (folder: string, what = 'folder'): Promise<void> => {
  const stat = await fs.stat(folder).catch(() => undefined);
  if (!stat) throw new UserError(`There is no ${what} ${folder}.`);
  if (!stat.isDirectory()) throw new UserError(`${folder} is a file; a folder is expected.`);
};

/**
 * First and second station: a folder of Markdown, as records.
 *
 * @throws UserError where there is no such folder, or no Markdown file in it
 */
export const readArchive = async (folder: string, mapping: Mapping, options: ReadOptions): Promise<Archive> => {
  const { only, limits, lint = false, html, frames } = options;
  await assertFolder(folder);
  const { paths, problems, passedOver, isKnown } = await listFiles(folder, { only, limit: limits.files, takesMdx: takesMdx(mapping) });
  if (paths.length === 0 && problems.length === 0) {
    const which = only ? ` that matches ${only}` : '';
    const mdx = passedOver > 0 ? ` The mapping "${mapping.name}" includes none of its .mdx files.` : '';
    throw new UserError(`There is no Markdown file${which} in ${folder}.${mdx} Nothing was done.`, EXIT.guarded);
  }
  const isNamed = only ? picomatch(only, { dot: true }) : () => true;
  const redirects = new RedirectCheck();
  const register = new Register(mapping, lint, (record) => redirects.add(record));
  const digest = new FolderDigest();
  let isWhole = problems.length === 0;
  try {
    for await (const readings of readFiles(folder, paths, mapping, { limits, lint, html, frames })) {
      for (const reading of readings) {
        const { path, hash } = reading;
        if (hash === undefined) isWhole = false;
        else digest.add(path, hash);
        register.add(reading);
      }
    }
    const wanted = register.finish();
    const unreadable = new Set(problems.filter(isError).map(({ file }) => file)).size;
    return {
      ...wanted,
      problems: [...problems, ...wanted.problems, ...redirects.problems((number) => wanted.records.at(number))],
      refused: wanted.refused + unreadable,
      paths: new Set(paths),
      ...(isWhole ? { digest: digest.toString() } : {}),
      isInScope: (path) => isNamed(path) && isKnown(path),
    };
  } catch (error) {
    register.close();
    throw error;
  }
};
