import { targetOf, type ContentType } from '../content-types';
import { editRun, withLease } from './apply/edit-run';
import type { Host } from './apply/host';
import { readRecords } from './apply/read-records';
import { relinked, relinkRecords, type Relink } from './apply/relink';
import type { Named } from './apply/runs';
import type { Changes } from './apply/write-rows';
import { UserError } from './errors';
import { labelOf } from './plan/compare';

export interface LinkChange {
  type: ContentType;
  /** The relation: a story's topics. */
  attribute: string;
  /** The documentIds that are put behind those that are there. */
  add: readonly string[];
  /** The documentIds that are taken out. */
  remove: readonly string[];
  /** The records to change. */
  documentIds: readonly string[];
  /** Those of them of which only the draft is changed. */
  draftOnly?: ReadonlySet<string>;
  /** Who it is; without it, who started the process. */
  user?: string;
}

/** What a change does to one record. */
export interface ChangedLinks {
  documentId: string;
  name: string;
  /** True where what sites read changes at once. */
  isPublic: boolean;
  added: string[];
  removed: string[];
}

export interface LinksPreview {
  add: Named[];
  remove: Named[];
  changed: ChangedLinks[];
  /** How many records are as they shall be already. */
  unchanged: number;
}

const relinkOf = ({ type, attribute, add, remove, draftOnly }: LinkChange): Relink => ({
  type,
  attribute,
  of: (links) => [...new Set([...links.filter((link) => !remove.includes(link)), ...add])],
  rowsOf: (documentId) => (draftOnly?.has(documentId) ? 'draft' : 'both'),
});

/** @throws UserError where one of them is gone */
const readNamed = async (host: Host, { type, attribute }: LinkChange, documentIds: readonly string[]): Promise<Named[]> => {
  const records = await readRecords(host, targetOf(type, attribute), documentIds);
  return documentIds.map((documentId) => {
    const record = records.get(documentId);
    if (!record) throw new UserError(`"${attribute}" cannot name ${documentId}: it is not there any more.`);
    return { documentId, name: labelOf(record.draft.values) };
  });
};

const differenceOf = ({ draft, published }: Changes): { added: string[]; removed: string[] } => {
  const pairs = [...draft, ...published].map(({ before, after }) => [before as string[], after as string[]] as const);
  return {
    added: [...new Set(pairs.flatMap(([before, after]) => after.filter((link) => !before.includes(link))))],
    removed: [...new Set(pairs.flatMap(([before, after]) => before.filter((link) => !after.includes(link))))],
  };
};

/**
 * What a change of many records' links would do. Writes nothing.
 *
 * @throws UserError where one of the entries to add or to remove is gone
 */
export const previewLinks = async (host: Host, change: LinkChange): Promise<LinksPreview> => {
  const [add, remove] = [await readNamed(host, change, change.add), await readNamed(host, change, change.remove)];
  const names = new Map([...add, ...remove].map(({ documentId, name }) => [documentId, name]));
  const named = (documentIds: readonly string[]) => documentIds.map((documentId) => names.get(documentId) ?? documentId);
  const records = await readRecords(host, change.type, change.documentIds);
  const how = relinkOf(change);
  const changed = change.documentIds.flatMap((documentId): ChangedLinks[] => {
    const record = records.get(documentId);
    const changes = record && relinked(documentId, record, how);
    if (!changes) return [];
    const { added, removed } = differenceOf(changes);
    const isPublic = changes.published.length > 0;
    return [{ documentId, name: labelOf(record.draft.values), isPublic, added: named(added), removed: named(removed) }];
  });
  return { add, remove, changed, unchanged: records.size - changed.length };
};

/**
 * Adds entries to a relation of many records, or takes them out: in drafts and in what is published, in the order that is there. All of it is
 * written, or nothing.
 *
 * @returns the run, which can be undone; null where there was nothing to change
 * @throws UserError where an entry is gone (2), or another run is under way (5)
 */
export const changeLinks = async (host: Host, change: LinkChange): Promise<LinksPreview & { run: number | null }> => {
  const { type, attribute, documentIds, user } = change;
  return withLease(host, async (lease) => {
    const preview = await previewLinks(host, change);
    if (preview.changed.length === 0) return { ...preview, run: null };
    const { add, remove } = preview;
    const { run } = await editRun(host, lease, { subject: { kind: 'bulk', type, attribute, add, remove }, user }, async (edit) => ({
      updated: { [type]: await relinkRecords(host, edit, relinkOf(change), documentIds) },
    }));
    return { ...preview, run };
  });
};
