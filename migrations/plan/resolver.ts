import type { ContentType } from '../../content-types';
import { documentIdOf } from '../../content-types/rules/document-id';
import { numberedSlug } from '../../content-types/rules/numbered-slug';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import type { Path } from '../source/json';
import { problemAt } from '../source/parsed-file';
import { detached, problem, type Problem, type RuleName } from '../source/problem';
import { handlesOf, slugIdentity, splitIdentity } from '../mappings/identity';
import type { Reference } from '../mappings/mapping';
import { tellUnresolved } from '../mappings/unresolved';
import type { WantedRecord } from '../mappings/wanted-record';
import { KeyTable } from '../spool/key-table';
import { Spool } from '../spool/spool';
import type { Database, Merged } from './database';
import type { Ledger, LedgerEntry } from './ledger';

/** A wanted record that has found its place in the database. */
export interface Resolved {
  record: WantedRecord;
  documentId: string;
  entry: LedgerEntry | undefined;
  /** True where an entry that no import made is what the files mean. */
  isAdopted: boolean;
}

/** A bound for the search of a free slug, far beyond any archive's number of equal titles. */
const SUFFIXES = 10_000;
const STATES = ['draft', 'published'] as const;

/** What a record is called by its own words: a slug that was made of the name may be anybody's. */
const givenHandles = ({ type, values, isSlugDerived }: WantedRecord): string[] =>
  handlesOf(type, isSlugDerived ? { ...values, slug: null } : values);

/** A problem with a record: at its place in its file, or in the file that names it. */
export const reportAt = (record: WantedRecord, rule: RuleName, place: Path, message: string): Problem =>
  record.file ? problemAt(record.file, rule, place, message) : problem(rule, record.path, message);

/** Finds for each record the entry that it is, and a slug that is free; refuses what would overwrite somebody else's entry. */
export class Resolver {
  readonly problems: Problem[] = [];
  readonly refused: Record<ContentType, number> = { topic: 0, offering: 0, 'curated-content': 0 };
  /** How many files are of topics that were merged into others. */
  merged = 0;
  /** What is told of a reference that leads nowhere. */
  readonly unresolved = tellUnresolved((type) => {
    const start = `${type} `;
    return [...this.documents.keys(), ...this.database.ledger.identities()].flatMap((key) =>
      key.startsWith(start) ? [key.slice(start.length)] : [],
    );
  });
  /** What references find: stories are not among it. */
  private readonly documents = new Map<string, string>();
  /** The records so far: a number for each documentId and each unique key that one of them has. */
  private readonly owners = new KeyTable();
  private readonly claimed = new KeyTable();
  private readonly taken = new Spool();

  constructor(private readonly database: Database) {}

  /**
   * @param ledger as much of the id map as has to do with the record
   * @returns undefined for a record that is refused, and for a topic that was merged into another
   */
  add(record: WantedRecord, ledger: Ledger = this.database.ledger): Resolved | undefined {
    const { type, identities, path } = record;
    const found = ledger.find(type, identities) ?? this.stubOf(record);
    const adopted = found ? undefined : this.adopt(record);
    const merged = found || adopted ? undefined : this.database.mergedBy(type, [...identities, ...givenHandles(record)]);
    if (merged) {
      this.standIn(record, merged);
      return undefined;
    }
    const entry = this.asMerged(found ?? (adopted ? ledger.ofDocument(type, adopted) : undefined));
    const documentId = entry?.documentId ?? adopted ?? documentIdOf(type, identities[0]!);
    if (this.isTwice(record, documentId)) return undefined;

    // A slug that no file gives is chosen once: it does not follow when a title changes.
    const keepsSlug = record.isSlugDerived && entry?.base.values.slug;
    if (keepsSlug) record.values.slug = keepsSlug;
    const keys = keepsSlug || adopted ? [] : this.freeKeys(record, documentId);
    if (!keys) return undefined;

    const number = this.taken.add({ plain: documentId, text: path });
    this.owners.set(`${type} ${documentId}`, number);
    for (const key of keys) this.claimed.set(`${type} ${key}`, number);
    if (type !== 'curated-content') this.register(record, documentId);
    return { record, documentId, entry, isAdopted: adopted !== undefined && !entry };
  }

  /** To be called when the plan is made. */
  close(): void {
    this.taken.close();
  }

  /** True where a record of the archive is this entry. */
  isWanted(type: ContentType, documentId: string): boolean {
    return this.owners.has(`${type} ${documentId}`);
  }

  /** The documentId of what a file refers to: another record of the archive, what an earlier import brought, or an editor's own entry. */
  find({ type, identities }: Reference): string | undefined {
    for (const identity of identities) {
      const found = this.documents.get(`${type} ${identity}`);
      if (found) return found;
    }
    return (
      this.database.ledger.find(type, identities)?.documentId ??
      this.holderOfAny(type, identities) ??
      this.database.mergedBy(type, identities)?.documentId
    );
  }

  private register({ type, identities, values }: WantedRecord, documentId: string): void {
    for (const identity of identities) this.documents.set(`${type} ${identity}`, documentId);
    for (const handle of handlesOf(type, values)) {
      const key = `${type} ${handle}`;
      if (!this.documents.has(key)) this.documents.set(key, documentId);
    }
  }

  /** A topic that was merged into another is not made again: who names it means the other one. */
  private standIn(record: WantedRecord, { mergedName, documentId }: Merged): void {
    this.register(record, documentId);
    if (!record.file) return;
    this.merged += 1;
    const message = `"${mergedName}" was merged into another topic (${documentId}); what names it is filed there, and this file is not imported.`;
    this.problems.push(...detached([reportAt(record, 'topic/merged', record.placeOf?.('name') ?? [], message)]));
  }

  /** What the last import knew, told as it is since topics were merged: a link that moved with a merge is no editor's change. */
  private asMerged(entry: LedgerEntry | undefined): LedgerEntry | undefined {
    if (!entry) return undefined;
    const links = Object.entries(entry.base.links);
    if (!links.some(([, targets]) => targets.some((target) => this.database.standsFor(target) !== target))) return entry;
    const moved = links.map(([attribute, targets]) => [attribute, [...new Set(targets.map((target) => this.database.standsFor(target)))]]);
    return { ...entry, base: { ...entry.base, links: Object.fromEntries(moved) as LedgerEntry['base']['links'] } };
  }

  /** An entry whose unique keys say that it is what an identity means. */
  private holderOfAny(type: ContentType, identities: readonly string[]): string | undefined {
    for (const { by, value } of identities.map(splitIdentity)) {
      for (const [column, key] of Object.entries(uniqueKeys(type, { [by]: value }, 'published'))) {
        const holder = key ? this.database.holderOf(type, column, key) : undefined;
        if (holder) return holder;
      }
    }
    return undefined;
  }

  /** What files named by its slug before it had a file of its own. */
  private stubOf({ type, values, file }: WantedRecord): LedgerEntry | undefined {
    const [slug] = file && type !== 'curated-content' ? slugIdentity(values.slug) : [];
    const entry = slug ? this.database.ledger.find(type, [slug]) : undefined;
    return entry?.identity === slug && !entry?.hasFile ? entry : undefined;
  }

  /** Two files that mean one entry, as after a topic's name has moved from one file to another: the first keeps it. */
  private isTwice(record: WantedRecord, documentId: string): boolean {
    const owner = this.owners.get(`${record.type} ${documentId}`);
    if (owner === undefined) return false;
    const message = `${this.taken.at(owner).text} is the same ${record.type} (${documentId} in Strapi).`;
    this.refuse(record, reportAt(record, 'content/identity-duplicate', [], message));
    return true;
  }

  /** An editor's own topic or offering that is what the files mean, or an entry whose id map was lost. */
  private adopt({ type, values, identities, file }: WantedRecord): string | undefined {
    if (type !== 'curated-content') {
      const keys = uniqueKeys(type, values, 'published');
      for (const { column } of uniqueColumns(type)) {
        const holder = column === 'slugKey' || !keys[column] ? undefined : this.database.holderOf(type, column, keys[column]);
        if (holder) return holder;
      }
      // Named by its slug: the editor's topic is the one that is meant.
      const named = file ? undefined : this.holderOfAny(type, identities);
      if (named) return named;
    }
    const derived = documentIdOf(type, identities[0]!);
    return this.database.exists(type, derived) ? derived : undefined;
  }

  private refuse({ type }: WantedRecord, why: Problem): void {
    this.problems.push(...detached([why]));
    this.refused[type] += 1;
  }

  private holderOf(type: ContentType, column: string, key: string, documentId: string): string | undefined {
    const claimed = this.claimed.get(`${type} ${column} ${key}`);
    const holder = claimed === undefined ? this.database.holderOf(type, column, key) : (this.taken.at(claimed).plain as string);
    return holder === documentId ? undefined : holder;
  }

  /** The unique keys that a record gets, each as column and key; undefined where somebody else has one, and the record is refused. */
  private freeKeys(record: WantedRecord, documentId: string): string[] | undefined {
    const { type, values } = record;
    const keysOf = () => STATES.flatMap((state) => Object.entries(uniqueKeys(type, values, state)));
    const takenBy = ([column, key]: [string, string | null]) => (key === null ? undefined : this.holderOf(type, column, key, documentId));
    const isSlugTaken = () => keys.some((key) => key[0] === 'slugKey' && takenBy(key));

    const { slug } = values;
    let keys = keysOf();
    for (let suffix = 2; record.isSlugDerived && suffix < SUFFIXES && isSlugTaken(); suffix += 1) {
      values.slug = numberedSlug(String(slug), suffix);
      keys = keysOf();
    }
    for (const key of keys) {
      const holder = takenBy(key);
      if (!holder) continue;
      const attribute = uniqueColumns(type).find(({ column }) => column === key[0])!.of[0]!;
      const message = `An entry in Strapi (${holder}) already has the ${attribute} "${String(values[attribute])}"; it is not overwritten.`;
      this.refuse(record, reportAt(record, 'content/slug-duplicate', record.placeOf?.(attribute) ?? [], message));
      return undefined;
    }
    return keys.flatMap(([column, key]) => (key ? [`${column} ${key}`] : []));
  }
}
