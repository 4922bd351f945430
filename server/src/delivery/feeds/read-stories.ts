import type { Host } from '../../../../migrations/apply/host';
import type { Row } from '../../../../migrations/apply/select';
import { DELIVERIES_UID, FACETS_UID } from '../delivery';
import { facetKey, slugKeyOf } from '../facet-key';

import type { FeedSource, FeedStory } from './story';

interface Wanted {
  limit: number;
  /** The documentId of the one topic that they are to be about. */
  topic?: string;
  /** False for a caller who may not see topics. */
  withTopics: boolean;
}

/** The newest published stories, out of the table of ready answers. */
export const readStories = async (host: Host, { limit, topic, withTopics }: Wanted): Promise<FeedStory[]> => {
  const { table, columns } = host.tables(DELIVERIES_UID);
  const facets = host.tables(FACETS_UID);
  const query = host
    .knex({ story: table })
    .where({ [`story.${columns.type}`]: 'curated-content', [`story.${columns.isGone}`]: false })
    .whereNotNull(`story.${columns.position}`)
    .orderBy(`story.${columns.position}`, 'desc')
    .limit(limit)
    .select({ body: `story.${columns.body}`, topics: `story.${columns.topics}` });
  if (topic !== undefined) {
    query.whereIn(
      `story.${columns.documentId}`,
      host
        .knex(facets.table)
        .where({ [facets.columns.key!]: facetKey('topic', topic), [facets.columns.type!]: 'curated-content' })
        .select(facets.columns.documentId!),
    );
  }
  const rows: Row[] = await query;
  return rows.map((row) => {
    const story = JSON.parse(`${String(row.body)}}`) as FeedStory;
    return withTopics && typeof row.topics === 'string' ? { ...story, topics: JSON.parse(row.topics) as FeedStory['topics'] } : story;
  });
};

/** A topic by its slug. */
export const readTopic = async (host: Host, slug: string): Promise<(FeedSource['topic'] & { documentId: string }) | undefined> => {
  const { table, columns } = host.tables(DELIVERIES_UID);
  const rows: Row[] = await host
    .knex(table)
    .where({ [columns.type!]: 'topic', [columns.slugKey!]: slugKeyOf(slug), [columns.isGone!]: false })
    .limit(1)
    .select({ body: columns.body! });
  return rows[0] && (JSON.parse(`${String(rows[0].body)}}`) as NonNullable<FeedSource['topic']> & { documentId: string });
};
