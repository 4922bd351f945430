import { createHash } from 'node:crypto';
import nodePath from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

import { sha256 } from '../../content-types/rules/sha256';
import { FileBytes } from './file-bytes';
import type { Limits } from './limits';
import { listFiles } from './list-files';

/** Files between two moments in which a server can answer others. */
const FILES_AT_A_TIME = 50;

/** One digest of many files: of their paths and what is in them. */
export class FolderDigest {
  private readonly hash = createHash('sha256');

  add(path: string, fileHash: string): void {
    this.hash.update(`${path}\0${fileHash}\n`);
  }

  /** To be called once, at the end. */
  toString(): string {
    return this.hash.digest('hex');
  }
}

/**
 * Reads every Markdown file below a folder for nothing but its bytes: what tells in a tenth of the time that an archive is the one of last
 * time.
 *
 * @returns how many files there are and their digest; undefined where one of them cannot be read
 */
export const digestFolder = async (
  folder: string,
  { only, limits, takesMdx }: { only?: string; limits: Limits; takesMdx?: (path: string) => boolean },
): Promise<{ files: number; digest: string } | undefined> => {
  const { paths, problems } = await listFiles(folder, { only, limit: limits.files, takesMdx });
  if (problems.length > 0) return undefined;
  const digest = new FolderDigest();
  const bytes = new FileBytes();
  for (const [index, path] of paths.entries()) {
    if (index % FILES_AT_A_TIME === 0) await breathe();
    try {
      const read = bytes.read(nodePath.join(folder, path), limits.fileBytes);
      if (!(read instanceof Uint8Array)) return undefined;
      digest.add(path, sha256(read));
    } catch {
      return undefined;
    }
  }
  return { files: paths.length, digest: digest.toString() };
};
