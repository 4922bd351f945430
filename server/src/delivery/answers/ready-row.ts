import type { Knex } from 'knex';

import type { ContentType } from '../../../../content-types';
import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import type { Row } from '../../../../migrations/apply/select';

import type { Rights } from './rights';

/** As much of a row as tells which answer it is. */
export interface Outline {
  id: number;
  documentId: string;
  slug: string | null;
  position: string;
  hash: string;
  isGone: boolean;
  topicIds: string;
  offeringIds: string;
  changedAt: number;
  /** Null where the change is not counted yet. */
  number: number | null;
}

/** A row with its text. */
export interface ReadyRow extends Outline {
  body: string;
  topics: string | null;
  offerings: string | null;
}

const OUTLINE = ['id', 'documentId', 'slug', 'position', 'hash', 'isGone', 'topicIds', 'offeringIds', 'changedAt', 'number'] as const;
const WHOLE = [...OUTLINE, 'body', 'topics', 'offerings'] as const;

/** Selects rows, with their text or without. */
export const selectRows = async <Whole extends boolean>(
  host: Host,
  isWhole: Whole,
  prepare: (query: Knex.QueryBuilder, column: (name: string) => string) => void,
): Promise<(Whole extends true ? ReadyRow : Outline)[]> => {
  const { table, columns } = host.tables(TABLES.delivery);
  const column = (name: string) => `d.${columns[name]!}`;
  const query = host.knex(`${table} as d`);
  prepare(query, column);
  const names = isWhole ? WHOLE : OUTLINE;
  const rows: Row[] = await query.select(names.map((name) => `${column(name)} as ${name}`));
  return rows.map((row) => ({ ...row, id: Number(row.id), isGone: Boolean(row.isGone), changedAt: Number(row.changedAt) })) as never;
};

/** When a row changed. What is not counted yet may be older than anybody can have seen. */
export const changeOf = ({ changedAt, number }: Outline): number => (number === null ? Date.now() : changedAt);

/** An entry's JSON, as it is stored, without what the caller may not see. The last brace is left to who adds something. */
const openText = (type: ContentType, { body, topics, offerings }: ReadyRow, rights: Rights): string => {
  const own = topics !== null && rights.topics ? `${body},"topics":${topics}` : body;
  return type === 'curated-content' && offerings !== null && rights.offerings ? `${own},"relatedOfferings":${offerings}` : own;
};

export const textOf = (type: ContentType, row: ReadyRow, rights: Rights, added = ''): string => `${openText(type, row, rights)}${added}}`;

/** What an answer with the row is made of: the entry and what it embeds. */
export const namesOf = ({ documentId, topicIds, offeringIds }: Outline, rights: Rights): string[] => [
  documentId,
  ...(rights.topics && topicIds ? topicIds.split(' ') : []),
  ...(rights.offerings && offeringIds ? offeringIds.split(' ') : []),
];
