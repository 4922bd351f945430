import { generateNKeysBetween } from 'fractional-indexing';

import { UIDS } from '../../../../content-types/uids';

import { longestRising } from './longestRising';
import { savedKeys } from './savedKeys';
import type { ConnectItem, Pick, RelationValue } from './value';

const HREF = `../collection-types/${UIDS.offering}`;

const connectItem = (pick: Pick, key: string, isNew: boolean, next?: Pick): ConnectItem => ({
  id: pick.id,
  __temp_key__: key,
  name: pick.name,
  label: pick.name,
  href: `${HREF}/${pick.documentId}?`,
  apiData: {
    id: pick.id,
    documentId: pick.documentId,
    // As the native field has it: it asks for the name of a new one again, in case its editor changes it meanwhile.
    ...(isNew && { isTemporary: true }),
    position: next ? { before: next.documentId, status: 'draft' } : { end: true },
  },
});

/** Keys for all picks: those of saved ones that stay, and new ones that sort the others between them. */
const keysOf = (picks: Pick[], keyOf: (pick: Pick) => string | undefined): string[] => {
  const keys = picks.map(keyOf);
  for (let start = 0; start < picks.length; start += 1) {
    if (keys[start] !== undefined) continue;
    const found = keys.findIndex((key, at) => at > start && key !== undefined);
    const end = found === -1 ? picks.length : found;
    generateNKeysBetween(keys[start - 1] ?? null, keys[end] ?? null, end - start).forEach((key, at) => (keys[start + at] = key));
  }
  return keys as string[];
};

/**
 * The form's value with which the story has these picks in this order. As few as possible of the saved ones are moved, and what equals the
 * saved state changes nothing, so that the form knows when there is nothing to save.
 */
export const writePicks = (picks: Pick[], saved: Pick[]): RelationValue<ConnectItem> => {
  const placeOf = new Map(saved.map(({ id }, place) => [id, place]));
  const known = picks.filter(({ id }) => placeOf.has(id));
  const rising = longestRising(known.map(({ id }) => placeOf.get(id)!));
  const saveds = savedKeys(saved.length);
  const staying = new Map(known.filter((_, at) => rising.has(at)).map(({ id }) => [id, saveds[placeOf.get(id)!]!]));
  const keys = keysOf(picks, ({ id }) => staying.get(id));
  const picked = new Set(picks.map(({ id }) => id));
  return {
    connect: picks
      .map((pick, at) => connectItem(pick, keys[at]!, !placeOf.has(pick.id), picks[at + 1]))
      .filter(({ id }) => !staying.has(id))
      // Last one first: each is put before one that has its place already.
      .reverse(),
    disconnect: saved.filter(({ id }) => !picked.has(id)).map(({ id, documentId }) => ({ id, apiData: { id, documentId } })),
  };
};
