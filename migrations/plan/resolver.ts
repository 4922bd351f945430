import type { ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import { documentIdOf } from '../../content-types/rules/document-id';
import { numberedSlug } from '../../content-types/rules/numbered-slug';
import { NAMELESS_SLUGS } from '../../content-types/rules/slug';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import { sameJson, type JsonValue, type Path } from '../source/json';
import { problemAt } from '../source/parsed-file';
import { detached, problem, type Problem, type RuleName } from '../source/problem';
import { handlesOf, isOfArchive, slugIdentity, splitIdentity, topicIdentities } from '../mappings/identity';
import type { Reference } from '../mappings/mapping';
import type { Wanted } from '../mappings/register';
import { tellUnresolved } from '../mappings/unresolved';
import type { WantedRecord } from '../mappings/wanted-record';
import { KeyTable } from '../spool/key-table';
import { Spool } from '../spool/spool';
import type { Database, Merged } from './database';
import { mappingName, type Ledger, type LedgerEntry } from './ledger';
import type { Seen } from './seen';

/** A wanted record that has found its place in the database. */
export interface Resolved {
  record: WantedRecord;
  documentId: string;
  entry: LedgerEntry | undefined;
  /** True where an entry that no import made is what the files mean. */
  isAdopted: boolean;
  /**
   * True for a record of which here only others speak: it has a file of its own, or what named it first is not looked at. What they say
   * changes nothing.
   */
  isToldOnly: boolean;
}

/** A unique key that a record is to have and an entry in Strapi holds. */
export interface HeldKey {
  column: string;
  key: string;
  attribute: string;
  /** The entry's documentId. */
  holder: string;
}

/** A record that has its place if others give up the unique keys that it is to have. */
export interface Waiting extends Resolved {
  heldKeys: HeldKey[];
}

/** True where a record has to wait for unique keys. */
export const isWaiting = (resolved: Resolved): resolved is Waiting => 'heldKeys' in resolved;

/** What is kept of a record that has its place. */
interface Taken {
  documentId: string;
  place: number;
}

/** True where a file is, to the byte, what the last import read. */
const isSameFile = ({ file }: WantedRecord, { hash }: LedgerEntry): boolean => file?.hash === hash;

/** The slug that was chosen for a record when it came, and stays: who renames a file whose name is its slug gives it another one. */
const keptSlugOf = ({ isSlugDerived, isSlugOfPath, path }: WantedRecord, entry: LedgerEntry | undefined): JsonValue | undefined =>
  isSlugDerived && entry?.base.values.slug && !(isSlugOfPath && entry.hasFile && entry.path !== path) ? entry.base.values.slug : undefined;

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
  /** The paths of their files. */
  private readonly described = new KeyTable();
  private readonly taken = new Spool();
  /** For each slug that many would have the number to go on with: what is below is taken, to all but an entry that has it already. */
  private readonly suffixes = new Map<string, number>();

  /**
   * @param resurrect what an editor deleted comes back
   * @param isGiven a slug that is made of a title leaves those alone that files give, whichever file comes first
   * @param foreignFolder the folder of another archive, which a row of the id map comes from
   * @param seen of a path that is not looked at nothing is known: of two that name a topic, it may hold the spelling that came first
   * @param isDescribed true for an identity that a file of this archive gives
   */
  constructor(
    private readonly database: Database,
    private readonly resurrect = false,
    private readonly isGiven: Wanted['isGiven'] = () => false,
    private readonly foreignFolder: (entry: LedgerEntry, run: number | undefined) => string | undefined = () => undefined,
    private readonly seen: Pick<Seen, 'paths' | 'isInScope'> = { paths: new Set(), isInScope: () => true },
    private readonly isDescribed: Wanted['isDescribed'] = () => false,
  ) {}

  /**
   * @param ledger as much of the id map as has to do with the record
   * @param place the record's place among those of its type, where it is to be asked for by `placeOf`
   * @returns undefined for a record that is refused, and for a topic that was merged into another. One that waits is in place when `accept` was
   *   called for it, or else `refuseHeld`
   */
  add(record: WantedRecord, ledger: Ledger = this.database.ledger, place = 0): Resolved | Waiting | undefined {
    const { type, identities, path } = record;
    if (isBlank(record.values.slug)) record.values.slug = NAMELESS_SLUGS[type];
    const known = record.file ? ledger.find(type, identities) : ledger.findReferred(type, identities);
    const from = known && this.foreignFolder(known, ledger.runOf(known));
    // A path or a key says which file it is in one archive, and nothing about those of others.
    const own =
      from === undefined || isSameFile(record, known!)
        ? known
        : ledger.find(
            type,
            identities.filter((each) => !isOfArchive(each)),
          );
    if (known && !own && identities.includes(known.identity)) {
      this.refuseForeign(record, known, from!);
      return undefined;
    }
    const found = own ?? this.stubOf(record) ?? this.renamedOf(record);
    const usual = found?.documentId ?? documentIdOf(type, identities[0]!);
    const former = found ? undefined : ledger.ofDocument(type, usual);
    if (former?.path === path && type === 'curated-content') {
      this.refuseFormer(record, former);
      return undefined;
    }
    // A story that came from a file of this path, and has an id or another path since, keeps its documentId for good; a topic that was called
    // this once does, too.
    const derived = former ? documentIdOf(type, `${identities[0]!}\n${record.file?.hash ?? ''}`) : usual;
    const adopted = found ? undefined : this.adopt(record, derived);
    const merged = found || adopted ? undefined : this.database.mergedBy(type, [...identities, ...givenHandles(record)]);
    if (merged) {
      this.standIn(record, merged);
      return undefined;
    }
    const entry = this.asMerged(found ?? (adopted ? ledger.ofDocument(type, adopted) : undefined));
    const documentId = entry?.documentId ?? adopted ?? derived;
    // Two names of one topic, the one that it had and the one that an editor gave it, mean it both.
    if (!record.file && this.owners.has(`${type} ${documentId}`)) {
      this.register(record, documentId);
      return undefined;
    }
    if (this.isTwice(record, documentId)) return undefined;

    // A slug that no file gives is chosen once: it does not follow when a title changes.
    const keptSlug = keptSlugOf(record, entry);
    if (keptSlug) record.values.slug = keptSlug;
    const isReturning = this.resurrect && !this.database.exists(type, documentId);
    // Who brings it back without its file knows more of it than what others say.
    const isElsewhere = () => from !== undefined || !this.seen.isInScope(entry!.path);
    const isToldOnly = !record.file && entry !== undefined && (entry.hasFile || isElsewhere());
    if (isReturning && entry && isToldOnly) record.values = { ...entry.base.values };
    // What only others name, and is there already, is not written.
    const isLeft = !isReturning && (isToldOnly || (!record.file && adopted !== undefined));
    const keys = isLeft ? { wanted: [], held: [] } : this.keysFor(record, documentId, isReturning ? undefined : entry);
    if (!keys) return undefined;

    const number = this.taken.add({ plain: { documentId, place } satisfies Taken, text: path });
    this.owners.set(`${type} ${documentId}`, number);
    if (record.file) this.described.set(path, number);
    for (const key of keys.wanted) this.claimed.set(`${type} ${key}`, number);
    const resolved = { record, documentId, entry, isAdopted: adopted !== undefined && !entry, isToldOnly };
    if (keys.held.length > 0) return { ...resolved, heldKeys: keys.held };
    this.accept(resolved);
    return resolved;
  }

  /** The same as `add` said of a story that was read once more. */
  again(record: WantedRecord, ledger: Ledger, { documentId, isAdopted }: Pick<Resolved, 'documentId' | 'isAdopted'>): Resolved {
    return { record, documentId, entry: this.asMerged(ledger.ofDocument(record.type, documentId)), isAdopted, isToldOnly: false };
  }

  /** Lets references find a record that has its place. */
  accept({ record, documentId }: Resolved): void {
    if (record.type !== 'curated-content') this.register(record, documentId);
  }

  /** Refuses a record that would overwrite what others hold. */
  refuseHeld({ record }: Pick<Resolved, 'record'>, { attribute, holder }: HeldKey, isGivenUp: boolean): void {
    const value = String(record.values[attribute]);
    const message = isGivenUp
      ? `An entry in Strapi (${holder}) has the ${attribute} "${value}" until this import is done; the next one finds it free.`
      : `An entry in Strapi (${holder}) already has the ${attribute} "${value}"; it is not overwritten.`;
    this.refuse(record, reportAt(record, 'content/slug-duplicate', record.placeOf?.(attribute) ?? [], message));
  }

  /** To be called when the plan is made. */
  close(): void {
    this.taken.close();
  }

  /** The place that `add` was told of the record that is this entry. */
  placeOf(type: ContentType, documentId: string): number | undefined {
    const owner = this.owners.get(`${type} ${documentId}`);
    return owner === undefined ? undefined : this.takenAt(owner).place;
  }

  /** True where a file describes a record that is in the plan. */
  describes(path: string): boolean {
    return this.described.has(path);
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
      this.database.ledger.findReferred(type, identities)?.documentId ??
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

  /**
   * A topic whose file calls it something else now: it has the slug that it had, and no file gives the old name, or may give it for all that is
   * known. By its name alone it would be another topic, and could not have that slug.
   */
  private renamedOf({ type, values, path, file, isSlugDerived }: WantedRecord): LedgerEntry | undefined {
    if (type !== 'topic' || !file || isSlugDerived) return undefined;
    const { ledger } = this.database;
    const entry = ledger.find(type, slugIdentity(values.slug));
    if (!entry?.hasFile || this.foreignFolder(entry, ledger.runOf(entry)) !== undefined) return undefined;
    const { paths, isInScope } = this.seen;
    const isFileGone = isInScope(entry.path) && !paths.has(entry.path) && this.database.exists(type, entry.documentId);
    const isStillCalled = [entry.identity, ...topicIdentities(entry.base.values.name)].some((each) => this.isDescribed(type, each));
    return (entry.path === path || isFileGone) && !isStillCalled ? entry : undefined;
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
  private adopt({ type, values, identities, file }: WantedRecord, derived: string): string | undefined {
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
    return this.database.exists(type, derived) ? derived : undefined;
  }

  /** A file of another archive that would overwrite what is known by its path or key. */
  private refuseForeign(record: WantedRecord, { documentId, path, mapping }: LedgerEntry, folder: string): void {
    const message = `${path} of ${folder} is the same ${record.type} (${documentId} in Strapi), imported with the mapping ${mappingName(mapping)}; it is not overwritten from another archive.`;
    this.refuse(record, reportAt(record, 'content/identity-duplicate', [], message));
  }

  /** A file that had an id, and has none any more. */
  private refuseFormer(record: WantedRecord, { documentId, identity, base }: LedgerEntry): void {
    const { by, value } = splitIdentity(identity);
    const message = `"${String(base.values.title)}" (${documentId} in Strapi) came from this file when it had the ${by} ${value}: without that nothing says that it is still the same. Give it back, or give the file another name.`;
    this.refuse(record, reportAt(record, 'content/identity-duplicate', [], message));
  }

  private refuse({ type }: WantedRecord, why: Problem): void {
    this.problems.push(...detached([why]));
    this.refused[type] += 1;
  }

  private takenAt(number: number): Taken {
    return this.taken.at(number).plain as Taken;
  }

  /**
   * The unique keys that a record is to have, each as column and key, and those of them that entries in Strapi hold; undefined where another
   * record of the archive has one, and this one is refused.
   *
   * @param entry the id map's row of a record that is there: what its file says as before is not written, whoever has it by now
   */
  private keysFor(
    record: WantedRecord,
    documentId: string,
    entry: LedgerEntry | undefined,
  ): { wanted: string[]; held: HeldKey[] } | undefined {
    const { type, values } = record;
    const isAsBefore = ({ of }: { of: string[] }) =>
      entry !== undefined && of.every((attribute) => sameJson(values[attribute] ?? null, entry.base.values[attribute] ?? null));
    const isSlugKept = keptSlugOf(record, entry) !== undefined;
    const keysOf = () =>
      uniqueColumns(type).flatMap(({ column, of }) =>
        isSlugKept && column === 'slugKey'
          ? []
          : [...new Set(STATES.flatMap((state) => uniqueKeys(type, values, state)[column] ?? []))].map((key) => ({ column, of, key })),
      );
    type Key = ReturnType<typeof keysOf>[number];
    const claimOf = ({ column, key }: Pick<Key, 'column' | 'key'>): string | undefined => {
      const number = this.claimed.get(`${type} ${column} ${key}`);
      return number === undefined ? undefined : this.takenAt(number).documentId;
    };
    const holderOf = (each: Key): string | undefined => {
      const holder = claimOf(each) ?? this.database.holderOf(type, each.column, each.key);
      return holder === documentId ? undefined : holder;
    };

    const { slug } = values;
    let keys = keysOf();
    const isSlugTaken = () =>
      keys.some((each) => each.column === 'slugKey' && (this.isGiven(type, each.column, each.key) || holderOf(each)));
    if (record.isSlugDerived && isSlugTaken()) {
      const known = this.suffixes.get(`${type} ${String(slug)}`) ?? 2;
      let suffix = this.database.exists(type, documentId) ? 2 : known;
      for (; isSlugTaken(); suffix += 1) {
        values.slug = numberedSlug(String(slug), suffix);
        keys = keysOf();
      }
      this.suffixes.set(`${type} ${String(slug)}`, Math.max(known, suffix));
    }
    const held = keys.flatMap((each): HeldKey[] => {
      const holder = isAsBefore(each) ? undefined : holderOf(each);
      const { column, key, of } = each;
      return holder ? [{ column, key, attribute: of[0]!, holder }] : [];
    });
    const claimed = held.find(claimOf);
    if (claimed) {
      this.refuseHeld({ record }, claimed, false);
      return undefined;
    }
    return { wanted: keys.map(({ column, key }) => `${column} ${key}`), held };
  }
}
