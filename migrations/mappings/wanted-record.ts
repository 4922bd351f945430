import type { ContentType } from '../../content-types';
import type { JsonObject, Path } from '../source/json';
import type { ParsedFile } from '../source/parsed-file';
import type { MediaReference, Reference, Timestamps } from './mapping';

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
  /** True where the slug is made of the file's path: it follows when the file is renamed. */
  isSlugOfPath?: true;
}
