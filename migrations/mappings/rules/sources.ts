import nodePath from 'node:path';

import type { JsonValue, Path } from '../../source/json';
import type { ParsedFile } from '../../source/parsed-file';
import type { Source } from '../mapping';

const DATED = /^(\d{4}-\d{2}-\d{2})-(.+)$/;

const basename = ({ path }: ParsedFile): string => nodePath.posix.parse(path).name;
const dirname = ({ path }: ParsedFile): string => nodePath.posix.parse(path).dir;

/** The name that Jekyll and Hugo give a page: without the date in front, and the folder's where the file is its index. */
const slug = (file: ParsedFile): string => {
  const name = basename(file);
  const own = name === 'index' || name === '_index' ? nodePath.posix.basename(dirname(file)) : name;
  return DATED.exec(own)?.[2] ?? own;
};

const dateIn = (name: string): string | undefined => DATED.exec(name)?.[1];
const date = (file: ParsedFile): string | undefined => dateIn(basename(file)) ?? dateIn(nodePath.posix.basename(dirname(file)));

/** What a file is, apart from its front matter, by the word that mapping files use for it. */
const TOKENS: Record<string, (file: ParsedFile) => JsonValue | undefined> = {
  $body: ({ body }) => (body === '' ? undefined : body),
  $basename: basename,
  $dirname: dirname,
  $path: ({ path }) => path,
  $slug: slug,
  $date: date,
};

const NAMES: Record<string, (file: ParsedFile) => string> = {
  $body: () => 'The text below the front matter',
  $basename: () => 'The name of the file',
  $dirname: () => 'The name of the folder',
  $path: () => 'The path of the file',
  $slug: () => 'The name of the file',
  $date: (file) => `The beginning of the name of the ${dateIn(basename(file)) ? 'file' : 'folder'}`,
};

export const TOKEN_NAMES = Object.keys(TOKENS);

const token = (label: string): Source => ({
  label,
  isBody: label === '$body',
  isDerived: label === '$slug',
  read: ({ file }) => TOKENS[label]!(file),
  nameIn: NAMES[label]!,
});

export const BODY = token('$body');

export const place = (path: Path): Source => ({ label: path.join('.'), path, read: (reader) => reader.get(path) });

/** A path as a mapping file writes it: keys with dots between them; a dot that belongs to a key stands behind a backslash. */
const parsePath = (text: string): Path => text.split(/(?<!\\)\./).map((key) => key.replace(/\\\./g, '.'));

/** A source as a mapping file writes it: `link.href` or `$body`. */
export const parseSource = (text: string): Source => (text.startsWith('$') ? token(text) : place(parsePath(text)));

export const pathsOf = (sources: readonly Source[]): Path[] => sources.flatMap(({ path }) => (path ? [path] : []));
