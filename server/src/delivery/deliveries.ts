import type { ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import { chunksOf, deleteWhereIn, selectWhereIn, type Row } from '../../../migrations/apply/select';
import type { DerivedRows, Refresh } from '../derived/derived-rows';
import type { Task } from '../derived/queue';

import { compose, goneRow, type Summaries, type Summary } from './compose';
import { type Delivery } from './delivery';
import { formatOf } from './format';
import { lockDeliveries, type Stored } from './lock-deliveries';
import { readEntries, type Entry } from './read-entries';
import { placesOf, readFacets } from './read-facets';
import { writeDeliveries, writeFacets } from './write-deliveries';

const CHUNK = 1_000;

const embeddedIn = (entries: Iterable<Entry>): string[] => {
  const ids = new Set<string>();
  for (const { links } of entries) for (const targets of Object.values(links)) for (const { documentId } of targets) ids.add(documentId);
  return [...ids].sort();
};

/**
 * What topics and offerings look like in what embeds them, as their own rows have it. On PostgreSQL these rows are held until the commit:
 * somebody who changes one meanwhile then finds the entry among those that embed it.
 *
 * @returns also the ids that another transaction is changing at the moment
 */
const readSummaries = async (
  { host, trx }: Refresh,
  documentIds: readonly string[],
): Promise<{ summaries: Summaries; unsettled: ReadonlySet<string> }> => {
  const { table, columns } = host.tables(TABLES.delivery);
  const names = [columns.type!, columns.documentId!, columns.summary!, columns.topicIds!];
  const unsettled = new Set<string>();
  const summaries = {
    topic: new Map<string, Summary>(),
    offering: new Map<string, Summary>(),
    'curated-content': new Map<string, Summary>(),
  };
  const add = (rows: readonly Row[]) => {
    for (const row of rows) {
      const [text, topicIds] = [row[columns.summary!], row[columns.topicIds!] as string];
      if (typeof text === 'string')
        summaries[row[columns.type!] as ContentType].set(row[columns.documentId!] as string, { text, topicIds });
    }
  };
  for (const ids of chunksOf(documentIds, CHUNK)) {
    if (host.client === 'postgres') {
      const held = (await trx(table).whereIn(columns.documentId!, ids).select(names).orderBy(columns.id!).forShare().skipLocked()) as Row[];
      add(held);
      const found = new Set(held.map((row) => row[columns.documentId!]));
      const rest = ids.filter((id) => !found.has(id));
      const busy = await selectWhereIn(trx, table, columns.documentId!, rest, names);
      add(busy);
      busy.forEach((row) => unsettled.add(row[columns.documentId!] as string));
    } else add(await selectWhereIn(trx, table, columns.documentId!, ids, names));
  }
  return { summaries, unsettled };
};

const touches = ({ links }: Entry, ids: ReadonlySet<string>): boolean =>
  ids.size > 0 && Object.values(links).some((targets) => targets.some(({ documentId }) => ids.has(documentId)));

/** True where those that embed the entry have to know: its text in them changed, or it came back. */
const isShownOtherwise = (type: ContentType, delivery: Delivery, stored: Stored | undefined): boolean =>
  type !== 'curated-content' && stored !== undefined && stored.summary !== delivery.summary;

const refreshChunk = async (refresh: Refresh): Promise<Task[]> => {
  const { strapi, host, trx, type, documentIds, isBehind, isRebuild } = refresh;
  const format = formatOf(strapi);
  const { stored, busy, made } = await lockDeliveries(refresh);
  const free = busy.size > 0 ? documentIds.filter((documentId) => !busy.has(documentId)) : documentIds;
  const entries = await readEntries(strapi, host, trx, type, free);
  const { summaries, unsettled } = await readSummaries(refresh, embeddedIn(entries.values()));

  const places = stored.size > made.size ? await readFacets(host, trx, type, [...stored.keys()]) : undefined;
  const changed: Delivery[] = [];
  const misplaced: Delivery[] = [];
  const again = new Set(busy);
  for (const documentId of free) {
    const entry = entries.get(documentId);
    const old = stored.get(documentId);
    // InnoDB shows a transaction the world of its beginning: what others wrote since is seen after the commit.
    if ((host.client === 'mysql' && !isBehind) || (entry && touches(entry, unsettled))) again.add(documentId);
    if (!entry && (!old || made.has(documentId))) continue;
    const delivery = entry ? compose(type, entry, summaries, format) : goneRow(type, documentId, old!.slug, format);
    const isAsStored = old?.hash === delivery.hash && old.isGone === delivery.isGone && old.format === format;
    if (isRebuild || !isAsStored) changed.push(delivery);
    // Most writes leave alone what an entry has in common with others. Two transactions of which neither saw what the other made of the
    // same entry leave both behind.
    if ((places?.get(documentId) ?? []).join() !== placesOf(delivery).join()) misplaced.push(delivery);
  }
  const ids = new Map([...stored].map(([documentId, { id }]) => [documentId, id]));
  await writeDeliveries(host, trx, changed, { ids });
  const idle = [...made].filter((documentId) => !entries.has(documentId) && !busy.has(documentId));
  const { table, columns } = host.tables(TABLES.delivery);
  await deleteWhereIn(
    trx,
    table,
    columns.id!,
    idle.map((documentId) => ids.get(documentId)!),
  );
  await writeFacets(host, trx, misplaced, new Set(stored.keys()));

  return [
    ...changed
      .filter((delivery) => isShownOtherwise(type, delivery, stored.get(delivery.documentId)))
      .map(({ documentId }): Task => ({ kind: 'embeds', type, documentIds: [documentId] })),
    ...(again.size > 0 ? [{ kind: 'entries', type, documentIds: [...again] } as const] : []),
  ];
};

/** The table of ready answers. */
export const deliveries: DerivedRows = {
  name: 'deliveries',
  async refresh({ documentIds, ...refresh }) {
    const tasks: Task[] = [];
    // In one order: two transactions that take the same rows wait for each other instead of holding what the other needs.
    const sorted = [...new Set(documentIds)].sort();
    for (const chunk of chunksOf(sorted, CHUNK)) tasks.push(...(await refreshChunk({ ...refresh, documentIds: chunk })));
    return tasks;
  },
};

/** The rows that the table should have for some entries, made without a look at those that it has. */
export const composeDeliveries = async (refresh: Refresh): Promise<Map<string, Delivery>> => {
  const { strapi, host, trx, type, documentIds } = refresh;
  const entries = await readEntries(strapi, host, trx, type, documentIds);
  const { summaries } = await readSummaries(refresh, embeddedIn(entries.values()));
  const format = formatOf(strapi);
  return new Map([...entries].map(([documentId, entry]) => [documentId, compose(type, entry, summaries, format)]));
};
