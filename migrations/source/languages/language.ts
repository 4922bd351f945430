import type { Path } from '../json';
import type { RuleName } from '../problem';

export type LanguageName = 'yaml' | 'toml' | 'json';

/** Why a header cannot be read, and where in it. */
export interface Mistake {
  rule: RuleName;
  message: string;
  offset: number;
}

export const duplicateKey = (key: string, offset: number): Mistake => ({
  rule: 'front-matter/duplicate-key',
  message: `The key "${key}" stands here a second time.`,
  offset,
});

/** A language that front matter is written in. */
export interface Language {
  /**
   * Reads a header into plain values. Numbers are such as print as the same text; what is no such number, and every date, stays the text it is.
   *
   * @throws what `explain` knows; RangeError where it is nested deeper than the stack allows
   */
  parse(header: string): unknown;
  /** Characters of a header that its parser can be trusted with; without it any number. */
  maxLength?: number;
  /** @returns all mistakes of the header; undefined where the error is not one of the parser's own */
  explain(error: unknown, header: string): Mistake[] | undefined;
  /** Offset of the value at a path: its key, or its place in a list. Where it is missing: what should hold it. */
  findOffset(header: string, path: Path): number;
}
