import fs from 'node:fs';
import nodePath from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

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

/** Files between two moments in which a server can answer others. */
const FILES_AT_A_TIME = 50;

/**
 * First station: reads every Markdown file below a folder.
 *
 * @throws an ENOENT or ENOTDIR error where the folder itself cannot be read; a file that cannot be read is a problem, no error
 */
export const readFolder = async (folder: string, { only, limits }: { only?: string; limits: Limits }): Promise<Folder> => {
  const { paths, problems } = await listFiles(folder, { only, limit: limits.files });
  const files: ParsedFile[] = [];
  for (const [index, path] of paths.entries()) {
    if (index % FILES_AT_A_TIME === 0) await breathe();
    try {
      const absolute = nodePath.join(folder, path);
      // Asked one by one through the thread pool, small files take five times as long.
      const stat = fs.statSync(absolute);
      // Reading a pipe would wait for whoever writes to it.
      if (!stat.isFile()) {
        problems.push(problem('file/unreadable', path, 'It is no regular file.'));
        continue;
      }
      if (stat.size > limits.fileBytes) {
        problems.push(problem('file/too-large', path, `The file has ${stat.size} bytes; the limit is ${limits.fileBytes}.`));
        continue;
      }
      const read = readFile(path, fs.readFileSync(absolute), limits);
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
