import type { Header } from './header';
import type { JsonObject, Path } from './json';
import { locate } from './locate';
import { problem, type Problem, type RuleName } from './problem';

/** One Markdown file of an archive, read. */
export interface ParsedFile extends Omit<Header, 'bodyStart'> {
  /** Relative to the imported folder, with '/' on every system. */
  path: string;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  hash: string;
  /** The whole file as it stands, byte order mark and line ends included. */
  text: string;
  data: JsonObject;
  /** What stands below the front matter, verbatim. */
  body: string;
}

/** A problem with the value at `path` in a file. */
export const problemAt = (file: ParsedFile, rule: RuleName, path: Path, message: string): Problem =>
  problem(rule, file.path, message, locate(file, path));
