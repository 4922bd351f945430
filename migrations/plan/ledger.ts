import type { ContentType } from '../../content-types/uids';
import { handlesOf, pathIdentity } from '../mappings/identity';
import type { State } from './state';

/** What the last import knew of a record. */
export interface Base extends State {
  isPublished: boolean;
  /** True where an import took it from sites because its file was gone. */
  isWithdrawn?: true;
  /** The assets that the file named, by attribute, with the alternative text where it gave one; `sha256` is null for one that was not found. */
  assets: Record<string, { href: string; sha256: string | null; alternativeText?: string }>;
  /** What a topic was called in files before its own file gave it another name: references mean it so still, and no file that describes one. */
  alsoCalled?: string[];
  /** The attributes of which the file says what an undo took back, though a later import had read it. */
  undone?: string[];
}

/** One row of the id map: which record came from what, and what it held when it came. */
export interface LedgerEntry {
  type: ContentType;
  documentId: string;
  identity: string;
  path: string;
  /** False for a record that other files name and none describes. */
  hasFile: boolean;
  /** The mapping and the options that shaped the record. */
  mapping: string;
  /** SHA-256 of the file; '' where it is to be looked at again: a conflict, a reference or a picture is open, or an undo put the record back. */
  hash: string;
  base: Base;
}

/** All that files may call a record by, the surest first. */
export const calledBy = ({ type, identity, path, hasFile, base }: LedgerEntry): string[] => [
  identity,
  // Named first, described later: its identity is what it was named by, and its file is the better one.
  ...(hasFile && type !== 'curated-content' ? [pathIdentity(path)] : []),
  ...handlesOf(type, base.values),
  ...(base.alsoCalled ?? []),
];

/** A row as it is stored. */
export interface StoredEntry extends LedgerEntry {
  /** The run that wrote the row last. */
  runId: number;
}

/** The mapping alone, without the options that stand behind it. */
export const mappingName = (mapping: string): string => mapping.split(' publish=')[0]!;

/** As much of a row of the id map as tells whether its file is gone. */
export interface LedgerKey extends Pick<LedgerEntry, 'type' | 'documentId' | 'path' | 'hasFile' | 'mapping'>, Pick<StoredEntry, 'runId'> {}

/** The id map, or a part of it, by all that a record can be found by. */
export class Ledger {
  private readonly byIdentity = new Map<string, LedgerEntry>();
  private readonly byFormerName = new Map<string, LedgerEntry>();
  private readonly byDocument = new Map<string, LedgerEntry>();
  private readonly runs = new Map<LedgerEntry, number>();

  constructor(stored: readonly (LedgerEntry | StoredEntry)[]) {
    const entries = stored.map((row) => this.add(row, row.identity));
    // What one record is must not be hidden by what another is merely called.
    for (const entry of entries) {
      const former = new Set(entry.base.alsoCalled);
      this.register(
        entry,
        calledBy(entry).filter((each) => !former.has(each)),
      );
      for (const each of former) this.byFormerName.set(`${entry.type} ${each}`, entry);
    }
  }

  /** Adds a row, to be found by an identity. */
  add(row: LedgerEntry | StoredEntry, identity: string): LedgerEntry {
    // Who compares rows does not ask which run wrote them.
    const { runId, ...entry } = row as LedgerEntry & Partial<StoredEntry>;
    if (runId !== undefined) this.runs.set(entry, runId);
    this.register(entry, [identity]);
    this.byDocument.set(`${entry.type} ${entry.documentId}`, entry);
    return entry;
  }

  /** All that records are found by, each behind its type and a blank. */
  identities(): Iterable<string> {
    return this.byIdentity.keys();
  }

  find(type: ContentType, identities: readonly string[]): LedgerEntry | undefined {
    for (const identity of identities) {
      const entry = this.byIdentity.get(`${type} ${identity}`);
      if (entry) return entry;
    }
    return undefined;
  }

  /** What a reference means: a record that is called so, or one that was before its file called it something else. */
  findReferred(type: ContentType, identities: readonly string[]): LedgerEntry | undefined {
    const former = () => identities.flatMap((identity) => this.byFormerName.get(`${type} ${identity}`) ?? [])[0];
    return this.find(type, identities) ?? former();
  }

  /** The run that wrote a row of this map last. */
  runOf(entry: LedgerEntry): number | undefined {
    return this.runs.get(entry);
  }

  ofDocument(type: ContentType, documentId: string): LedgerEntry | undefined {
    return this.byDocument.get(`${type} ${documentId}`);
  }

  private register(entry: LedgerEntry, identities: readonly string[]): void {
    for (const identity of identities) {
      const key = `${entry.type} ${identity}`;
      if (!this.byIdentity.has(key)) this.byIdentity.set(key, entry);
    }
  }
}
