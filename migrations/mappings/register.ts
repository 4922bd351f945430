import type { ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import { foldName } from '../../content-types/rules/name';
import { uniqueColumns } from '../../content-types/rules/unique-keys';
import { sameJson } from '../source/json';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { detached, type Problem } from '../source/problem';
import { KeyTable } from '../spool/key-table';
import { recordPaths, type RecordPaths } from './aliases';
import { handlesOf, splitIdentity } from './identity';
import type { Mapping, Reference } from './mapping';
import { recordOf, type PackedRecord } from './packed-record';
import type { Reading } from './read-record';
import { Records } from './records';
import { tellUnresolved } from './unresolved';
import type { WantedRecord } from './wanted-record';

export interface Wanted {
  records: Records;
  problems: Problem[];
  /** How many files give no record because of an error. */
  refused: number;
  /** How many files the mapping leaves alone. */
  leftOut: number;
  /** True for a unique key, as `uniqueKeys` gives it for a draft row, of which a file says itself that its record has it. */
  isGiven(type: ContentType, column: string, key: string): boolean;
  /** True for an identity by which a file describes a record. */
  isDescribed(type: ContentType, identity: string): boolean;
}

/**
 * All records of an archive by what they are found by: the one place where files and references meet. Files that describe a record come
 * before files that name it, both in the order of their paths, so that the order in which they were read changes nothing. Files are taken one
 * by one, and none is kept in memory.
 */
export class Register {
  private readonly byIdentity = new Map<string, WantedRecord>();
  private readonly byHandle = new Map<string, WantedRecord>();
  /** What no two files may share, and for each the number of the file's path. */
  private readonly taken = new KeyTable();
  private readonly paths: string[] = [];
  private readonly told = new Set<string>();
  private readonly unresolved = tellUnresolved((type) => this.knownOf(type));
  private readonly records: Records;
  private readonly problems: Problem[] = [];
  private refused = 0;
  private leftOut = 0;

  /**
   * @param lint also tells what is no reason to stop an import
   * @param onRecord is handed the paths of each record that is not refused, in their order
   */
  constructor(
    private readonly mapping: Mapping,
    private readonly lint: boolean,
    private readonly onRecord: (paths: RecordPaths) => void = () => {},
  ) {
    this.records = new Records(mapping);
  }

  /** Takes what a file came to, in the order of the files' paths. */
  add({ problems, isRefused, record }: Reading): void {
    for (const each of problems) this.problems.push(each);
    if (isRefused || (record && !this.addFile(record))) this.refused += 1;
    else if (!record) this.leftOut += 1;
  }

  /** To be called once, behind the last file. */
  finish(): Wanted {
    this.addReferences();
    const { records, problems, refused, leftOut } = this;
    return {
      records,
      problems,
      refused,
      leftOut,
      isGiven: (type, column, key) => this.taken.has(`${type} ${column} ${key}`),
      isDescribed: (type, identity) => this.taken.has(`${type} ${identity}`),
    };
  }

  /** Gives up. */
  close(): void {
    this.records.close();
  }

  /** Adds a file's own record; a second one with the same identity or slug is refused. */
  private addFile(packed: PackedRecord): boolean {
    const { type, path, identities, keys, isSlugDerived } = packed;
    const pathOf = (key: string): string | undefined => this.paths[this.taken.get(`${type} ${key}`) ?? -1];
    for (const identity of identities) {
      const other = pathOf(identity);
      if (other === undefined) continue;
      const { file, placeOf } = recordOf(packed, this.mapping);
      const place = placeOf!(splitIdentity(identity).by);
      this.report(problemAt(file!, 'content/identity-duplicate', place, `${other} is the same ${type} (${identity}).`));
      return false;
    }
    const isGiven = (column: string) => !isSlugDerived || column !== 'slugKey';
    for (const { column, of } of uniqueColumns(type)) {
      const other = keys[column] && isGiven(column) ? pathOf(`${column} ${keys[column]}`) : undefined;
      if (other === undefined) continue;
      const { file, values, placeOf } = recordOf(packed, this.mapping);
      const message = `${other} has the same ${of.join(' or ')}, "${String(values[of[0]!])}".`;
      this.report(problemAt(file!, 'content/slug-duplicate', placeOf!(of[0]!), message));
      return false;
    }

    const number = this.paths.push(path) - 1;
    for (const identity of identities) this.taken.set(`${type} ${identity}`, number);
    for (const [column, key] of Object.entries(keys)) if (key && isGiven(column)) this.taken.set(`${type} ${column} ${key}`, number);
    this.onRecord(packed.paths);
    if (type === 'curated-content') this.records.addStory(packed);
    else this.addNamed(recordOf(packed, this.mapping));
    return true;
  }

  /** Finds what all files refer to, or makes it from what they say about it. */
  private addReferences(): void {
    for (const { links, fileOf } of this.records.referring()) {
      for (const list of Object.values(links)) list.forEach((link) => this.addReference(link, fileOf));
    }
  }

  private addReference(reference: Reference, fileOf: () => ParsedFile): void {
    const { type, identities, values, links, place } = reference;
    for (const list of Object.values(links)) list.forEach((link) => this.addReference(link, fileOf));

    const known = this.find(reference);
    if (known) this.compare(known, reference, fileOf);
    else if (isBlank(values.name)) {
      // An import asks the database too, and tells what is left then.
      if (this.lint) this.report(problemAt(fileOf(), 'reference/unresolved', place, this.unresolved(reference)));
    } else {
      const { path } = fileOf();
      const record = { type, identities, values, links, media: {}, isDraft: false, timestamps: {}, path, isSlugDerived: true };
      this.onRecord(recordPaths(record));
      this.addNamed(record);
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

  private addNamed(record: WantedRecord): void {
    const { type, values } = record;
    this.records.addNamed(record);
    for (const [map, identities] of [
      [this.byIdentity, record.identities],
      [this.byHandle, handlesOf(type, values)],
    ] as const) {
      for (const identity of identities) {
        const key = `${type} ${identity}`;
        if (!map.has(key)) map.set(key, record);
      }
    }
  }

  /** The first spelling wins; each other one is told once. */
  private compare(known: WantedRecord, { type, values, identities, place, isGuess }: Reference, fileOf: () => ParsedFile): void {
    const spelled = String(values.name);
    const once = `${type} ${identities[0]} ${spelled}`;
    const isOther = type === 'topic' && foldName(spelled) !== foldName(String(known.values.name));
    if (isGuess || isOther || isBlank(values.name) || sameJson(known.values.name, values.name) || this.told.has(once)) return;
    this.told.add(once);
    const rule = type === 'topic' ? 'topic/spelling' : 'reference/differs';
    this.report(problemAt(fileOf(), rule, place, `"${spelled}" is "${String(known.values.name)}" in ${known.path}; that is what is kept.`));
  }

  private report(problem: Problem): void {
    this.problems.push(...detached([problem]));
  }
}
