import type { ContentType } from '../../content-types';
import type { Records } from '../mappings/records';
import { inChunks } from '../spool/in-chunks';
import type { OnConflict } from './compare';
import type { Database } from './database';
import type { Ledger } from './ledger';
import type { Resolved, Resolver, Waiting } from './resolver';
import { findYielded } from './yielded-keys';

/** Stories that are in memory at once. */
const CHUNK = 200;

/** A story that waits for its slug, and its place among the wanted ones. */
export interface WaitingStory extends Omit<Waiting, 'record' | 'entry' | 'isToldOnly'> {
  index: number;
}

/** What is kept of a story until it is known whether it gets its slug: not the story. */
export const asWaitingStory = ({ documentId, isAdopted, heldKeys }: Waiting, index: number): WaitingStory => ({
  index,
  documentId,
  isAdopted,
  heldKeys,
});

interface Settled {
  index: number;
  resolved: Resolved;
}

/** Stories that have their places, with the part of the id map that has to do with them. */
export interface SettledStories {
  stories: Settled[];
  /** Stories whose slugs entries have that no import made: each is that entry if it says the same, and to be refused if not. */
  claims: (Settled & { refuse(): void })[];
  ledger: Ledger;
}

/**
 * Decides which topics or offerings that wait for unique keys get them; the others are refused. One that is new does not: an undo could not
 * remove it while others name it, nor give its key back before it is gone.
 *
 * @param known every record of the type
 */
export const settleNamed = async (
  type: ContentType,
  waiting: readonly Waiting[],
  known: readonly Resolved[],
  resolver: Resolver,
  database: Database,
  onConflict: OnConflict,
): Promise<Resolved[]> => {
  if (waiting.length === 0) return [];
  const { served, yields } = await findYielded(database, {
    type,
    waiting,
    resolvedOf: (documentIds) =>
      Promise.resolve(known.filter(({ record, documentId }) => record.type === type && documentIds.includes(documentId))),
    isDeleted: () => false,
    onConflict,
  });
  return waiting.flatMap((each) => {
    if (served.has(each.documentId) && database.exists(type, each.documentId)) {
      resolver.accept(each);
      return each;
    }
    const [held] = each.heldKeys;
    resolver.refuseHeld(each, held!, yields(held!));
    return [];
  });
};

/**
 * Decides which stories that wait for their slugs get them; the others are refused. To be called when it is known which entries go.
 *
 * @returns those that get them or may, a few at a time
 */
export async function* settleStories(
  waiting: readonly WaitingStory[],
  records: Records,
  resolver: Resolver,
  database: Database,
  isDeleted: (documentId: string) => boolean,
  onConflict: OnConflict,
): AsyncGenerator<SettledStories> {
  if (waiting.length === 0) return;
  const type = 'curated-content';
  const read = async (places: readonly { index: number; documentId: string; isAdopted: boolean }[]) => {
    const found = places.map((place) => ({ ...place, record: records.story(place.index) }));
    const ledger = await database.ledgerOf(found.map(({ record }) => record));
    const stories = found.map(({ index, record, ...rest }) => ({ index, resolved: resolver.again(record, ledger, rest) }));
    return { stories, ledger };
  };
  const { served, yields } = await findYielded(database, {
    type,
    waiting,
    resolvedOf: async (documentIds) => {
      const places = documentIds.flatMap((documentId) => {
        const index = resolver.placeOf(type, documentId);
        return index === undefined ? [] : { index, documentId, isAdopted: false };
      });
      return (await read(places)).stories.map(({ resolved }) => resolved);
    },
    isDeleted,
    onConflict,
  });

  for (const chunk of inChunks(waiting, CHUNK)) {
    const { stories, ledger } = await read(chunk);
    const settled: SettledStories = { stories: [], claims: [], ledger };
    const holders = await knownAmong(database, new Set(chunk.map(({ heldKeys: [held] }) => held!.holder)));
    for (const [at, { index, resolved }] of stories.entries()) {
      const [held] = chunk[at]!.heldKeys;
      const refuse = () => resolver.refuseHeld(resolved, held!, yields(held!));
      if (served.has(resolved.documentId)) settled.stories.push({ index, resolved });
      else if (resolved.entry || resolved.isAdopted || holders.has(held!.holder)) refuse();
      else settled.claims.push({ index, resolved: { ...resolved, documentId: held!.holder, isAdopted: true }, refuse });
    }
    yield settled;
  }
}

/** Those of some stories that an import made or took over. */
const knownAmong = async (database: Database, documentIds: ReadonlySet<string>): Promise<Set<string>> => {
  const entries = await database.entriesOf([...documentIds].map((documentId) => ({ type: 'curated-content', documentId })));
  return new Set(entries.map(({ documentId }) => documentId));
};
