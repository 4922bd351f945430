import { SCHEMAS, type ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import { copyAlong, deleteAt, getAt, sameJson, type JsonObject, type JsonValue, type Path } from '../source/json';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { isError, RULES, type Problem } from '../source/problem';
import { checkValue } from './check-value';
import { cleanText, type HtmlOptions } from './clean-text';
import { pathIdentity } from './identity';
import type { Collection, FieldRule, Reader, Reference } from './mapping';
import { filledPlace, placeIn } from './place-in';
import { misspeltKeys } from './misspelt-keys';
import type { WantedRecord } from './wanted-record';

/** Front matter that belongs to no rule: kept, so that nothing of a file is lost. What every file of the collection says is not. */
const extraOf = (data: JsonObject, collection: Collection, mismatched: ReadonlySet<string>): JsonObject | null => {
  const places = collection.fields.flatMap(({ attribute, places: own }) => (mismatched.has(attribute) ? [] : own));
  const { says = {} } = collection;
  const constant = Object.keys(says).filter((key) => sameJson(data[key], says[key]));
  const extra = copyAlong(data, places);
  [...places, ...constant.map((key) => [key])].forEach((place) => deleteAt(extra, place));
  return Object.keys(extra).length > 0 ? extra : null;
};

const required = (type: ContentType): { attribute: string; rule: 'content/title-missing' | 'content/name-missing' } =>
  type === 'curated-content' ? { attribute: 'title', rule: 'content/title-missing' } : { attribute: 'name', rule: 'content/name-missing' };

/** What a message is about: a place of the front matter, or what else the value was read from. */
const nameOf = ({ sources = [] }: FieldRule, place: Path, reader: Reader): string | undefined =>
  place.length > 0 ? place.join('.') : sources.find((source) => !isBlank(source.read(reader)))?.nameIn?.(reader.file);

export interface RecordOptions extends HtmlOptions {
  /** Also tell what is no reason to stop an import. */
  lint?: boolean;
}

/** One file's own record, or the errors that refuse it. */
export const toRecord = (
  file: ParsedFile,
  collection: Collection,
  { lint = false, ...html }: RecordOptions = {},
): { record?: WantedRecord; problems: Problem[] } => {
  const { type, fields } = collection;
  const attributes = SCHEMAS[type].attributes;
  const problems: Problem[] = [];
  const reader: Reader = {
    file,
    get: (path) => getAt(file.data, path),
    report: (rule, path, message) => problems.push(problemAt(file, rule, path, message)),
  };

  // A text that is shown as HTML; a plain one, such as a description, is shown with its '<' as it is.
  const clean = (rule: FieldRule, isRich: boolean, value: JsonValue): JsonValue => {
    if (typeof value !== 'string' || !(isRich || (value === file.body && value !== ''))) return value;
    const cleaned = cleanText(file, value, filledPlace(rule, file), html);
    problems.push(...cleaned.problems);
    return cleaned.text;
  };

  /** Without the references to what no column could hold; each of them is told. */
  const storable = (references: readonly Reference[]): Reference[] =>
    references.flatMap((reference) => {
      const { values: said, links: named, place } = reference;
      for (const [attribute, value] of Object.entries(said)) {
        const checked = checkValue(SCHEMAS[reference.type].attributes[attribute]!, value);
        if ('value' in checked) continue;
        reader.report(checked.rule, place, `${place.join('.')}: The ${reference.type}'s ${attribute} does not fit. ${checked.message}`);
        return [];
      }
      return { ...reference, links: Object.fromEntries(Object.entries(named).map(([attribute, list]) => [attribute, storable(list)])) };
    });

  const values: JsonObject = {};
  const links: WantedRecord['links'] = {};
  const media: WantedRecord['media'] = {};
  const mismatched = new Set<string>();
  const refused = new Set<string>();
  const derived = new Set<string>();
  for (const rule of fields) {
    const { attribute } = rule;
    const found = rule.read(reader);
    const schema = attributes[attribute]!;
    if (schema.type === 'relation') links[attribute] = found?.kind === 'links' ? storable(found.links) : [];
    else if (schema.type === 'media') media[attribute] = found?.kind === 'media' ? found.media : null;
    else {
      if (found?.kind === 'value' && found.isDerived) derived.add(attribute);
      const checked = checkValue(schema, found?.kind === 'value' ? clean(rule, schema.type === 'richtext', found.value) : null);
      values[attribute] = 'value' in checked ? checked.value : null;
      if ('rule' in checked) {
        const place = filledPlace(rule, file);
        reader.report(checked.rule, place, [nameOf(rule, place, reader) ?? [], checked.message].flat().join(': '));
        if (!('value' in checked)) mismatched.add(attribute);
        if (RULES[checked.rule].severity === 'error') refused.add(attribute);
      }
    }
  }

  const must = required(type);
  if (isBlank(values[must.attribute]) && !refused.has(must.attribute)) {
    const place = fields.find(({ attribute }) => attribute === must.attribute)?.places[0] ?? [];
    reader.report(must.rule, place, `The file has no ${must.attribute}.`);
  }
  const extra = extraOf(file.data, collection, mismatched);
  for (const { path, meant } of misspeltKeys(file.data, extra, collection)) {
    reader.report('front-matter/unknown-key', path, `"${path.join('.')}" is kept, and fills nothing. Did you mean "${meant}"?`);
  }
  if (lint) collection.lint?.(reader);
  if (problems.some(isError)) return { problems };

  const isSlugDerived = isBlank(values.slug) || derived.has('slug');
  const identities = collection.identities(values, reader);
  // A story that gets an id later is the one that its file brought before.
  if (identities.length === 0 || type === 'curated-content') identities.push(pathIdentity(file.path));
  const record: WantedRecord = {
    type,
    identities,
    values: { ...collection.complete(values), extra },
    links,
    media,
    isDraft: collection.isDraft(reader),
    timestamps: collection.timestamps(values, reader),
    file,
    path: file.path,
    placeOf: (attribute) => placeIn(file, collection, attribute),
    isSlugDerived,
    ...(derived.has('slug') && { isSlugOfPath: true }),
  };
  return { record, problems };
};
