import type { Knex } from 'knex';

import { UIDS, type ContentType } from '../../content-types';
import type { Host } from './host';
import type { Row } from './select';

/** A relation of a type: a story's topics, a topic's parent. */
export interface Relation {
  type: ContentType;
  attribute: string;
  to: ContentType;
}

/** The relations that lead to topics. */
export const TO_TOPICS: readonly Relation[] = [
  { type: 'topic', attribute: 'parent', to: 'topic' },
  { type: 'offering', attribute: 'topics', to: 'topic' },
  { type: 'curated-content', attribute: 'topics', to: 'topic' },
];

/** The documentIds of the records whose relation names an entry, in their draft or in what is published. */
export const findPointers = async (host: Host, knex: Knex, { type, attribute, to }: Relation, documentId: string): Promise<string[]> => {
  const from = host.tables(UIDS[type]);
  const target = host.tables(UIDS[to]);
  const link = from.links[attribute]!;
  const rows = (await knex(`${link.table} as l`)
    .join(`${from.table} as s`, `s.${from.columns.id!}`, `l.${link.source}`)
    .join(`${target.table} as t`, `t.${target.columns.id!}`, `l.${link.target}`)
    .where(`t.${target.columns.documentId!}`, documentId)
    .distinct(`s.${from.columns.documentId!} as name`)
    .orderBy('name')) as Row[];
  return rows.map(({ name }) => name as string);
};
