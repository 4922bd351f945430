import nodePath from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

import { sha256 } from '../../content-types/rules/sha256';
import { FILES_AT_A_TIME, FolderDigest } from './digest-folder';
import { FileBytes } from './file-bytes';
import { listFiles } from './list-files';
import type { Limits } from './limits';
import type { ParsedFile } from './parsed-file';
import { detached, problem, type Problem } from './problem';
import { readFile } from './read-file';

export interface Folder {
  /** Every Markdown file, those that could not be read included. */
  paths: string[];
  problems: Problem[];
  /** Of all files, as `digestFolder` makes it; undefined where one could not be read. */
  digest?: string;
}

/**
 * First station: reads every Markdown file below a folder.
 *
 * @param take is handed each file in the order of their paths; none is kept
 * @throws an ENOENT or ENOTDIR error where the folder itself cannot be read; a file that cannot be read is a problem, no error
 */
export const readFolder = async (
  folder: string,
  { only, limits }: { only?: string; limits: Limits },
  take: (file: ParsedFile) => void,
): Promise<Folder> => {
  const { paths, problems } = await listFiles(folder, { only, limit: limits.files });
  const digest = new FolderDigest();
  const fileBytes = new FileBytes();
  let isWhole = problems.length === 0;
  for (const [index, path] of paths.entries()) {
    if (index % FILES_AT_A_TIME === 0) await breathe();
    try {
      const bytes = fileBytes.read(nodePath.join(folder, path), limits.fileBytes);
      if (!(bytes instanceof Uint8Array)) {
        const tooLarge = () => problem('file/too-large', path, `The file has ${bytes.size} bytes; the limit is ${limits.fileBytes}.`);
        problems.push(bytes.isFile ? tooLarge() : problem('file/unreadable', path, 'It is no regular file.'));
        isWhole = false;
        continue;
      }
      const read = readFile(path, bytes, limits);
      digest.add(path, Array.isArray(read) ? sha256(bytes) : read.hash);
      if (Array.isArray(read)) problems.push(...detached(read));
      else take(read);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      isWhole = false;
      problems.push(problem('file/unreadable', path, `The file cannot be read: ${message}.`));
    }
  }
  return { paths, problems, ...(isWhole ? { digest: digest.toString() } : {}) };
};
