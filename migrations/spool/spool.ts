import fs from 'node:fs';
import os from 'node:os';
import nodePath from 'node:path';

import { UserError } from '../errors';

/** What is collected before it is written, and what is read at once. */
const BLOCK = 1 << 20;
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
  private pending: Buffer[] = [];
  private file: number | undefined;
  private window: { start: number; bytes: Buffer } | undefined;

  get length(): number {
    return this.starts.length;
  }

  /** @returns the place of the item, for `at` */
  add({ plain, text }: Packed): number {
    const json = JSON.stringify(plain);
    const [jsonBytes, textBytes] = [Buffer.byteLength(json), Buffer.byteLength(text)];
    const [jsonEncoding, textEncoding] = [encodingOf(json, jsonBytes), encodingOf(text, textBytes)];
    const item = Buffer.allocUnsafe(HEAD + jsonBytes + textBytes);
    item.writeUInt32LE(jsonBytes, 0);
    item.writeUInt32LE(textBytes, 4);
    item.writeUInt8(jsonEncoding, 8);
    item.writeUInt8(textEncoding, 9);
    item.write(json, HEAD, ENCODINGS[jsonEncoding]);
    item.write(text, HEAD + jsonBytes, ENCODINGS[textEncoding]);

    this.starts.push(this.size);
    this.size += item.byteLength;
    this.pending.push(item);
    this.window = undefined;
    if (this.size - this.written >= BLOCK) this.flush();
    return this.starts.length - 1;
  }

  at(index: number): Packed {
    const start = this.starts[index]!;
    const end = this.starts[index + 1] ?? this.size;
    const { bytes, start: first } = this.windowOf(start, end);
    const at = start - first;
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
    this.pending = [];
    this.window = undefined;
  }

  private windowOf(start: number, end: number): { start: number; bytes: Buffer } {
    const { window } = this;
    if (window && start >= window.start && end <= window.start + window.bytes.byteLength) return window;
    const next = start >= this.written ? { start: this.written, bytes: Buffer.concat(this.pending) } : this.read(start, end);
    this.window = next;
    return next;
  }

  private read(start: number, end: number): { start: number; bytes: Buffer } {
    const bytes = Buffer.allocUnsafe(Math.min(Math.max(BLOCK, end - start), this.written - start));
    for (let done = 0; done < bytes.byteLength;) done += fs.readSync(this.file!, bytes, done, bytes.byteLength - done, start + done);
    return { start, bytes };
  }

  private flush(): void {
    const bytes = Buffer.concat(this.pending);
    try {
      this.file ??= openNameless();
      for (let done = 0; done < bytes.byteLength;) {
        done += fs.writeSync(this.file, bytes, done, bytes.byteLength - done, this.written + done);
      }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      throw new UserError(`Nothing more can be put aside in ${os.tmpdir()}: ${message}. TMPDIR names another folder.`);
    }
    this.written += bytes.byteLength;
    this.pending = [];
  }
}

const openNameless = (): number => {
  const folder = fs.mkdtempSync(nodePath.join(os.tmpdir(), 'curation-'));
  const path = nodePath.join(folder, 'spool');
  const file = fs.openSync(path, 'wx+', 0o600);
  fs.rmSync(folder, { recursive: true, force: true });
  return file;
};
