import { createHash } from 'node:crypto';
import fs from 'node:fs';
import nodePath from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

import type { Limits } from './limits';
import { listFiles } from './list-files';
import { hashOf } from './read-file';

/** Files between two moments in which a server can answer others. */
export const FILES_AT_A_TIME = 50;

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

/** So that a pipe does not keep whoever opens it waiting for who writes to it; Windows has neither, and takes it for nothing. */
const OPEN = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK;

/** Reads files into one and the same memory, and asks the file system no more than it has to: of small files that is most of the time. */
class Bytes {
  private buffer = Buffer.allocUnsafe(1 << 16);

  /** @returns what is in the file, until the next one is read; undefined where it is no regular file, or too large */
  read(path: string, limit: number): Uint8Array | undefined {
    const file = fs.openSync(path, OPEN);
    try {
      const stat = fs.fstatSync(file);
      if (!stat.isFile() || stat.size > limit) return undefined;
      if (stat.size > this.buffer.byteLength) this.buffer = Buffer.allocUnsafe(stat.size);
      let done = 0;
      for (let read = -1; read !== 0 && done < stat.size; done += read) read = fs.readSync(file, this.buffer, done, stat.size - done, null);
      return this.buffer.subarray(0, done);
    } finally {
      fs.closeSync(file);
    }
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
  { only, limits }: { only?: string; limits: Limits },
): Promise<{ files: number; digest: string } | undefined> => {
  const { paths, problems } = await listFiles(folder, { only, limit: limits.files });
  if (problems.length > 0) return undefined;
  const digest = new FolderDigest();
  const bytes = new Bytes();
  for (const [index, path] of paths.entries()) {
    if (index % FILES_AT_A_TIME === 0) await breathe();
    try {
      const read = bytes.read(nodePath.join(folder, path), limits.fileBytes);
      if (!read) return undefined;
      digest.add(path, hashOf(read));
    } catch {
      return undefined;
    }
  }
  return { files: paths.length, digest: digest.toString() };
};
