import type { ContentType } from '../../content-types';
import { placeNew } from '../../migrations/export/place-new';
import { updateFile } from '../../migrations/export/write-file';
import { handlesOf } from '../../migrations/mappings/identity';
import type { CurrentValue, Mapping, Target } from '../../migrations/mappings/mapping';
import { readRecord, withBytes } from '../../migrations/mappings/read-record';
import { Register, type Wanted } from '../../migrations/mappings/register';
import type { RecordOptions } from '../../migrations/mappings/to-record';
import type { WantedRecord } from '../../migrations/mappings/wanted-record';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import type { ParsedFile } from '../../migrations/source/parsed-file';
import { readFile } from '../../migrations/source/read-file';
import type { JsonValue } from '../../migrations/source/json';
import { PackedItems } from '../../migrations/spool/packed';

/** Reads a text as the file of an archive; throws where it cannot be read. */
export const parsed = (path: string, text: string): ParsedFile => {
  const file = readFile(path, Buffer.from(text), DEFAULT_LIMITS);
  if (Array.isArray(file)) throw new Error(JSON.stringify(file));
  return file;
};

/** The records that an archive wants, all at once. */
export interface WantedRecords extends Omit<Wanted, 'records' | 'isGiven'> {
  records: WantedRecord[];
}

export const allOf = ({ records, isGiven: _isGiven, ...rest }: Wanted): WantedRecords => {
  const all = { ...rest, records: [...records] };
  records.close();
  return all;
};

/** The records of files that are at hand. */
export const toRecords = (files: readonly ParsedFile[], mapping: Mapping, options: RecordOptions = {}): Wanted => {
  const register = new Register(mapping, options.lint ?? false);
  const items = new PackedItems();
  const readings = files.map((file) => readRecord(file, mapping, options, items));
  for (const reading of readings) register.add(withBytes(reading, items.bytes));
  return register.finish();
};

/** What files by their paths want to be. */
export const recordsOf = (files: Record<string, string>, mapping: Mapping): WantedRecords =>
  allOf(
    toRecords(
      Object.entries(files).map(([path, text]) => parsed(path, text)),
      mapping,
      { lint: true },
    ),
  );

/** A topic or an offering as an export sees it. */
export const target = (type: 'topic' | 'offering', values: Record<string, JsonValue>, edited: string[] = []): Target => ({
  identities: handlesOf(type, values),
  values,
  links: {},
  edited: new Set(edited),
});

const currentOf = (changes: Record<string, JsonValue | Target[]>, imported: WantedRecord['links'] = {}): Record<string, CurrentValue> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const isLinks = Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null && 'identities' in each);
      const links: CurrentValue = {
        kind: 'links',
        links: value as Target[],
        imported: (imported[name] ?? []).map(({ identities }) => identities),
      };
      return [name, isLinks ? links : { kind: 'value', value: value as JsonValue }];
    }),
  );

/** A record's file after an editor's changes. */
export const edit = (
  { file, type, values, links }: WantedRecord,
  mapping: Mapping,
  changes: Record<string, JsonValue | Target[]>,
): string => {
  const collection = mapping.collections.find((each) => each.type === type && each.matches(file!))!;
  return updateFile(file!.text, collection, { current: currentOf(changes, links), edited: new Set(Object.keys(changes)), values });
};

/** The file of a record that never had one. */
export const write = (type: ContentType, mapping: Mapping, record: Record<string, JsonValue | Target[]>): ReturnType<typeof placeNew> => {
  const current = currentOf(record);
  const values = Object.fromEntries(
    Object.entries(current).flatMap(([name, value]) => (value.kind === 'value' ? [[name, value.value]] : [])),
  );
  return placeNew(mapping, type, { current, edited: new Set(), values }, new Set());
};
