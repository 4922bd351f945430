import type { Knex } from 'knex';

import { targetOf, UIDS, type ContentType } from '../../content-types';
import type { Host } from './host';
import { ownRows } from './own-rows';
import { identityKeyOf } from './read-ledger';
import { selectWhereIn } from './select';
import { ROWS, type Step } from './undo-keys';
import { readKnownBy, type LedgerRow } from './write-ledger';

/**
 * Of records whose rows of the id map would come back those by whose identity another record is known since: a story whose path another file
 * has by now, a topic whose name means another one.
 *
 * @returns their documentIds
 */
export const knownElsewhere = async (host: Host, trx: Knex, type: ContentType, steps: readonly Step[]): Promise<Set<string>> => {
  const own = new Set(steps.map(({ change }) => change.documentId));
  const rows = steps.flatMap(({ change: { before } }) => before?.ledger ?? []);
  const keyOf = ({ identity }: LedgerRow) => identityKeyOf(type, identity);
  const known = await readKnownBy(host, trx, rows.map(keyOf));
  // Two that go back at once may change places.
  return new Set(rows.flatMap((row) => (own.has(known.get(keyOf(row)) ?? row.documentId) ? [] : [row.documentId])));
};

/**
 * The relations that records cannot get back whole, because what they named is gone since.
 *
 * @param steps of records that get their relations back; what comes back with them is there for each other
 * @returns the attributes, by documentId
 */
export const brokenLinks = async (host: Host, trx: Knex, type: ContentType, steps: readonly Step[]): Promise<Map<string, Set<string>>> => {
  const broken = new Map<string, Set<string>>();
  const own = new Set(steps.flatMap(({ change, now }) => (change.action === 'remove' || now?.draft ? change.documentId : [])));
  const named = steps.flatMap(({ change: { documentId, before } }) =>
    ROWS.flatMap((which) => Object.entries(before?.[which]?.links ?? {})).map(([attribute, links]) => ({ documentId, attribute, links })),
  );
  for (const attribute of new Set(named.map((each) => each.attribute))) {
    const target = targetOf(type, attribute);
    const tables = host.tables(UIDS[target]);
    const column = tables.columns.documentId!;
    const links = named.filter((each) => each.attribute === attribute);
    const documentIds = [...new Set(links.flatMap((each) => each.links))];
    const rows = await selectWhereIn(trx, tables.table, column, documentIds, [column], (query) => ownRows(tables, query));
    const living = new Set(rows.map((row) => row[column] as string));
    for (const { documentId, links: all } of links) {
      if (all.every((link) => living.has(link) || (target === type && own.has(link)))) continue;
      broken.set(documentId, (broken.get(documentId) ?? new Set()).add(attribute));
    }
  }
  return broken;
};
