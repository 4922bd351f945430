import { SCHEMAS, type ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import { foldName } from '../../content-types/rules/name';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import { copyAlong, deleteAt, getAt, sameJson, type JsonObject, type JsonValue, type Path } from '../source/json';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { isError, problem, type Problem } from '../source/problem';
import { checkValue } from './check-value';
import { cleanText, type HtmlOptions } from './clean-text';
import { handlesOf, pathIdentity } from './identity';
import type { Collection, FieldRule, Mapping, MediaReference, Reader, Reference, Timestamps } from './mapping';
import { tellUnresolved } from './unresolved';

/** A record as an archive wants it to be. */
export interface WantedRecord {
  type: ContentType;
  /** What it is found by, the surest first. */
  identities: string[];
  /** Every attribute that the mapping knows, null where the file says nothing. */
  values: JsonObject;
  links: Record<string, Reference[]>;
  media: Record<string, MediaReference | null>;
  isDraft: boolean;
  timestamps: Timestamps;
  /** Undefined for a record that other files name and none describes. */
  file?: ParsedFile;
  /** The file it comes from, or the first that names it. */
  path: string;
  /** Where in its file an attribute stands. */
  placeOf?: (attribute: string) => Path;
  /** True where no file gives the slug: another may be chosen if it is taken. */
  isSlugDerived: boolean;
}

export interface Wanted {
  records: WantedRecord[];
  problems: Problem[];
  /** How many files give no record because of an error. */
  refused: number;
}

/** Front matter that belongs to no rule: kept, so that nothing of a file is lost. What every file of the collection says is not. */
const extraOf = (data: JsonObject, collection: Collection, mismatched: ReadonlySet<string>): JsonObject | null => {
  const places = collection.fields.flatMap(({ attribute, places: own }) => (mismatched.has(attribute) ? [] : own));
  const { says = {} } = collection;
  const constant = Object.keys(says).filter((key) => sameJson(data[key], says[key]));
  const extra = copyAlong(data, places);
  [...places, ...constant.map((key) => [key])].forEach((place) => deleteAt(extra, place));
  return Object.keys(extra).length > 0 ? extra : null;
};

const filledPlace = ({ places }: FieldRule, reader: Reader): Path => places.find((path) => !isBlank(reader.get(path))) ?? [];

const required = (type: ContentType): { attribute: string; rule: 'content/title-missing' | 'content/name-missing' } =>
  type === 'curated-content' ? { attribute: 'title', rule: 'content/title-missing' } : { attribute: 'name', rule: 'content/name-missing' };

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
    const cleaned = cleanText(file, value, filledPlace(rule, reader), html);
    problems.push(...cleaned.problems);
    return cleaned.text;
  };

  const values: JsonObject = {};
  const links: WantedRecord['links'] = {};
  const media: WantedRecord['media'] = {};
  const mismatched = new Set<string>();
  const derived = new Set<string>();
  for (const rule of fields) {
    const { attribute } = rule;
    const found = rule.read(reader);
    const schema = attributes[attribute]!;
    if (schema.type === 'relation') links[attribute] = found?.kind === 'links' ? found.links : [];
    else if (schema.type === 'media') media[attribute] = found?.kind === 'media' ? found.media : null;
    else {
      if (found?.kind === 'value' && found.isDerived) derived.add(attribute);
      const checked = checkValue(schema, found?.kind === 'value' ? clean(rule, schema.type === 'richtext', found.value) : null);
      values[attribute] = 'value' in checked ? checked.value : null;
      if ('rule' in checked) {
        const place = filledPlace(rule, reader);
        reader.report(checked.rule, place, `${place.join('.')}: ${checked.message}`);
        mismatched.add(attribute);
      }
    }
  }

  const must = required(type);
  if (isBlank(values[must.attribute])) {
    const place = fields.find(({ attribute }) => attribute === must.attribute)?.places[0] ?? [];
    reader.report(must.rule, place, `The file has no ${must.attribute}.`);
  }
  if (lint) collection.lint?.(reader);
  if (problems.some(isError)) return { problems };

  const isSlugDerived = isBlank(values.slug) || derived.has('slug');
  const identities = collection.identities(values, reader);
  const record: WantedRecord = {
    type,
    identities: identities.length > 0 ? identities : [pathIdentity(file.path)],
    values: { ...collection.complete(values), extra: extraOf(file.data, collection, mismatched) },
    links,
    media,
    isDraft: collection.isDraft(reader),
    timestamps: collection.timestamps(values, reader),
    file,
    path: file.path,
    placeOf: (attribute) => {
      const rule = fields.find((each) => each.attribute === attribute);
      return rule ? filledPlace(rule, reader) : [];
    },
    isSlugDerived,
  };
  return { record, problems };
};

/** All records of an archive by what they are found by: the one place where files and references meet. */
class Register {
  private readonly byIdentity = new Map<string, WantedRecord>();
  private readonly byHandle = new Map<string, WantedRecord>();
  private readonly byKey = new Map<string, WantedRecord>();
  private readonly told = new Set<string>();
  private readonly unresolved = tellUnresolved((type) => this.knownOf(type));
  readonly records: WantedRecord[] = [];
  readonly problems: Problem[] = [];

  constructor(private readonly lint: boolean) {}

  /** Adds a file's own record; a second one with the same identity or slug is refused. */
  addFile(record: WantedRecord, file: ParsedFile): boolean {
    const identity = record.identities.find((each) => this.byIdentity.has(`${record.type} ${each}`));
    if (identity) {
      const same = this.byIdentity.get(`${record.type} ${identity}`)!;
      const message = `${same.path} is the same ${record.type} (${identity}).`;
      this.problems.push(problemAt(file, 'content/identity-duplicate', [], message));
      return false;
    }
    for (const { column, of } of uniqueColumns(record.type)) {
      const key = uniqueKeys(record.type, record.values, 'draft')[column];
      const taken = key ? this.byKey.get(`${record.type} ${column} ${key}`) : undefined;
      if (taken && !record.isSlugDerived) {
        const message = `${taken.path} has the same ${of.join(' or ')}, "${String(record.values[of[0]!])}".`;
        this.problems.push(problemAt(file, 'content/slug-duplicate', record.placeOf?.(of[0]!) ?? [], message));
        return false;
      }
    }
    this.add(record);
    return true;
  }

  /** Finds what a file refers to, or makes it from what the file says about it. */
  addReference(reference: Reference, file: ParsedFile): void {
    const { type, identities, values, links, place } = reference;
    for (const list of Object.values(links)) list.forEach((link) => this.addReference(link, file));

    const known = this.find(reference);
    if (known) this.compare(known, reference, file);
    else if (isBlank(values.name)) {
      // An import asks the database too, and tells what is left then.
      if (this.lint) this.problems.push(problemAt(file, 'reference/unresolved', place, this.unresolved(reference)));
    } else {
      this.add({ type, identities, values, links, media: {}, isDraft: false, timestamps: {}, path: file.path, isSlugDerived: true });
    }
  }

  private find({ type, identities }: Reference): WantedRecord | undefined {
    for (const identity of identities) {
      const key = `${type} ${identity}`;
      const found = this.byIdentity.get(key) ?? this.byHandle.get(key);
      if (found) return found;
    }
    return undefined;
  }

  private knownOf(type: ContentType): string[] {
    const start = `${type} `;
    return [...this.byIdentity.keys(), ...this.byHandle.keys()].flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
  }

  private add(record: WantedRecord): void {
    const { type, values } = record;
    this.records.push(record);
    for (const [map, identities] of [
      [this.byIdentity, record.identities],
      [this.byHandle, handlesOf(type, values)],
    ] as const) {
      for (const identity of identities) {
        const key = `${type} ${identity}`;
        if (!map.has(key)) map.set(key, record);
      }
    }
    for (const [column, key] of Object.entries(uniqueKeys(record.type, record.values, 'draft'))) {
      if (key) this.byKey.set(`${record.type} ${column} ${key}`, record);
    }
  }

  /** The first spelling wins; each other one is told once. */
  private compare(known: WantedRecord, { type, values, identities, place, isGuess }: Reference, file: ParsedFile): void {
    const spelled = String(values.name);
    const once = `${type} ${identities[0]} ${spelled}`;
    const isOther = type === 'topic' && foldName(spelled) !== foldName(String(known.values.name));
    if (isGuess || isOther || isBlank(values.name) || sameJson(known.values.name, values.name) || this.told.has(once)) return;
    this.told.add(once);
    const rule = type === 'topic' ? 'topic/spelling' : 'reference/differs';
    this.problems.push(
      problemAt(file, rule, place, `"${spelled}" is "${String(known.values.name)}" in ${known.path}; that is what is kept.`),
    );
  }
}

/** What is told of a file that no collection includes and none excludes. */
export const unmapped = (path: string, { name }: Mapping): Problem =>
  problem('content/unmapped', path, `No collection of the mapping "${name}" includes the file.`);

/**
 * Second station: what the parsed files say, as records. Files that describe a record come before files that name it, both in the order of
 * their paths, so that the order in which they were read changes nothing.
 */
export const toRecords = (files: readonly ParsedFile[], mapping: Mapping, options: RecordOptions = {}): Wanted => {
  const register = new Register(options.lint ?? false);
  const problems: Problem[] = [];
  let refused = 0;

  for (const file of files) {
    const collection = mapping.collections.find((candidate) => candidate.matches(file));
    if (!collection) {
      if (mapping.concerns?.(file.path) !== 'excluded') problems.push(unmapped(file.path, mapping));
      continue;
    }
    const read = toRecord(file, collection, options);
    problems.push(...read.problems);
    if (!read.record || !register.addFile(read.record, file)) refused += 1;
  }
  for (const record of [...register.records]) {
    for (const list of Object.values(record.links)) list.forEach((link) => register.addReference(link, record.file!));
  }
  return { records: register.records, problems: [...problems, ...register.problems], refused };
};
