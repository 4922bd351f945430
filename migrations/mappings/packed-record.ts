import type { ContentType } from '../../content-types';
import { uniqueKeys } from '../../content-types/rules/unique-keys';
import type { JsonObject } from '../source/json';
import { LANGUAGES } from '../source/languages';
import type { LanguageName } from '../source/languages/language';
import type { ParsedFile } from '../source/parsed-file';
import { unpackItem, type Packed, type PackedItems } from '../spool/packed';
import { recordPaths, type RecordPaths } from './aliases';
import type { Mapping } from './mapping';
import { placeIn } from './place-in';
import type { WantedRecord } from './wanted-record';

/** A file's own record as one thread hands it to another: what files share with each other, and the whole of it in bytes. */
export interface PackedRecord {
  type: ContentType;
  path: string;
  identities: string[];
  /** The unique keys of a draft row, by column. */
  keys: Record<string, string | null>;
  isSlugDerived: boolean;
  paths: RecordPaths;
  /** See `unpackRecord`. */
  content: Uint8Array;
  /** Its references, apart from it: who follows them need not read it. */
  links: Uint8Array;
}

/** A record as it is put aside: its file is one text, and what is part of that text is not written twice. */
interface Content extends Omit<WantedRecord, 'file' | 'placeOf' | 'links'> {
  hash: string;
  language: LanguageName;
  headerStart: number;
  headerEnd: number;
  bodyStart: number;
  /** The attribute that holds all that stands below the front matter. */
  bodyIn: string | null;
}

const contentOf = ({ file, placeOf: _place, links: _links, ...record }: WantedRecord): Packed => {
  const { text, hash, language, header, headerStart, body } = file!;
  const { values } = record;
  const bodyIn = body === '' ? null : (Object.keys(values).find((attribute) => values[attribute] === body) ?? null);
  const plain: Content = {
    ...record,
    // Its place among the others is kept: it decides in which order changes are shown.
    values: bodyIn === null ? values : { ...values, [bodyIn]: null },
    hash,
    language,
    headerStart,
    headerEnd: headerStart + header.length,
    bodyStart: text.length - body.length,
    bodyIn,
  };
  return { plain, text };
};

/**
 * Packs the record of a file.
 *
 * @param into where its bytes go; they are what there is from `start` to `end`, first the content, then from `middle` on the links
 */
export const packRecord = (record: WantedRecord, into: PackedItems) => {
  const { type, path, identities, values, links, isSlugDerived } = record;
  const start = into.size;
  const middle = start + into.add(contentOf(record));
  const end = middle + into.add({ plain: links, text: '' });
  const head = { type, path, identities, keys: uniqueKeys(type, values, 'draft'), isSlugDerived, paths: recordPaths(record) };
  return { head, start, middle, end };
};

/** What a record holds and its file's text, which is all that a write needs of it. */
export const unpackContent = ({ plain, text }: Packed): { values: JsonObject; text: string } => {
  const { values, bodyIn, bodyStart } = plain as Content;
  if (bodyIn !== null) values[bodyIn] = text.slice(bodyStart);
  return { values, text };
};

export const unpackLinks = ({ plain }: Packed): WantedRecord['links'] => plain as WantedRecord['links'];

/** A record from its two parts. */
export const unpackRecord = (content: Packed, links: WantedRecord['links'], { collections }: Mapping): WantedRecord => {
  const { values, text } = unpackContent(content);
  const { hash, language, headerStart, headerEnd, bodyStart, bodyIn: _bodyIn, ...record } = content.plain as Content;
  const header = text.slice(headerStart, headerEnd);
  const body = text.slice(bodyStart);
  let data: JsonObject | undefined;
  const file: ParsedFile = {
    path: record.path,
    hash,
    text,
    language,
    header,
    headerStart,
    body,
    // Of the few that are reported.
    get data() {
      return (data ??= LANGUAGES[language].parse(header) as JsonObject);
    },
  };
  const collectionOf = () => collections.find((each) => each.matches(file))!;
  return { ...record, values, links, file, placeOf: (attribute) => placeIn(file, collectionOf(), attribute) };
};

const itemOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Packed => unpackItem(Buffer.from(buffer, byteOffset, byteLength));

/** A record from its bytes. */
export const recordOf = ({ content, links }: PackedRecord, mapping: Mapping): WantedRecord =>
  unpackRecord(itemOf(content), unpackLinks(itemOf(links)), mapping);
