import { savedKeys } from './savedKeys';
import type { Pick, RelationValue } from './value';

/**
 * What the story has when the form is saved as it stands, in order: the saved relations, without those that are taken away, and the new and
 * moved ones between them.
 */
export const readPicks = (saved: Pick[], { connect, disconnect }: RelationValue): Pick[] => {
  const gone = new Set([...connect, ...disconnect].map(({ id }) => id));
  const keys = savedKeys(saved.length);
  const kept = saved.map((pick, at) => ({ pick, key: keys[at]! })).filter(({ pick }) => !gone.has(pick.id));
  const changed = connect.map(({ id, label, documentId = '', apiData, __temp_key__: key }) => ({
    pick: { id, documentId: apiData?.documentId ?? documentId, name: label },
    key,
  }));
  // Keys are compared as the native field does it, code unit by code unit; a locale would sort "Zz" elsewhere.
  return [...kept, ...changed].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ pick }) => pick);
};
