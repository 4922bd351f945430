import { UIDS } from '../../../../content-types';
import { TABLES } from '../../../../content-types/tables/uids';
import { toMoment } from '../../../../migrations/apply/encode';
import type { Host } from '../../../../migrations/apply/host';
import { ownRows } from '../../../../migrations/apply/own-rows';
import type { Row } from '../../../../migrations/apply/select';

/** A story's page: its path in the one form, and when the story was published or changed last. */
export interface StoryPage {
  path: string;
  changed: Date | null;
}

/** The stories that stand somewhere on the site: each once, as `curation_redirects` has it. */
const pages = (host: Host) => {
  const { table, columns } = host.tables(TABLES.redirect);
  const stories = host.tables(UIDS['curated-content']);
  const query = host
    .knex({ page: table })
    .join({ story: stories.table }, (on) => {
      on.on(`story.${stories.columns.documentId}`, `page.${columns.documentId}`).andOnNotNull(`story.${stories.columns.publishedAt}`);
    })
    .where({ [`page.${columns.type}`]: 'curated-content', [`page.${columns.kind}`]: 'live' });
  return ownRows(stories, query, 'story');
};

export const countPages = async (host: Host): Promise<number> => {
  const [row]: Row[] = await pages(host).count({ count: '*' });
  return Number(row!.count);
};

/** Some of the pages, in the order in which they came to stand where they do: none leaves its part for another one when a story is saved. */
export const readPages = async (host: Host, { offset, limit }: { offset: number; limit: number }): Promise<StoryPage[]> => {
  const { columns } = host.tables(TABLES.redirect);
  const { updatedAt } = host.tables(UIDS['curated-content']).columns;
  const rows: Row[] = await pages(host)
    .orderBy(`page.${columns.id}`)
    .offset(offset)
    .limit(limit)
    .select({ path: `page.${columns.path}`, changed: `story.${updatedAt}` });
  return rows.map((row) => ({ path: row.path as string, changed: new Date(toMoment(row.changed)!) }));
};
