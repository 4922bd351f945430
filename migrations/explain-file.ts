import fs from 'node:fs/promises';
import nodePath from 'node:path';

import type { ContentType } from '../content-types/uids';
import { UserError } from './errors';
import type { HtmlOptions } from './mappings/clean-text';
import { explainRecord, type ExplainedRecord } from './mappings/explain';
import type { Mapping } from './mappings/mapping';
import { unmapped } from './mappings/read-record';
import { assertFolder, readArchive, type ReadOptions } from './read-archive';
import type { Limits } from './source/limits';
import { byPlace, isError, type Problem } from './source/problem';
import { isMdx } from './source/list-files';
import { readFile } from './source/read-file';

/** What `explain` answers. */
export interface Explanation extends Omit<ExplainedRecord, 'isDraft'> {
  /** Relative to the archive's folder, as globs and reports have it. */
  file: string;
  folder: string;
  mapping: string;
  /** The collection that takes the file, by its place in the mapping. */
  collection: { index: number; type: ContentType } | null;
  /** left-out: the mapping excludes it, or no collection includes it. */
  verdict: 'taken' | 'refused' | 'left-out';
  isDraft: boolean;
  problems: Problem[];
}

export interface ExplainOptions extends HtmlOptions {
  file: string;
  /** The archive's folder; see nearestFolder for what stands in for it. */
  folder?: string;
  mapping: Mapping;
  limits: Limits;
}

/** Every folder from one down to another below it; the lower one alone where it is not below. */
const foldersBetween = (top: string, bottom: string): string[] => {
  const relative = nodePath.relative(top, bottom);
  if (relative.startsWith('..') || nodePath.isAbsolute(relative)) return [bottom];
  const parts = relative.split(nodePath.sep).filter(Boolean);
  return [top, ...parts.map((_, index) => nodePath.join(top, ...parts.slice(0, index + 1)))];
};

/**
 * The folder that globs are most likely relative to: the first, from the working directory down to the file's own, below which the mapping
 * includes the file. A file from elsewhere is looked at from its own folder up.
 */
const nearestFolder = (file: string, mapping: Mapping): string => {
  const own = nodePath.dirname(file);
  const below = foldersBetween(process.cwd(), own);
  const folders = below.length > 1 || own === process.cwd() ? below : foldersBetween(nodePath.parse(own).root, own).reverse();
  const includes = (folder: string) => mapping.concerns?.(nodePath.relative(folder, file).replaceAll(nodePath.sep, '/')) !== 'unmapped';
  return folders.find(includes) ?? folders[0]!;
};

/** With the archive's folder at hand, what other files say counts too: a slug that stands twice, a topic that nobody describes. */
const problemsInArchive = async (folder: string, path: string, mapping: Mapping, options: ReadOptions): Promise<Problem[]> => {
  const { problems, records } = await readArchive(folder, mapping, { ...options, lint: true });
  records.close();
  return problems.filter(({ file }) => file === path);
};

/**
 * Tells for one file which rule of the mapping gave each attribute, and why the file would be left out or refused.
 *
 * @throws UserError where there is no such file, or it is not in the folder
 */
export const explainFile = async ({ file, folder: given, mapping, limits, ...html }: ExplainOptions): Promise<Explanation> => {
  const stat = await fs.stat(file).catch(() => undefined);
  if (!stat?.isFile()) throw new UserError(stat ? `${file} is a folder; a file is expected.` : `There is no file ${file}.`);
  if (given) await assertFolder(given);
  const folder = given ?? nearestFolder(file, mapping);
  const path = nodePath.relative(folder, file).replaceAll(nodePath.sep, '/');
  if (path.startsWith('../')) throw new UserError(`${file} is not in ${folder}.`);

  const answer = (rest: Partial<Explanation>, alone: Problem[]): Explanation => {
    const problems = alone.sort(byPlace);
    const verdict = rest.verdict ?? (problems.some(isError) ? 'refused' : 'taken');
    const nothing = { collection: null, identities: [], isDraft: false, attributes: [], extra: [] };
    return { file: path, folder, mapping: mapping.name, ...nothing, ...rest, verdict, problems };
  };

  const concern = mapping.concerns?.(path) ?? (isMdx(path) ? 'unmapped' : 'included');
  if (concern !== 'included') return answer({ verdict: 'left-out' }, concern === 'unmapped' ? [unmapped(path, mapping)] : []);
  const read = readFile(path, await fs.readFile(file), limits);
  if (Array.isArray(read)) return answer({}, read);
  const index = mapping.collections.findIndex((collection) => collection.matches(read));
  const collection = mapping.collections[index];
  if (!collection) return answer({ verdict: 'left-out' }, [unmapped(path, mapping)]);

  const { problems, ...record } = explainRecord(read, collection, html);
  const all = given ? await problemsInArchive(folder, path, mapping, { limits, ...html }) : problems;
  return answer({ ...record, collection: { index, type: collection.type } }, all);
};
