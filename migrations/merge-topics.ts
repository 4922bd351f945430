import type { Knex } from 'knex';

import { UIDS, type ContentType } from '../content-types';
import { editRun, withLease, type EditRun } from './apply/edit-run';
import { pointingAt, relationsTo, type Relation } from './apply/find-pointers';
import type { Host } from './apply/host';
import { readImages, writeJournal, type Image } from './apply/journal';
import { readRecords } from './apply/read-records';
import { moveRedirects, refreshRedirects } from './apply/redirects';
import { relinked, relinkRecords } from './apply/relink';
import type { Named } from './apply/runs';
import { rememberSpellings } from './apply/merge-spellings';
import { deleteLedger } from './apply/write-ledger';
import { RowWriter } from './apply/write-rows';
import { StillNamed, UserError } from './errors';
import { handlesOf } from './mappings/identity';
import { labelOf } from './plan/compare';
import type { CurrentRecord } from './plan/database';
import type { Counts } from './plan/counts';
import { calledBy } from './plan/ledger';

export interface MergeOptions {
  /** The documentId of the topic that goes. */
  source: string;
  /** The documentId of the topic that takes its place. */
  target: string;
  /** Who it is; without it, who started the process. */
  user?: string;
}

/** What a merge would change. */
export interface MergePreview {
  source: Named;
  target: Named;
  /** How many records will name the target in place of the source, in their draft or in what is published. */
  counts: Record<ContentType, number>;
  /** How many others name both topics, and will lose the source. */
  both: Record<'curated-content' | 'offering', number>;
  /** All that name the source. */
  documentIds: Record<ContentType, string[]>;
}

/** From a topic's parent to the top. */
const ancestorsOf = (topics: ReadonlyMap<string, CurrentRecord>, start: string): string[] => {
  const path: string[] = [];
  for (let at = topics.get(start)?.draft.links.parent?.[0]; at && !path.includes(at); at = topics.get(at)?.draft.links.parent?.[0]) {
    path.push(at);
  }
  return path;
};

const nameOf = (documentId: string, record: CurrentRecord): Named => ({ documentId, name: labelOf(record.draft.values) });

/** @throws UserError where one of the two topics is gone, or both are one */
const readBoth = async (host: Host, { source, target }: MergeOptions, knex: Knex = host.knex): Promise<[Named, Named]> => {
  if (source === target) throw new UserError('A topic cannot be merged into itself.');
  const topics = await readRecords(host, 'topic', [source, target], knex);
  const [from, into] = [source, target].map((documentId) => {
    const record = topics.get(documentId);
    if (!record) throw new UserError(`There is no topic ${documentId} any more. Reload the page.`);
    return nameOf(documentId, record);
  });
  return [from!, into!];
};

/** The target in the source's place, at the earlier of the two places where both are there. */
const replaced = (links: readonly string[], { source, target }: MergeOptions): string[] => [
  ...new Set(links.map((link) => (link === source ? target : link))),
];

/** Everything that points at the source; the order is that in which it is written. */
const pointersTo = async (host: Host, knex: Knex, documentId: string): Promise<{ relation: Relation; documentIds: string[] }[]> => {
  const all = [];
  for (const relation of relationsTo(host, 'topic'))
    all.push({ relation, documentIds: await pointingAt(host, knex, relation, documentId) });
  return all;
};

/**
 * What a merge of one topic into another would change. Writes nothing.
 *
 * @throws UserError where one of the two topics is gone, or both are one
 */
export const previewMerge = async (host: Host, options: MergeOptions): Promise<MergePreview> => {
  const [source, target] = await readBoth(host, options);
  const documentIds: MergePreview['documentIds'] = { topic: [], offering: [], 'curated-content': [] };
  const both = { offering: 0, 'curated-content': 0 };
  for (const { relation, documentIds: sources } of await pointersTo(host, host.knex, options.source)) {
    const { type } = relation;
    documentIds[type] = sources;
    if (type === 'topic') continue;
    const others = new Set(await pointingAt(host, host.knex, relation, options.target));
    both[type] = sources.filter((documentId) => others.has(documentId)).length;
  }
  return {
    source,
    target,
    counts: {
      // The target itself does not become narrower than it is: it takes the source's place.
      topic: documentIds.topic.filter((documentId) => documentId !== options.target).length,
      offering: documentIds.offering.length - both.offering,
      'curated-content': documentIds['curated-content'].length - both['curated-content'],
    },
    both,
    documentIds,
  };
};

/** Keeps others from naming the source while it is on its way out. */
const lockTopics = async (host: Host, trx: Knex.Transaction, { source, target }: MergeOptions): Promise<void> => {
  const { table, columns } = host.tables(UIDS.topic);
  const query = trx(table).whereIn(columns.documentId!, [source, target]).orderBy(columns.id!).select(columns.id!);
  // SQLite has one writer at a time and no word for this.
  await (host.client === 'sqlite' ? query : query.forUpdate());
};

/** What imports found a topic by. */
const identitiesOf = ({ draft, ledger }: Image): string[] => [
  ...(ledger ? calledBy({ ...ledger, type: 'topic' }) : []),
  ...(draft ? handlesOf('topic', draft.values) : []),
];

/** Gives the target the source's own place in the tree, where the target was below it. */
const liftTarget = async (host: Host, edit: EditRun, { source, target }: MergeOptions): Promise<boolean> => {
  const topics = await readRecords(host, 'topic', undefined, edit.trx);
  if (!ancestorsOf(topics, target).includes(source)) return false;
  const parent = topics.get(source)!.draft.links.parent ?? [];
  const lifted = relinked(target, topics.get(target)!, { type: 'topic', attribute: 'parent', of: () => parent });
  await new RowWriter(host, edit).update('topic', lifted ? [lifted] : []);
  return lifted !== undefined;
};

/** Takes the source away: its names and its address mean the target from now on. */
const takeAway = async (host: Host, edit: EditRun, { source, target }: MergeOptions, image: Image): Promise<void> => {
  const { trx, run } = edit;
  const mergedName = labelOf(image.draft!.values);
  await rememberSpellings(host, trx, run, { mergedId: source, mergedName, documentId: target }, identitiesOf(image));
  // Where it stands may not have been noted yet, as in a database that is older than the notes.
  await refreshRedirects(host, trx, 'topic', [source]);
  await moveRedirects(host, trx, 'topic', source, target);
  await new RowWriter(host, edit).delete('topic', [source]);
  await deleteLedger(host, trx, 'topic', [source]);
  await host.refreshDerived(trx, 'topic', [source, target]);
};

/**
 * Translations are their editors' own and are not relinked: with the source they would lose what they name, and nothing could bring it back.
 *
 * @throws UserError where one still names the source
 */
const refuseTranslations = async (host: Host, trx: Knex, { source, target }: MergeOptions, topics: ReadonlyMap<string, Image>) => {
  const left = (await pointersTo(host, trx, source)).flatMap(({ documentIds }) => documentIds);
  if (left.length === 0) return;
  const [from, into] = [source, target].map((documentId) => labelOf(topics.get(documentId)!.draft!.values));
  throw new StillNamed(
    `Translations of ${left.length} ${left.length === 1 ? 'entry name' : 'entries name'} "${from}". Give them "${into}" instead, then merge.`,
  );
};

/** Moves all that points at the source, and takes the source away; in one transaction with the journal. @returns what was updated */
const moveLinks = async (host: Host, edit: EditRun, options: MergeOptions): Promise<Record<ContentType, string[]>> => {
  const { trx, run } = edit;
  const { source, target } = options;
  await lockTopics(host, trx, options);
  // Read again: the two may have changed, or gone, since the editor looked.
  await readBoth(host, options, trx);
  const updated: Record<ContentType, string[]> = { topic: [], offering: [], 'curated-content': [] };
  const before = await readImages(host, trx, 'topic', [source, target]);
  if (await liftTarget(host, edit, options)) updated.topic.push(target);

  const of = (links: readonly string[]) => replaced(links, options);
  for (const { relation, documentIds } of await pointersTo(host, trx, source)) {
    const { type, attribute } = relation;
    updated[type].push(...(await relinkRecords(host, edit, { type, attribute, of }, documentIds)));
  }

  await refuseTranslations(host, trx, options, before);
  await takeAway(host, edit, options, before.get(source)!);
  const after = await readImages(host, trx, 'topic', [target]);
  await writeJournal(host, trx, run, [
    { type: 'topic', documentId: source, action: 'remove', before: before.get(source)!, after: null },
    // Whatever else it keeps: more paths lead to it.
    { type: 'topic', documentId: target, action: 'update', before: before.get(target)!, after: after.get(target)! },
  ]);
  return updated;
};

/**
 * Merges one topic into another: everything that names the first names the second from then on, in drafts and in what is published, at the
 * place where it stood; the first is gone, and imports take its names for the second. All of it is written, or nothing.
 *
 * @returns the run, which can be undone whole as long as nobody changed what it touched
 * @throws UserError where one of the two topics is gone, both are one (2), or another run is under way (5)
 */
export const mergeTopics = async (host: Host, options: MergeOptions): Promise<{ run: number; counts: Counts }> =>
  withLease(host, async (lease) => {
    const [source, target] = await readBoth(host, options);
    return editRun(host, lease, { subject: { kind: 'merge', source, target }, user: options.user }, async (edit) => ({
      updated: await moveLinks(host, edit, options),
      removed: { topic: [source.documentId] },
    }));
  });
