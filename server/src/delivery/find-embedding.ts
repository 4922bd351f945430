import type { Knex } from 'knex';

import { FILE_UID, SCHEMAS, UIDS, type ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import type { Host } from '../../../migrations/apply/host';
import type { Row } from '../../../migrations/apply/select';

import { facetKey, type Facet } from './facet-key';

interface Search {
  type: ContentType | 'file';
  documentId: string;
  /** Begins behind this entry. */
  after: string;
  limit: number;
}

export interface Embedding {
  type: ContentType;
  documentId: string;
}

const FACETS: Record<Search['type'], Facet[]> = {
  topic: ['topic', 'parent', 'filed-under'],
  offering: ['offering'],
  'curated-content': [],
  file: ['file'],
};

/** Those whose answers show it, as they were written last. */
const showing = async (host: Host, knex: Knex, { type, documentId, after, limit }: Search): Promise<Embedding[]> => {
  const { table, columns } = host.tables(TABLES.facet);
  const keys = FACETS[type].map((facet) => facetKey(facet, documentId));
  const rows = (await knex(table)
    .distinct(columns.documentId!, columns.type!)
    .whereIn(columns.key!, keys)
    .andWhere(columns.documentId!, '>', after)
    .orderBy(columns.documentId!)
    .limit(limit)) as Row[];
  return rows.map((row) => ({ type: row[columns.type!] as ContentType, documentId: row[columns.documentId!] as string }));
};

/** Those that have a file, as an upload that names its entry leaves it. */
const using = async (host: Host, knex: Knex, { documentId, after, limit }: Search): Promise<Embedding[]> => {
  const files = host.tables(FILE_UID);
  const found: Embedding[] = [];
  for (const type of Object.keys(SCHEMAS) as ContentType[]) {
    const { table, columns, media } = host.tables(UIDS[type]);
    const [link] = Object.values(media);
    if (!link) continue;
    const rows = (await knex(`${link.table} as l`)
      .join(`${files.table} as f`, `f.${files.columns.id}`, `l.${link.file}`)
      .join(`${table} as s`, `s.${columns.id}`, `l.${link.relatedId}`)
      .where({ [`f.${files.columns.documentId}`]: documentId, [`l.${link.relatedType}`]: link.uid })
      .andWhere(`s.${columns.documentId}`, '>', after)
      .whereNotNull(`s.${columns.publishedAt}`)
      .distinct(`s.${columns.documentId} as documentId`)
      .orderBy('documentId')
      .limit(limit)) as { documentId: string }[];
    found.push(...rows.map((row) => ({ type, documentId: row.documentId })));
  }
  return found;
};

/** Those that point at it: what came back is shown by nobody yet. */
const pointing = async (host: Host, knex: Knex, search: Search): Promise<Embedding[]> => {
  const { type, documentId, after, limit } = search;
  if (type === 'file') return using(host, knex, search);
  const target = host.tables(UIDS[type]);
  const found: Embedding[] = [];
  for (const from of Object.keys(SCHEMAS) as ContentType[]) {
    const { table, columns, links } = host.tables(UIDS[from]);
    for (const [attribute, link] of Object.entries(links)) {
      if (SCHEMAS[from].attributes[attribute]?.target !== UIDS[type]) continue;
      const rows = (await knex(`${link.table} as l`)
        .join(`${target.table} as t`, `t.${target.columns.id}`, `l.${link.target}`)
        .join(`${table} as s`, `s.${columns.id}`, `l.${link.source}`)
        .where(`t.${target.columns.documentId}`, documentId)
        .andWhere(`s.${columns.documentId}`, '>', after)
        .whereNotNull(`s.${columns.publishedAt}`)
        .distinct(`s.${columns.documentId} as documentId`)
        .orderBy('documentId')
        .limit(limit)) as { documentId: string }[];
      found.push(...rows.map((row) => ({ type: from, documentId: row.documentId })));
    }
  }
  return found;
};

/** The next entries, by documentId, whose answers show an entry or a file, or ought to. */
export const findEmbedding = async (host: Host, knex: Knex, search: Search): Promise<Embedding[]> => {
  const found = [...(await showing(host, knex, search)), ...(await pointing(host, knex, search))];
  const unique = new Map(found.map((each) => [`${each.documentId} ${each.type}`, each]));
  return [...unique.values()].sort((a, b) => (a.documentId < b.documentId ? -1 : 1)).slice(0, search.limit);
};
