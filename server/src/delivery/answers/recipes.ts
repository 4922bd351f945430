import type { ContentType } from '../../../../content-types';
import type { Host } from '../../../../migrations/apply/host';
import type { ContentsQuery, PageQuery } from '../../contracts/delivery';

import { facetKey } from '../facet-key';
import type { Sequence } from '../numbering';

import { etagOf, type Answer, type Recipe } from './answer';
import { keysOf, readBySlug, readStories, type Page } from './contents';
import { tagsOf, textOf, type Outline, type ReadyRow } from './ready-row';
import type { Rights } from './rights';
import { countStories, readTerms, type TermType } from './terms';

interface Kitchen {
  host: Host;
  rights: Rights;
  /** How far the table had come when the request came in. */
  sequence: Sequence;
}

const PLURAL: Record<ContentType, string> = { 'curated-content': 'contents', topic: 'topics', offering: 'offerings' };

const tagsOfAll = (rows: readonly Outline[], rights: Rights): string[] => [...new Set(rows.flatMap((row) => tagsOf(row, rights)))];
const hashes = (rows: readonly Outline[]): string[] => rows.map(({ hash }) => hash);
const metaOf = ({ next }: Page<Outline>): string => `"meta":${JSON.stringify({ next })}`;

/** `GET /contents` */
export const contentsRecipe = ({ host, rights, sequence }: Kitchen, { limit, after, ...filters }: ContentsQuery): Recipe => {
  const etag = ({ rows, next }: Page<Outline>) => etagOf(rights, ['contents', hashes(rows), next]);
  const read = async <Whole extends boolean>(isWhole: Whole): Promise<Page<Whole extends true ? ReadyRow : Outline>> => {
    const keys = await keysOf(host, filters);
    return keys ? readStories(host, isWhole, { keys, limit, after }) : { rows: [], next: null };
  };
  return {
    key: JSON.stringify(['contents', rights, filters, limit, after]),
    outline: async () => etag(await read(false)),
    async whole(): Promise<Answer> {
      const page = await read(true);
      const texts = page.rows.map((row) => textOf('curated-content', row, rights));
      return {
        etag: etag(page),
        // A story that left the page changed it, too, and is not on it.
        changedAt: sequence.changedAt,
        tags: ['contents', ...tagsOfAll(page.rows, rights)],
        text: `{"data":[${texts.join(',')}],${metaOf(page)}}`,
      };
    },
  };
};

/** `GET /contents/:slug` */
export const contentRecipe = ({ host, rights }: Kitchen, slug: string): Recipe => {
  const etag = (row: Outline | undefined) => row && etagOf(rights, ['content', row.hash]);
  return {
    key: JSON.stringify(['content', rights, slug]),
    outline: async () => etag(await readBySlug(host, false, 'curated-content', slug)),
    async whole() {
      const row = await readBySlug(host, true, 'curated-content', slug);
      return (
        row && {
          etag: etag(row)!,
          changedAt: row.changedAt,
          tags: tagsOf(row, rights),
          text: `{"data":${textOf('curated-content', row, rights)}}`,
        }
      );
    },
  };
};

/** `GET /topics` and `GET /offerings` */
export const termsRecipe = ({ host, rights, sequence }: Kitchen, type: TermType, { limit, after }: PageQuery): Recipe => {
  const read = async <Whole extends boolean>(isWhole: Whole) => {
    const page = await readTerms(host, isWhole, type, { limit, after });
    const countOf = await countStories(
      host,
      type,
      page.rows.map(({ documentId }) => documentId),
    );
    const counts = page.rows.map(({ documentId }) => countOf(documentId));
    return { page, counts, etag: etagOf(rights, [type, hashes(page.rows), counts, page.next]) };
  };
  return {
    key: JSON.stringify([PLURAL[type], rights, limit, after]),
    outline: async () => (await read(false)).etag,
    async whole() {
      const { page, counts, etag } = await read(true);
      const texts = page.rows.map((row, index) => textOf(type, row, rights, `,"contentCount":${counts[index]!}`));
      return {
        etag,
        changedAt: sequence.changedAt,
        tags: [PLURAL[type], ...tagsOfAll(page.rows, rights)],
        text: `{"data":[${texts.join(',')}],${metaOf(page)}}`,
      };
    },
  };
};

/** `GET /topics/:slug` and `GET /offerings/:slug` */
export const termRecipe = ({ host, rights, sequence }: Kitchen, type: TermType, slug: string, { limit, after }: PageQuery): Recipe => {
  const read = async <Whole extends boolean>(isWhole: Whole) => {
    const row = await readBySlug(host, isWhole, type, slug);
    if (!row) return undefined;
    const page = await readStories(host, isWhole, { keys: [facetKey(type, row.documentId)], limit, after });
    const count = (await countStories(host, type, [row.documentId]))(row.documentId);
    return { row, page, count, etag: etagOf(rights, [type, row.hash, count, hashes(page.rows), page.next]) };
  };
  return {
    key: JSON.stringify([type, rights, slug, limit, after]),
    outline: async () => (await read(false))?.etag,
    async whole() {
      const found = await read(true);
      if (!found) return undefined;
      const { row, page, count, etag } = found;
      const contents = page.rows.map((story) => textOf('curated-content', story, rights));
      return {
        etag,
        changedAt: sequence.changedAt,
        tags: [...new Set([...tagsOf(row, rights), 'contents', ...tagsOfAll(page.rows, rights)])],
        text: `{"data":${textOf(type, row, rights, `,"contentCount":${count},"contents":[${contents.join(',')}]`)},${metaOf(page)}}`,
      };
    },
  };
};
