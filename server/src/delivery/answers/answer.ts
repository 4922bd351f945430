import { sha256 } from '../../../../content-types/rules/sha256';
import type { Rights } from './rights';

/** What tells one state of an answer from another. */
export interface Version {
  /** Without quotes. */
  etag: string;
  /** Milliseconds since 1970: not before the moment at which this state of it could be read first. */
  changedAt: number;
}

/** What caches file an answer under. */
export interface Tags {
  /** All that it is made of. */
  names: readonly string[];
  /** What stands for them where they grow too long: what is purged with a change of any of them. */
  brief: readonly string[];
}

/** An answer before it is sent. */
export interface Answer extends Version {
  tags: Tags;
  text: string;
}

/** Makes an answer: in outline, which tells its version, or whole. */
export interface Recipe {
  /** Tells it apart from every other answer to the same caller. */
  key: string;
  /** Asked for once, as what is new since a cursor: no cache keeps it, here or elsewhere. */
  isOneOff?: true;
  /** Without the text being read; undefined where there is no such entry. Missing where nothing but the text tells the version. */
  outline?(): Promise<Version | undefined>;
  whole(): Promise<Answer | undefined>;
}

/** An ETag of what an answer is made of. Callers with other rights get another one. */
export const etagOf = (rights: Rights, parts: readonly unknown[]): string =>
  sha256(JSON.stringify([rights.topics, rights.offerings, ...parts]), 'base64url').slice(0, 27);
