import type { ParsedFile } from '../source/parsed-file';
import { detached, firstFewOfEach, problem, type Problem } from '../source/problem';
import type { PackedItems } from '../spool/packed';
import type { Mapping } from './mapping';
import { packRecord, type PackedRecord } from './packed-record';
import { toRecord, type RecordOptions } from './to-record';

/** What one file alone comes to. */
export interface Reading {
  problems: readonly Problem[];
  /** True where an error keeps it from giving a record; without either, the mapping leaves the file alone. */
  isRefused: boolean;
  record?: PackedRecord;
}

/** A reading whose bytes are among those of others. */
export interface PlacedReading extends Omit<Reading, 'record'> {
  packed?: ReturnType<typeof packRecord>;
}

/** What is told of a file that no collection includes and none excludes. */
export const unmapped = (path: string, { name }: Mapping): Problem =>
  problem('content/unmapped', path, `No collection of the mapping "${name}" includes the file.`);

/** Second station: what a parsed file says, as a record. */
export const readRecord = (file: ParsedFile, mapping: Mapping, options: RecordOptions, into: PackedItems): PlacedReading => {
  const collection = mapping.collections.find((candidate) => candidate.matches(file));
  if (!collection) {
    const isExcluded = mapping.concerns?.(file.path) === 'excluded';
    return { problems: isExcluded ? [] : [unmapped(file.path, mapping)], isRefused: false };
  }
  const { record, problems } = toRecord(file, collection, options);
  return { problems: detached(firstFewOfEach(problems)), isRefused: !record, ...(record ? { packed: packRecord(record, into) } : {}) };
};

/** What a mapping leaves alone need not be well written: the README of an archive has no front matter. */
export const readProblems = (problems: readonly Problem[], mapping: Mapping): PlacedReading => {
  const concerned = problems.flatMap((each) => {
    const concern = each.rule.startsWith('front-matter/') ? mapping.concerns?.(each.file) : undefined;
    if (concern === 'excluded') return [];
    return concern === 'unmapped' ? unmapped(each.file, mapping) : each;
  });
  return { problems: detached(firstFewOfEach(concerned)), isRefused: concerned.some(({ severity }) => severity === 'error') };
};

/** Gives readings their bytes, when all of them are in one place. */
export const withBytes = <Each extends PlacedReading>(
  { packed, ...rest }: Each,
  bytes: Uint8Array,
): Omit<Each, 'packed'> & Pick<Reading, 'record'> => {
  if (!packed) return rest;
  const { head, start, middle, end } = packed;
  return { ...rest, record: { ...head, content: bytes.subarray(start, middle), links: bytes.subarray(middle, end) } };
};
