import type { Knex } from 'knex';

import { CONTENT_TYPES, SCHEMAS, UIDS, type ContentType } from '../../content-types';
import type { Host } from './host';
import { ownRows } from './own-rows';
import { chunksOf, MAX_KEYS, type Row } from './select';

/** A relation of a type: a story's topics, a topic's parent. */
export interface Relation {
  type: ContentType;
  attribute: string;
  to: ContentType;
}

/** The relations that lead to entries of a type. */
export const relationsTo = (host: Host, to: ContentType): Relation[] =>
  CONTENT_TYPES.flatMap((type) =>
    Object.keys(host.tables(UIDS[type]).links)
      .filter((attribute) => SCHEMAS[type].attributes[attribute]?.target === UIDS[to])
      .map((attribute) => ({ type, attribute, to })),
  );

/** A record whose relation names an entry, in its draft or in what is published; both by their documentIds. */
export interface Pointer {
  from: string;
  to: string;
}

/** What names entries in a relation. A translation counts: whoever deletes the entry takes it from the translation, too. */
export const findPointers = async (
  host: Host,
  knex: Knex,
  { type, attribute, to }: Relation,
  documentIds: readonly string[],
): Promise<Pointer[]> => {
  const from = host.tables(UIDS[type]);
  const target = host.tables(UIDS[to]);
  const link = from.links[attribute]!;
  const pointers: Pointer[] = [];
  for (const chunk of chunksOf(documentIds, MAX_KEYS)) {
    const query = knex(`${link.table} as l`)
      .join(`${from.table} as s`, `s.${from.columns.id!}`, `l.${link.source}`)
      .join(`${target.table} as t`, `t.${target.columns.id!}`, `l.${link.target}`)
      .whereIn(`t.${target.columns.documentId!}`, chunk)
      .distinct(`s.${from.columns.documentId!} as from`, `t.${target.columns.documentId!} as to`)
      .orderBy('from');
    const rows = (await ownRows(target, query, 't')) as Row[];
    pointers.push(...(rows as unknown as Pointer[]));
  }
  return pointers;
};

/** The documentIds of the records that name one entry. */
export const pointingAt = async (host: Host, knex: Knex, relation: Relation, documentId: string): Promise<string[]> =>
  (await findPointers(host, knex, relation, [documentId])).map(({ from }) => from);
