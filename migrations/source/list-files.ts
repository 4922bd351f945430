import fs from 'node:fs/promises';
import nodePath from 'node:path';

import picomatch from 'picomatch';

import { UserError } from '../errors';
import { problem, type Problem } from './problem';

export interface FileList {
  /** Paths relative to the folder, sorted, so that no file system decides what comes first. */
  paths: string[];
  problems: Problem[];
  /** How many MDX files are passed over. */
  passedOver: number;
  /** False for what could not be looked at: nobody knows whether it is there. */
  isKnown(path: string): boolean;
}

const MARKDOWN = /\.(md|markdown)$/i;

/** Markdown with components in it, which only some sites have. */
export const isMdx = (path: string): boolean => /\.mdx$/i.test(path);

/** True for a folder itself and all below it; both paths are real ones. */
export const isInside = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + nodePath.sep);

const isLeftOut = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/**
 * Lists the Markdown files below a folder. Links are followed as long as they stay inside it; one that leaves it is a problem, and one to a
 * folder or a file that is listed itself adds nothing. Names that begin with a dot and node_modules are left out.
 *
 * @param only a glob relative to the folder
 * @param takesMdx tells of an MDX file whether it is one of them
 * @param limit the number of files after which the folder is taken for the wrong one
 * @throws UserError where the folder itself cannot be read
 */
export const listFiles = async (
  folder: string,
  { only, limit, takesMdx = () => false }: { only?: string; limit: number; takesMdx?: (path: string) => boolean },
): Promise<FileList> => {
  const root = await fs.realpath(folder);
  const isNamed = only ? picomatch(only, { dot: true }) : () => true;
  const isWanted = (path: string) => (MARKDOWN.test(path) || (isMdx(path) && takesMdx(path))) && isNamed(path);
  let passedOver = 0;
  const paths: string[] = [];
  /** Where a link leads to, for each path that a link is part of. */
  const linked = new Map<string, string>();
  const problems: Problem[] = [];
  /** Folders and links that could not be read. */
  const unread: string[] = [];
  /** A few folders that link to each other can be walked through in more ways than there is time for. */
  const visited = new Set<string>();
  const isListed = (real: string) => !nodePath.relative(root, real).split(nodePath.sep).some(isLeftOut);

  const visit = async (relative: string, own: string): Promise<void> => {
    if (visited.has(own)) return;
    visited.add(own);
    const entries = await fs.readdir(nodePath.join(root, relative), { withFileTypes: true }).catch((error: unknown) => {
      const { message } = error as Error;
      if (relative === '') throw new UserError(`The folder ${folder} cannot be read: ${message}.`);
      problems.push(problem('file/unreadable', relative, `The folder cannot be read: ${message}.`));
      unread.push(relative);
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = relative ? `${relative}/${entry.name}` : entry.name;
      if (isLeftOut(entry.name)) continue;

      let real = nodePath.join(own, entry.name);
      let isDirectory = entry.isDirectory();
      if (entry.isSymbolicLink()) {
        try {
          real = await fs.realpath(nodePath.join(root, path));
          isDirectory = (await fs.stat(real)).isDirectory();
        } catch {
          unread.push(path);
          if (isWanted(path)) problems.push(problem('file/unreadable', path, 'The link leads nowhere.'));
          continue;
        }
        if (!isInside(root, real)) {
          unread.push(path);
          if (isDirectory || isWanted(path)) {
            problems.push(problem('file/outside-folder', path, 'The link leads out of the imported folder.'));
          }
          continue;
        }
      }
      if (isDirectory) {
        if (!entry.isSymbolicLink() || !isListed(real)) await visit(path, real);
      } else if (isWanted(path)) {
        if (paths.length >= limit) {
          if (!problems.some(({ rule }) => rule === 'file/too-many')) {
            problems.push(problem('file/too-many', path, `The folder holds more than ${limit} files.`));
          }
          return;
        }
        paths.push(path);
        if (real !== nodePath.join(root, path)) linked.set(path, real);
      } else if (isMdx(path)) passedOver += 1;
    }
  };
  await visit('', root);
  const own = new Set(paths.filter((path) => !linked.has(path)).map((path) => nodePath.join(root, path)));
  const isWhole = !problems.some(({ rule }) => rule === 'file/too-many');
  return {
    paths: paths.filter((path) => !own.has(linked.get(path) ?? '')).sort(),
    problems,
    passedOver,
    isKnown: (path) => isWhole && !unread.some((above) => path === above || path.startsWith(`${above}/`)),
  };
};
