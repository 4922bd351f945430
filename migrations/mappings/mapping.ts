import type { ContentType } from '../../content-types/uids';
import type { JsonObject, JsonValue, Path } from '../source/json';
import type { ParsedFile } from '../source/parsed-file';
import type { RuleName } from '../source/problem';

/**
 * Something that a file names and another record holds: a topic by its name, an offering by its id.
 */
export interface Reference {
  type: ContentType;
  /** Ways to find it, the surest first; see identity.ts. */
  identities: string[];
  /** What this file says about it: enough to make it where it has no file of its own. */
  values: JsonObject;
  links: Record<string, Reference[]>;
  /** Where in the file it is named. */
  place: Path;
  /** True where the file gives no name and `values` has one that was made of what it gives. */
  isGuess?: boolean;
}

/** A picture or document that a file names. */
export interface MediaReference {
  /** As given: a path below the assets folder. */
  href: string;
  alternativeText: string | null;
  place: Path;
}

/** What a rule reads out of a file. Undefined: the file says nothing, and the attribute is left empty. */
export type FieldValue =
  | { kind: 'value'; value: JsonValue; isDerived?: boolean }
  | { kind: 'links'; links: Reference[] }
  | { kind: 'media'; media: MediaReference };

/** What a rule reads from, and tells problems to. */
export interface Reader {
  file: ParsedFile;
  get(path: Path): JsonValue | undefined;
  report(rule: RuleName, path: Path, message: string): void;
}

/** One thing that a rule reads from: a place of the front matter, the text below it, or a part of the file's own path. */
export interface Source {
  /** How a mapping file writes it: `link.href`, `$body`. */
  label: string;
  /** The place, where it is one of the front matter. */
  path?: Path;
  /** True for the text below the front matter. */
  isBody?: boolean;
  /** True where two files may well say the same and mean two things: another value may be made of it. */
  isDerived?: boolean;
  read(reader: Reader): JsonValue | undefined;
  /** What a message calls it, where it is no place of the front matter. */
  nameIn?(file: ParsedFile): string;
}

/** A record that a relation points at, as it now stands in the database. */
export interface Target {
  identities: string[];
  values: JsonObject;
  links: Record<string, Target[]>;
  /** The attributes that no longer hold what the last import put there. */
  edited: ReadonlySet<string>;
}

export interface LinksValue {
  kind: 'links';
  links: Target[];
  /** What it pointed at after the last import, each by what it is found by; some may be gone since. */
  imported: readonly (readonly string[])[];
}

export type CurrentValue =
  { kind: 'value'; value: JsonValue } | LinksValue | { kind: 'media'; media: { href: string; alternativeText: string | null } | null };

/** What a rule writes with. */
export interface Writer {
  /** The front matter as it stands before this change; empty for a new file. */
  get(path: Path): JsonValue | undefined;
  set(path: Path, value: JsonValue): void;
  setBody(body: string): void;
  /** True where the file is new and every place has to be filled. */
  isNew: boolean;
  /** All attributes of the record, for values that follow from others. */
  record: JsonObject;
}

/**
 * How one attribute and its places in a file follow from each other. Where one value stands in three places, one rule knows all three.
 */
export interface FieldRule {
  attribute: string;
  /** Every place of the front matter that belongs to the attribute; what belongs to none is kept as `extra`. */
  places: readonly Path[];
  read(reader: Reader): FieldValue | undefined;
  write(writer: Writer, value: CurrentValue): void;
  /** Other attributes whose change changes these places too. */
  follows?: readonly string[];
  /** What it reads, in order, where that is more than its places. */
  sources?: readonly Source[];
}

/** The dates of a record, as ISO text. */
export interface Timestamps {
  createdAt?: string;
  updatedAt?: string;
  publishedAt?: string;
}

/** How the files of one kind become records of one type, and back. */
export interface Collection {
  type: ContentType;
  matches(file: ParsedFile): boolean;
  fields: readonly FieldRule[];
  /** What the front matter of every file of the collection says: by it the file was recognised, and it says nothing more. */
  says?: JsonObject;
  /** What identifies the record across imports, the surest first; the file's path where this answers nothing. */
  identities(values: JsonObject, reader: Reader): string[];
  /** Where that may stand in the front matter, besides in the places of attributes. */
  keyPlaces?: readonly Path[];
  /** Fills in what follows from other attributes where the file does not say it. */
  complete(values: JsonObject): JsonObject;
  isDraft(reader: Reader): boolean;
  /** Has the front matter say whether the story is a draft, where it would say the contrary otherwise. */
  setDraft?(writer: Pick<Writer, 'get' | 'set'>, isDraft: boolean): void;
  timestamps(values: JsonObject, reader: Reader): Timestamps;
  /** Problems that `lint` alone tells: true of a whole archive, and no reason to look twice at an import. */
  lint?(reader: Reader): void;
  /** A new file's front matter, with every key in its order, before the rules fill it in. */
  skeleton(): JsonObject;
  /** Where a record that never had a file is written. */
  fileName(record: JsonObject): string;
}

/** One way to understand an archive. */
export interface Mapping {
  name: string;
  collections: readonly Collection[];
  /** SHA-256 of the mapping's own source, where that is not part of the plugin: another one may read the same file differently. */
  digest?: string;
  /** What its file says, where it has one: plain data, of which `compileMapping` makes the same mapping again. */
  file?: object;
  /**
   * What the mapping does with a file, as far as the path tells; every file is included where this is missing. A file that is excluded is
   * left alone in silence, one that nobody thought of is reported.
   */
  concerns?(path: string): 'included' | 'excluded' | 'unmapped';
}

/** MDX files are part of an archive where the mapping says so: most sites have none, and a body of components is no Markdown to others. */
export const takesMdx =
  ({ concerns }: Mapping) =>
  (path: string): boolean =>
    concerns?.(path) === 'included';
