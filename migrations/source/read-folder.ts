import fs from 'node:fs/promises';
import nodePath from 'node:path';

import { listFiles } from './list-files';
import type { Limits } from './limits';
import type { ParsedFile } from './parsed-file';
import { problem, type Problem } from './problem';
import { readFile } from './read-file';

export interface Folder {
  /** Every Markdown file, those that could not be read included. */
  paths: string[];
  files: ParsedFile[];
  problems: Problem[];
}

/**
 * First station: reads every Markdown file below a folder.
 *
 * @throws an ENOENT or ENOTDIR error where the folder itself cannot be read; a file that cannot be read is a problem, no error
 */
export const readFolder = async (folder: string, { only, limits }: { only?: string; limits: Limits }): Promise<Folder> => {
  const { paths, problems } = await listFiles(folder, { only, limit: limits.files });
  const files: ParsedFile[] = [];
  for (const path of paths) {
    try {
      const absolute = nodePath.join(folder, path);
      const { size } = await fs.stat(absolute);
      if (size > limits.fileBytes) {
        problems.push(problem('file/too-large', path, `The file has ${size} bytes; the limit is ${limits.fileBytes}.`));
        continue;
      }
      const read = readFile(path, await fs.readFile(absolute), limits);
      if (Array.isArray(read)) problems.push(...read);
      else files.push(read);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      problems.push(problem('file/unreadable', path, `The file cannot be read: ${message}.`));
    }
  }
  return { paths, files, problems };
};
