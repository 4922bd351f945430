import type { ContentType } from '../../../../content-types';
import type { ContentsQuery, PageQuery } from '../../contracts/delivery';

import { facetKey } from '../facet-key';

import { etagOf, type Answer, type Recipe, type Tags, type Version } from './answer';
import type { Kitchen } from './kitchen';
import { keysOf, readBySlug, readStories, type Page } from './contents';
import { changeOf, namesOf, textOf, type Outline, type ReadyRow } from './ready-row';
import type { Rights } from './rights';
import { countStories, readTerms, type TermType } from './terms';

const PLURAL: Record<ContentType, string> = { 'curated-content': 'contents', topic: 'topics', offering: 'offerings' };

/** The tags of an answer that is purged, whatever else it is made of, by its `brief`. */
const tagsOf = (brief: readonly string[], rows: readonly Outline[], rights: Rights): Tags => ({
  names: [...new Set([...brief, ...rows.flatMap((row) => namesOf(row, rights))])],
  brief,
});
const hashes = (rows: readonly Outline[]): string[] => rows.map(({ hash }) => hash);
const metaOf = ({ next }: Page<Outline>): string => `"meta":${JSON.stringify({ next })}`;

/** `GET /contents` */
export const contentsRecipe = ({ host, rights, sequence }: Kitchen, { limit, after, ...filters }: ContentsQuery): Recipe => {
  const version = ({ rows, next }: Page<Outline>): Version => ({
    etag: etagOf(rights, ['contents', hashes(rows), next]),
    // A story that left the page changed it, too, and is not on it.
    changedAt: sequence.changedAt,
  });
  const read = async <Whole extends boolean>(isWhole: Whole): Promise<Page<Whole extends true ? ReadyRow : Outline>> => {
    const keys = await keysOf(host, filters);
    return keys ? readStories(host, isWhole, { keys, limit, after }) : { rows: [], next: null };
  };
  return {
    key: JSON.stringify(['contents', rights, filters, limit, after]),
    outline: async () => version(await read(false)),
    async whole(): Promise<Answer> {
      const page = await read(true);
      const texts = page.rows.map((row) => textOf('curated-content', row, rights));
      return {
        ...version(page),
        tags: tagsOf(['contents'], page.rows, rights),
        text: `{"data":[${texts.join(',')}],${metaOf(page)}}`,
      };
    },
  };
};

/** `GET /contents/:slug` */
export const contentRecipe = ({ host, rights }: Kitchen, slug: string): Recipe => {
  const version = (row: Outline): Version => ({ etag: etagOf(rights, ['content', row.hash]), changedAt: changeOf(row) });
  return {
    key: JSON.stringify(['content', rights, slug]),
    async outline() {
      const row = await readBySlug(host, false, 'curated-content', slug);
      return row && version(row);
    },
    async whole() {
      const row = await readBySlug(host, true, 'curated-content', slug);
      return (
        row && {
          ...version(row),
          // The list's word would have it purged with every story; there is no other for those of its topics and offerings that do not fit.
          tags: { names: namesOf(row, rights), brief: ['contents', row.documentId] },
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
    const etag = etagOf(rights, [type, hashes(page.rows), counts, page.next]);
    return { page, counts, version: { etag, changedAt: sequence.changedAt } };
  };
  return {
    key: JSON.stringify([PLURAL[type], rights, limit, after]),
    outline: async () => (await read(false)).version,
    async whole() {
      const { page, counts, version } = await read(true);
      const texts = page.rows.map((row, index) => textOf(type, row, rights, `,"contentCount":${counts[index]!}`));
      return {
        ...version,
        // Each comes with the number of its stories.
        tags: tagsOf([PLURAL[type], 'contents'], page.rows, rights),
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
    const etag = etagOf(rights, [type, row.hash, count, hashes(page.rows), page.next]);
    return { row, page, count, version: { etag, changedAt: sequence.changedAt } };
  };
  return {
    key: JSON.stringify([type, rights, slug, limit, after]),
    outline: async () => (await read(false))?.version,
    async whole() {
      const found = await read(true);
      if (!found) return undefined;
      const { row, page, count, version } = found;
      const contents = page.rows.map((story) => textOf('curated-content', story, rights));
      return {
        ...version,
        tags: tagsOf(['contents', row.documentId], [row, ...page.rows], rights),
        text: `{"data":${textOf(type, row, rights, `,"contentCount":${count},"contents":[${contents.join(',')}]`)},${metaOf(page)}}`,
      };
    },
  };
};
