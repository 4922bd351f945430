import fs from 'node:fs';
import os from 'node:os';
import nodePath from 'node:path';

import { UserError } from '../errors';
import { PackedItems, unpackItem, type Packed } from './packed';

/** What is collected before it is written, and what is read at once. */
const BLOCK = 1 << 20;

/**
 * A list of plain values that is as long as it likes and stays out of memory: what exceeds a block lies in a temporary file. The file has no
 * name any more once it is open, so that nothing is left of it when the process is gone, however it went.
 */
export class Spool {
  private readonly starts: number[] = [];
  private written = 0;
  /** What is not written yet. */
  private readonly pending = new PackedItems();
  private file: number | undefined;
  /** What was read last, and where it stands. */
  private read = Buffer.alloc(0);
  private readFrom = 0;
  private readBytes = 0;

  get length(): number {
    return this.starts.length;
  }

  /** @returns the place of the item, for `at` */
  add(item: Packed): number {
    this.starts.push(this.size);
    this.pending.add(item);
    return this.added();
  }

  /** Adds an item that was packed elsewhere. */
  addBytes(bytes: Uint8Array): number {
    this.starts.push(this.size);
    this.pending.addBytes(bytes);
    return this.added();
  }

  at(index: number): Packed {
    return unpackItem(...this.find(this.starts[index]!, this.starts[index + 1] ?? this.size));
  }

  /** Gives the file back. What was in it is gone. */
  close(): void {
    if (this.file !== undefined) fs.closeSync(this.file);
    this.file = undefined;
    this.starts.length = 0;
    this.pending.clear();
    this.read = Buffer.alloc(0);
    this.written = this.readBytes = 0;
  }

  private get size(): number {
    return this.written + this.pending.size;
  }

  private added(): number {
    if (this.pending.size >= BLOCK) this.flush();
    return this.starts.length - 1;
  }

  /** The bytes in which an item stands, and where in them. */
  private find(start: number, end: number): [Buffer, number] {
    if (start >= this.written) return [this.pending.bytes, start - this.written];
    if (start < this.readFrom || end > this.readFrom + this.readBytes) {
      if (end - start > this.read.byteLength) this.read = Buffer.allocUnsafe(Math.max(BLOCK, end - start));
      this.readBytes = Math.min(this.read.byteLength, this.written - start);
      this.readFrom = start;
      for (let done = 0; done < this.readBytes;) {
        done += fs.readSync(this.file!, this.read, done, this.readBytes - done, start + done);
      }
    }
    return [this.read, start - this.readFrom];
  }

  private flush(): void {
    const { bytes } = this.pending;
    const { length } = bytes;
    try {
      this.file ??= openNameless();
      for (let done = 0; done < length;) done += fs.writeSync(this.file, bytes, done, length - done, this.written + done);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      throw new UserError(`Nothing more can be put aside in ${os.tmpdir()}: ${message}. TMPDIR names another folder.`);
    }
    this.written += length;
    this.pending.clear();
  }
}

const openNameless = (): number => {
  const folder = fs.mkdtempSync(nodePath.join(os.tmpdir(), 'curation-'));
  const path = nodePath.join(folder, 'spool');
  const file = fs.openSync(path, 'wx+', 0o600);
  fs.rmSync(folder, { recursive: true, force: true });
  return file;
};
