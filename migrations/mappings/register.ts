import type { ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import { foldName } from '../../content-types/rules/name';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import { sameJson } from '../source/json';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { detached, type Problem } from '../source/problem';
import { KeyTable } from '../spool/key-table';
import { handlesOf } from './identity';
import type { Reference } from './mapping';
import type { Records } from './records';
import { tellUnresolved } from './unresolved';
import type { WantedRecord } from './wanted-record';

/** All records of an archive by what they are found by: the one place where files and references meet. */
export class Register {
  private readonly byIdentity = new Map<string, WantedRecord>();
  private readonly byHandle = new Map<string, WantedRecord>();
  /** What no two files may share, and for each the number of the file's path. */
  private readonly taken = new KeyTable();
  private readonly paths: string[] = [];
  private readonly told = new Set<string>();
  private readonly unresolved = tellUnresolved((type) => this.knownOf(type));
  readonly problems: Problem[] = [];

  constructor(
    readonly records: Records,
    private readonly lint: boolean,
    private readonly onRecord: (record: WantedRecord) => void,
  ) {}

  /** Adds a file's own record; a second one with the same identity or slug is refused. */
  addFile(record: WantedRecord, file: ParsedFile): boolean {
    const { type, identities, values } = record;
    const pathOf = (key: string): string | undefined => this.paths[this.taken.get(`${type} ${key}`) ?? -1];
    for (const identity of identities) {
      const path = pathOf(identity);
      if (path === undefined) continue;
      this.report(problemAt(file, 'content/identity-duplicate', [], `${path} is the same ${type} (${identity}).`));
      return false;
    }
    const keys = uniqueKeys(type, values, 'draft');
    for (const { column, of } of uniqueColumns(type)) {
      const path = keys[column] && !record.isSlugDerived ? pathOf(`${column} ${keys[column]}`) : undefined;
      if (path === undefined) continue;
      const message = `${path} has the same ${of.join(' or ')}, "${String(values[of[0]!])}".`;
      this.report(problemAt(file, 'content/slug-duplicate', record.placeOf?.(of[0]!) ?? [], message));
      return false;
    }

    const number = this.paths.push(record.path) - 1;
    for (const identity of identities) this.taken.set(`${type} ${identity}`, number);
    for (const [column, key] of Object.entries(keys)) if (key) this.taken.set(`${type} ${column} ${key}`, number);
    this.add(record);
    return true;
  }

  /** Finds what all files refer to, or makes it from what they say about it. To be called once, when every file is there. */
  addReferences(): void {
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
      this.add({ type, identities, values, links, media: {}, isDraft: false, timestamps: {}, path: fileOf().path, isSlugDerived: true });
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
    this.records.add(record);
    this.onRecord(record);
    // Nobody refers to a story.
    if (type === 'curated-content') return;
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
