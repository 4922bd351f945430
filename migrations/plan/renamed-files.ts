import nodePath from 'node:path';

import { pathIdentity } from '../mappings/identity';
import type { Wanted } from '../mappings/register';
import type { WantedRecord } from '../mappings/wanted-record';
import type { JsonObject } from '../source/json';
import type { Database } from './database';
import { mappingName, type LedgerKey } from './ledger';
import type { Seen } from './seen';

const TYPE = 'curated-content';

interface ArchiveName {
  mapping: string;
  /** The folder that is imported. */
  folder: string;
}

type Story = Pick<WantedRecord, 'identities' | 'path' | 'file' | 'values'>;

/** What two stories do not share: no two have one slug. */
const nameOf = ({ slug, title }: JsonObject): string => JSON.stringify([slug, title]);

/**
 * The stories of this archive whose files are not there any more. A folder of which nothing is left here is another archive under the same
 * mapping: a copy of its file is none that was renamed.
 */
const findVanished = async (database: Database, seen: Seen, { mapping, folder }: ArchiveName): Promise<LedgerKey[]> => {
  const folders = await database.folders();
  const areHere = new Set<string | undefined>([nodePath.resolve(folder)]);
  const gone: LedgerKey[] = [];
  for await (const page of database.known()) {
    for (const entry of page) {
      if (entry.type !== TYPE || !entry.hasFile || mappingName(entry.mapping) !== mappingName(mapping)) continue;
      if (seen.paths.has(entry.path)) areHere.add(folders.get(entry.runId));
      else if (seen.isInScope(entry.path)) gone.push(entry);
    }
  }
  return gone.filter(({ runId }) => areHere.has(folders.get(runId)));
};

/** Stories whose files are gone, by what is known of them. Each is given away once. */
class Vanished {
  private readonly byDigest = new Map<string, LedgerKey[]>();
  private readonly byName = new Map<string, LedgerKey[]>();
  /** By the path of the file that took its place: a story may be asked for twice. */
  private readonly found = new Map<string, LedgerKey>();
  private readonly taken = new Set<LedgerKey>();

  /** @param isDescribed true for an identity that a file of this archive gives: whose that is, is known, wherever it lies */
  constructor(
    entries: readonly LedgerKey[],
    traces: Awaited<ReturnType<Database['tracesOf']>>,
    isDescribed: (identity: string) => boolean,
  ) {
    const add = (map: Map<string, LedgerKey[]>, key: string, entry: LedgerKey) => map.set(key, [...(map.get(key) ?? []), entry]);
    for (const entry of entries) {
      const trace = traces.get(entry.documentId);
      // Nobody holds the lease while a plan is made: an undo may have taken it away since.
      if (!trace || isDescribed(trace.identity)) continue;
      if (trace.digest) add(this.byDigest, trace.digest, entry);
      add(this.byName, nameOf(trace.values), entry);
    }
  }

  take({ path, file, values }: Story): LedgerKey | undefined {
    const known = this.found.get(path);
    if (known) return known;
    const free = (entries: readonly LedgerKey[] = []) => entries.filter((entry) => !this.taken.has(entry));
    const same = free(this.byDigest.get(file!.hash));
    // Of files with the same words in them, the one that was only put into another folder.
    const moved = same.find((entry) => nodePath.posix.basename(entry.path) === nodePath.posix.basename(path));
    const former = moved ?? same[0] ?? free(this.byName.get(nameOf(values)))[0];
    if (!former) return undefined;
    this.found.set(path, former);
    this.taken.add(former);
    return former;
  }
}

/**
 * The same database, in which a story that only its path identifies is also found where its file was renamed. Nobody knows the new path, and a
 * file that is gone was the same to the byte, or had the same title and slug. Without this a renamed file would be a second story.
 */
export const withRenamedFiles = (database: Database, wanted: Seen & Pick<Wanted, 'isDescribed'>, archive: ArchiveName): Database => {
  let vanished: Vanished | undefined;
  const findAll = async () => {
    const entries = await findVanished(database, wanted, archive);
    return new Vanished(entries, await database.tracesOf(entries), (identity) => wanted.isDescribed(TYPE, identity));
  };
  return {
    ...database,
    async ledgerOf(stories) {
      const ledger = await database.ledgerOf(stories);
      const isUnknown = ({ identities, path, file }: Story) =>
        file !== undefined && identities[0] === pathIdentity(path) && !ledger.find(TYPE, identities);
      const unknown = stories.filter(isUnknown);
      if (unknown.length === 0) return ledger;
      vanished ??= await findAll();
      const paths = new Map<string, string>();
      for (const story of unknown) {
        const former = vanished.take(story);
        if (former) paths.set(former.documentId, story.path);
      }
      const former = [...paths.keys()].map((documentId) => ({ type: TYPE, documentId }) as const);
      for (const entry of await database.entriesOf(former)) ledger.add(entry, pathIdentity(paths.get(entry.documentId)!));
      return ledger;
    },
  };
};
