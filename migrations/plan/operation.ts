import type { ContentType } from '../../content-types/uids';
import type { Timestamps } from '../mappings/mapping';
import type { LedgerEntry } from './ledger';
import type { Field, State } from './state';

/** What an editor and a file both changed, each to something else. */
export interface Conflict extends Field {
  base: unknown;
  file: unknown;
  current: unknown;
  /** Whose value is in the database after the run. */
  taken: 'keep' | 'file';
}

export interface FieldChange extends Field {
  before: unknown;
  after: unknown;
}

/** Another alternative text for a picture of the media library. */
export interface AltTextChange {
  /** The attribute by which the record shows it. */
  attribute: string;
  /** The picture's documentId. */
  documentId: string;
  before: string | null;
  after: string | null;
}

interface Planned {
  type: ContentType;
  documentId: string;
  /** A person's word for the record: its title or name. */
  label: string;
  /** The row of the id map as it will be. */
  ledger: LedgerEntry;
  /** The file, to the byte, where the record has one. */
  source?: string;
  /** Where the file was when it was imported last, if it was somewhere else. */
  formerPath?: string;
}

export interface Create extends Planned {
  action: 'create';
  state: State;
  isPublished: boolean;
  /** True for one that an editor had deleted. */
  isReturning?: boolean;
  timestamps: Timestamps;
}

export interface Update extends Planned {
  action: 'update';
  /** Changes to the draft row; to the only row of a type without draft & publish. */
  draft: FieldChange[];
  published: FieldChange[];
  publication: 'publish' | 'unpublish' | null;
  altTexts?: AltTextChange[];
  conflicts: Conflict[];
  timestamps: Timestamps;
}

/** Nothing to write but the id map: the file changed in words that no attribute holds. */
export interface Touch extends Planned {
  action: 'touch';
  conflicts: Conflict[];
}

/** A record whose file is gone. */
export interface Remove extends Planned {
  action: 'remove';
  /** Withdraw it from sites, or delete it. */
  mode: 'unpublish' | 'delete';
}

export type Operation = Create | Update | Touch | Remove;
