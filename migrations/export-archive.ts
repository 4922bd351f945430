import fs from 'node:fs/promises';
import nodePath from 'node:path';

import { CONTENT_TYPES, type ContentType } from '../content-types';
import type { Host } from './apply/host';
import { readKeys } from './apply/read-ledger';
import { readRecords } from './apply/read-records';
import { readFolders } from './apply/runs';
import { chunksOf } from './apply/select';
import { readLedgerRows } from './apply/write-ledger';
import { describeRecords, type Described } from './export/describe';
import { StoredFiles } from './export/stored-files';
import { placeNew, uniquePath } from './export/place-new';
import { updateFile } from './export/write-file';
import { UserError } from './errors';
import { pathIdentity } from './mappings/identity';
import type { Collection, Mapping } from './mappings/mapping';
import { mappingName } from './plan/ledger';
import type { ExportReport } from './report/report';
import { aboveFile, assetPaths, besideFile, firstThere } from './source/assets';
import { DEFAULT_LIMITS } from './source/limits';
import { isInside } from './source/list-files';
import { byPlace, problem, type Problem } from './source/problem';
import { readFile } from './source/read-file';

/** Records that are held in memory at once, each with its texts in both states and the file it came from. */
const CHUNK = 100;

export interface ExportOptions {
  folder: string;
  mapping: Mapping;
  /** Where pictures go that the folder does not have yet; without it none is written. */
  assets?: string;
  /** Write what editors have saved and not published, instead of what is published. */
  drafts?: boolean;
  onProgress?: (done: number, total: number) => void;
}

/** What stands in the way of one file and of no other. */
const IN_THE_WAY = ['EISDIR', 'ENOENT', 'ENOTDIR', 'EEXIST', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'];

/** Where a path leads, as far as it is there. */
const nearestReal = (path: string): Promise<string> => fs.realpath(path).catch(() => nearestReal(nodePath.dirname(path)));

/**
 * Writes a file below a folder, whole or not at all.
 *
 * @returns what stands in the way, if anything does
 * @throws what would stand in the way of every other file too, such as a full disk
 */
const writeBelow = async (folder: string, path: string, text: string | Uint8Array): Promise<string | undefined> => {
  const absolute = nodePath.join(folder, path);
  // A name of its own: that of the file may be as long as names can be.
  const temporary = nodePath.join(nodePath.dirname(absolute), `.${process.pid}.tmp`);
  try {
    const parent = nodePath.dirname(absolute);
    await fs.mkdir(folder, { recursive: true });
    // Before anything is made below it: a link would have folders made elsewhere.
    if (!isInside(await fs.realpath(folder), await nearestReal(parent))) return 'A link leads out of the folder that is written to.';
    await fs.mkdir(parent, { recursive: true });
    await fs.writeFile(temporary, text);
    await fs.rename(temporary, absolute);
    return undefined;
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    const { code, message } = error as NodeJS.ErrnoException;
    if (!IN_THE_WAY.includes(code ?? '')) throw error;
    return `It cannot be written: ${message}.`;
  }
};

const readText = (path: string): Promise<string | undefined> => fs.readFile(path, 'utf8').catch(() => undefined);

/**
 * Tells what other archives brought: what another mapping read, from another folder. Where this mapping read nothing yet it is there to give
 * what there is another form, and all of it is meant.
 */
const tellForeign = async (host: Host, folder: string, mapping: Mapping): Promise<(type: ContentType, documentId: string) => boolean> => {
  const folders = await readFolders(host);
  const foreign = new Set<string>();
  let own = 0;
  for await (const page of readKeys(host)) {
    for (const { type, documentId, mapping: by, runId } of page) {
      if (mappingName(by) === mapping.name || folders.get(runId) === nodePath.resolve(folder)) own += 1;
      else foreign.add(`${type} ${documentId}`);
    }
  }
  return (type, documentId) => own > 0 && foreign.has(`${type} ${documentId}`);
};

/**
 * Records back into files: each file that was imported as it was, but for what was edited since; each record that never had one as a new
 * file. A topic or offering that other files name, and say all of, gets none. What another archive brought stays out of this one.
 *
 * @returns how many files there are, and how many were new, different or the same before
 */
export const exportArchive = async (host: Host, options: ExportOptions): Promise<ExportReport> => {
  const { folder, mapping, assets, drafts = false, onProgress } = options;
  const started = performance.now();
  for (const target of [folder, ...(assets === undefined ? [] : [assets])]) {
    const stat = await fs.stat(target).catch(() => undefined);
    if (stat && !stat.isDirectory()) throw new UserError(`${target} is a file; a folder is expected.`);
  }
  const counts = { files: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, foreign: 0 };
  const problems: Problem[] = [];
  const files = await StoredFiles.open(host);
  const isForeign = await tellForeign(host, folder, mapping);
  const taken = new Set<string>();
  /** Whose file each path is. */
  const owners = new Map<string, string>();
  for await (const page of readKeys(host)) {
    for (const { type, documentId, hasFile, path } of page) {
      if (!hasFile || isForeign(type, documentId)) continue;
      taken.add(path.toLowerCase());
      // The last one that came from there: a file may describe another record than it did.
      owners.set(path, `${type} ${documentId}`);
    }
  }

  const collectionsOf = (type: ContentType): Collection[] => mapping.collections.filter((collection) => collection.type === type);
  const collectionOf = (path: string, source: string, [first, ...others]: readonly Collection[]): Collection => {
    const file = others.length > 0 ? readFile(path, Buffer.from(source), DEFAULT_LIMITS) : [];
    return (Array.isArray(file) ? undefined : others.find((collection) => !first!.matches(file) && collection.matches(file))) ?? first!;
  };
  const write = async (path: string, text: string): Promise<void> => {
    const absolute = nodePath.join(folder, path);
    const before = await readText(absolute);
    const obstacle = before === text ? undefined : await writeBelow(folder, path, text);
    if (obstacle !== undefined) {
      problems.push(problem('file/unwritable', path, obstacle));
      return;
    }
    counts.files += 1;
    counts[before === undefined ? 'created' : before === text ? 'unchanged' : 'updated'] += 1;
  };

  const writeMedia = async ({ media }: Described, file: string): Promise<void> => {
    for (const { href, name, fileId } of assets ? media : []) {
      const above = aboveFile(file, href, folder, assets);
      const paths = assetPaths(above?.path ?? href);
      const beside = above?.isBeside ? above.path : besideFile(file, href);
      if ((await firstThere(assets!, paths)) ?? (await firstThere(folder, assetPaths(beside)))) continue;
      const path = paths.find((each) => nodePath.posix.basename(each) === name) ?? paths[0]!;
      const bytes = await host.download(fileId);
      const obstacle = bytes && (await writeBelow(assets!, path, bytes));
      if (obstacle !== undefined) problems.push(problem('file/unwritable', path, obstacle));
    }
  };

  const all = await describeRecords(host, files, drafts);
  const total = all.total;
  let done = 0;
  for (const type of [...CONTENT_TYPES].reverse()) {
    const collections = collectionsOf(type);
    if (collections.length === 0) continue;
    for (const chunk of chunksOf(all.documentIds(type), CHUNK)) {
      const current = await readRecords(host, type, chunk);
      const ledger = await readLedgerRows(host, host.knex, type, chunk);
      for (const documentId of chunk) {
        done += 1;
        if (isForeign(type, documentId)) {
          counts.foreign += 1;
          continue;
        }
        const row = ledger.get(documentId);
        const described = all.describe(type, documentId, current.get(documentId)!, row);
        const source = row?.source;
        if (!described || (!source && !described.needsFile)) counts.skipped += described ? 0 : 1;
        else if (source && owners.get(row.path) === `${type} ${documentId}`) {
          const { path } = row;
          await write(path, updateFile(source, collectionOf(path, source, collections), described.record));
          await writeMedia(described, path);
        } else {
          // Another file at its place is known again by what it says, unless the place was all that it was known by.
          const isKnown = source && row.identity !== pathIdentity(row.path);
          const placed = isKnown
            ? {
                path: uniquePath(row.path, taken),
                text: updateFile(source, collectionOf(row.path, source, collections), described.record),
              }
            : placeNew(mapping, type, described.record, taken);
          if ('reason' in placed) problems.push(problem('file/unwritable', placed.path, placed.reason));
          else {
            taken.add(placed.path.toLowerCase());
            await write(placed.path, placed.text);
            await writeMedia(described, placed.path);
          }
        }
      }
      onProgress?.(done, total);
    }
  }
  return { counts, problems: problems.sort(byPlace), seconds: (performance.now() - started) / 1000 };
};
