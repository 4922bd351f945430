import fs from 'node:fs';
import os from 'node:os';
import nodePath from 'node:path';

import { UserError } from '../errors';

/** What is collected before it is written, and what is read at once. */
const BLOCK = 1 << 20;
/** What a few items need: most spools stay that small. */
const SMALL_BLOCK = 1 << 14;
/** In front of each item: the bytes of its plain part, the bytes of its text, and how both are encoded. */
const HEAD = 10;

/** Plain ASCII, as most files are, is read back several times as fast when it is known to be. */
const ENCODINGS = ['utf8', 'latin1'] as const;
const encodingOf = (text: string, bytes: number): 0 | 1 => (text.length === bytes ? 1 : 0);

/** An item in two parts: what JSON holds well, and one long text, which is neither escaped nor parsed. */
export interface Packed {
  plain: unknown;
  text: string;
}

/**
 * A list of plain values that is as long as it likes and stays out of memory: what exceeds a block lies in a temporary file. The file has no
 * name any more once it is open, so that nothing is left of it when the process is gone, however it went.
 */
export class Spool implements Iterable<Packed> {
  private readonly starts: number[] = [];
  private size = 0;
  private written = 0;
  /** What is not written yet. One buffer for all: a new one for each item would fill the memory faster than it is cleaned up. */
  private pending = Buffer.alloc(0);
  private file: number | undefined;
  /** What was read last, and where it stands. */
  private read = Buffer.alloc(0);
  private readFrom = 0;
  private readBytes = 0;

  get length(): number {
    return this.starts.length;
  }

  /** @returns the place of the item, for `at` */
  add({ plain, text }: Packed): number {
    const json = JSON.stringify(plain);
    const [jsonBytes, textBytes] = [Buffer.byteLength(json), Buffer.byteLength(text)];
    const [jsonEncoding, textEncoding] = [encodingOf(json, jsonBytes), encodingOf(text, textBytes)];
    const bytes = HEAD + jsonBytes + textBytes;
    const at = this.reserve(bytes);
    this.pending.writeUInt32LE(jsonBytes, at);
    this.pending.writeUInt32LE(textBytes, at + 4);
    this.pending.writeUInt8(jsonEncoding, at + 8);
    this.pending.writeUInt8(textEncoding, at + 9);
    this.pending.write(json, at + HEAD, ENCODINGS[jsonEncoding]);
    this.pending.write(text, at + HEAD + jsonBytes, ENCODINGS[textEncoding]);
    this.starts.push(this.size);
    this.size += bytes;
    return this.starts.length - 1;
  }

  at(index: number): Packed {
    const start = this.starts[index]!;
    const [bytes, at] = this.find(start, this.starts[index + 1] ?? this.size);
    const textStart = at + HEAD + bytes.readUInt32LE(at);
    const json = bytes.toString(ENCODINGS[bytes.readUInt8(at + 8)], at + HEAD, textStart);
    const text = bytes.toString(ENCODINGS[bytes.readUInt8(at + 9)], textStart, textStart + bytes.readUInt32LE(at + 4));
    return { plain: JSON.parse(json) as unknown, text };
  }

  *[Symbol.iterator](): Generator<Packed> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }

  /** Gives the file back. What was in it is gone. */
  close(): void {
    if (this.file !== undefined) fs.closeSync(this.file);
    this.file = undefined;
    this.starts.length = 0;
    this.pending = this.read = Buffer.alloc(0);
    this.size = this.written = this.readBytes = 0;
  }

  /** Makes room for an item behind what is not written yet. @returns where the room begins */
  private reserve(bytes: number): number {
    if (this.size - this.written + bytes > BLOCK) this.flush();
    const used = this.size - this.written;
    if (used + bytes > this.pending.byteLength) {
      const larger = Buffer.allocUnsafe(used + bytes > SMALL_BLOCK ? Math.max(BLOCK, used + bytes) : SMALL_BLOCK);
      this.pending.copy(larger, 0, 0, used);
      this.pending = larger;
    }
    return used;
  }

  /** The bytes in which an item stands, and where in them. */
  private find(start: number, end: number): [Buffer, number] {
    if (start >= this.written) return [this.pending, start - this.written];
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
    const bytes = this.size - this.written;
    try {
      this.file ??= openNameless();
      for (let done = 0; done < bytes;) done += fs.writeSync(this.file, this.pending, done, bytes - done, this.written + done);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      throw new UserError(`Nothing more can be put aside in ${os.tmpdir()}: ${message}. TMPDIR names another folder.`);
    }
    this.written = this.size;
  }
}

const openNameless = (): number => {
  const folder = fs.mkdtempSync(nodePath.join(os.tmpdir(), 'curation-'));
  const path = nodePath.join(folder, 'spool');
  const file = fs.openSync(path, 'wx+', 0o600);
  fs.rmSync(folder, { recursive: true, force: true });
  return file;
};
