import nodePath from 'node:path';

import type { ContentType } from '../../content-types';
import type { Mapping } from '../mappings/mapping';
import { getAt } from '../source/json';
import { DEFAULT_LIMITS } from '../source/limits';
import { readFile } from '../source/read-file';
import { newFile, type ExportRecord } from './write-file';

/** Bytes of a name without its ending: file systems take 255, of which a number and the ending want some. */
const MAX_NAME = 230;

const cutName = (name: string): string => {
  let cut = name;
  while (Buffer.byteLength(cut) > MAX_NAME) cut = cut.slice(0, -1);
  return cut.toWellFormed().replace(/\uFFFD$/, '');
};

/** A path inside the folder for what an editor typed; what was imported goes back to where it came from. */
const safePath = (path: string): string => {
  const parts = path
    .replace(/\\/g, '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  // No import looks at a name that begins with a dot.
  const joined = parts.map((part) => part.replace(/[\0<>:"|?*]|^\./g, '-')).join('/');
  const { dir, name, ext } = nodePath.posix.parse(/\.(md|markdown|mdx)$/i.test(joined) ? joined : `${joined || 'untitled'}.md`);
  return nodePath.posix.join(dir, `${cutName(name)}${ext}`);
};

export const uniquePath = (path: string, taken: ReadonlySet<string>): string => {
  const { dir, name, ext } = nodePath.posix.parse(path);
  let candidate = path;
  for (let suffix = 2; taken.has(candidate.toLowerCase()); suffix += 1) candidate = nodePath.posix.join(dir, `${name}-${suffix}${ext}`);
  return candidate;
};

/** True where the mapping reads a file as a record of this type, a draft or not. */
const isReadAs = (mapping: Mapping, path: string, text: string, type: ContentType, isDraft: boolean): boolean => {
  if (mapping.concerns && mapping.concerns(path) !== 'included') return false;
  const file = readFile(path, Buffer.from(text), DEFAULT_LIMITS);
  if (Array.isArray(file)) return false;
  const collection = mapping.collections.find((each) => each.matches(file));
  return collection?.type === type && collection.isDraft({ file, get: (at) => getAt(file.data, at), report: () => {} }) === isDraft;
};

/**
 * A file for a record that never had one. Where it lies decides what a mapping takes it for: a topic among the stories would be a story.
 *
 * @param taken the paths that other records have, in lower case
 * @returns why there is none, where no collection of the mapping would read it as what it is
 */
export const placeNew = (
  mapping: Mapping,
  type: ContentType,
  record: ExportRecord,
  taken: ReadonlySet<string>,
): { path: string; text: string } | { path: string; reason: string } => {
  let first: string | undefined;
  for (const collection of mapping.collections) {
    if (collection.type !== type) continue;
    const path = uniquePath(safePath(collection.fileName(record.values)), taken);
    first ??= path;
    const text = newFile(collection, record);
    if (isReadAs(mapping, path, text, type, record.isDraft ?? false)) return { path, text };
  }
  return { path: first!, reason: `The mapping "${mapping.name}" would not read it as this ${type} when it is imported again.` };
};
