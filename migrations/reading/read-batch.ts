import nodePath from 'node:path';

import { sha256 } from '../../content-types/rules/sha256';
import type { Mapping } from '../mappings/mapping';
import { readProblems, readRecord, withBytes, type PlacedReading, type Reading } from '../mappings/read-record';
import type { RecordOptions } from '../mappings/to-record';
import { FileBytes } from '../source/file-bytes';
import type { Limits } from '../source/limits';
import { problem, type Problem, type RuleName } from '../source/problem';
import { readFile } from '../source/read-file';
import { PackedItems } from '../spool/packed';

export interface ReadingOptions extends RecordOptions {
  limits: Limits;
}

/** What a file of a folder came to. */
export interface FileReading extends Reading {
  path: string;
  /** SHA-256 of its bytes, in hexadecimal; undefined where they could not be read. */
  hash?: string;
}

/** Bytes of records that go from one thread to another at once. Several such pieces are in memory at a time, and files may be large. */
const ENOUGH_BYTES = 8 << 20;

type PlacedFileReading = PlacedReading & Pick<FileReading, 'path' | 'hash'>;

/** First and second station, for a few files at a time: from bytes to packed records. */
export class BatchReader {
  private readonly fileBytes = new FileBytes();
  private readonly items = new PackedItems();

  constructor(
    private readonly folder: string,
    private readonly mapping: Mapping,
    private readonly options: ReadingOptions,
  ) {}

  /**
   * Reads files. One that cannot be read is a problem, no error.
   *
   * @param paths relative to the folder
   * @returns what the first of them came to, in their order: all, or as many as fill a piece of memory. The bytes of their records are one piece
   */
  read(paths: readonly string[]): FileReading[] {
    this.items.clear();
    const placed: PlacedFileReading[] = [];
    for (const path of paths) {
      placed.push(this.readOne(path));
      if (this.items.size >= ENOUGH_BYTES) break;
    }
    // As long as what is in it: once a large file was there, the room that it took stays.
    const bytes = new Uint8Array(this.items.bytes);
    return placed.map((each) => withBytes(each, bytes));
  }

  private readOne(path: string): PlacedFileReading {
    const { mapping, options, items } = this;
    const { limits } = options;
    const failed = (problems: readonly Problem[]) => ({ path, ...readProblems(problems, mapping) });
    const fail = (rule: RuleName, message: string) => failed([problem(rule, path, message)]);
    try {
      const bytes = this.fileBytes.read(nodePath.join(this.folder, path), limits.fileBytes);
      if (!(bytes instanceof Uint8Array)) {
        return bytes.isFile
          ? fail('file/too-large', `The file has ${bytes.size} bytes; the limit is ${limits.fileBytes}.`)
          : fail('file/unreadable', 'It is no regular file.');
      }
      const file = readFile(path, bytes, limits);
      if (Array.isArray(file)) return { ...failed(file), hash: sha256(bytes) };
      return { path, hash: file.hash, ...readRecord(file, mapping, options, items) };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (!code) throw error;
      return fail('file/unreadable', `The file cannot be read: ${message}.`);
    }
  }
}
