import { isBlank } from '../../content-types/rules/blank';
import { getAt, isObject, type JsonValue } from '../source/json';
import type { ParsedFile } from '../source/parsed-file';
import type { Problem } from '../source/problem';
import type { HtmlOptions } from './clean-text';
import type { Collection, FieldRule, FieldValue, Reader, Source } from './mapping';
import { place } from './rules/sources';
import { toRecord } from './to-record';

/** Where one attribute of a record comes from. */
export interface ExplainedAttribute {
  attribute: string;
  /**
   * read: the file says it; derived: it follows from other attributes, or from the file's name; default: the mapping says it where the file
   * does not; empty: nobody says it.
   */
  how: 'read' | 'derived' | 'default' | 'empty';
  /** The place that gave the value, as a mapping file writes it. */
  from: string | null;
  value: JsonValue;
  /** Every place that was looked at before, and held nothing. */
  tried: string[];
}

export interface ExplainedRecord {
  /** What the record is found by at the next import, the surest first. */
  identities: string[];
  isDraft: boolean;
  attributes: ExplainedAttribute[];
  /** The keys that no rule names; they are kept for the export. */
  extra: string[];
  problems: Problem[];
}

const sourcesOf = ({ sources, places }: FieldRule): readonly Source[] => sources ?? places.map(place);

/** What a person is shown of a value that is a reference or a picture. */
const shown = (found: FieldValue | undefined): JsonValue => {
  if (found?.kind === 'links') return found.links.map(({ identities }) => identities[0]!);
  if (found?.kind === 'media') return found.media.href;
  return found?.value ?? null;
};

const isEmpty = (value: JsonValue | undefined): boolean => isBlank(value) || (Array.isArray(value) && value.length === 0);

const explainRule = (rule: FieldRule, reader: Reader, stored: JsonValue | undefined): ExplainedAttribute => {
  const sources = sourcesOf(rule);
  const index = sources.findIndex((source) => !isEmpty(source.read(reader)));
  const found = rule.read(reader);
  const source = index === -1 ? undefined : sources[index];
  const value = found?.kind === 'value' ? (stored ?? shown(found)) : found ? shown(found) : (stored ?? null);
  const common = { attribute: rule.attribute, value, tried: sources.slice(0, source ? index : undefined).map(({ label }) => label) };
  if (found && source) return { ...common, how: source.isDerived ? 'derived' : 'read', from: source.label };
  return { ...common, how: found ? 'default' : isEmpty(value) ? 'empty' : 'derived', from: null };
};

/** Tells for one file which rule gave each attribute, and what became of the rest. */
export const explainRecord = (file: ParsedFile, collection: Collection, html: HtmlOptions = {}): ExplainedRecord => {
  const { record, problems } = toRecord(file, collection, { ...html, lint: true });
  const reader: Reader = { file, get: (path) => getAt(file.data, path), report: () => undefined };
  const values = record?.values ?? {};
  const attributes = collection.fields.map((rule) => explainRule(rule, reader, values[rule.attribute]));
  const named = new Set(['extra', ...attributes.map(({ attribute }) => attribute)]);
  for (const [attribute, value] of Object.entries(values)) {
    if (!named.has(attribute) && !isEmpty(value)) attributes.push({ attribute, how: 'derived', from: null, value, tried: [] });
  }
  return {
    identities: record?.identities ?? [],
    isDraft: collection.isDraft(reader),
    attributes,
    extra: isObject(values.extra) ? Object.keys(values.extra) : [],
    problems,
  };
};
