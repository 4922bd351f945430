import fs from 'node:fs';

import { z } from 'zod';

import { UIDS } from '../../content-types';
import type { Host } from '../../migrations/apply/host';
import { randomFrom, type Random } from '../../tests/support/random';
import type { TableRows } from './tables';

const catalogueSchema = z.object({
  offerings: z
    .array(
      z.object({
        name: z.string(),
        category: z.string(),
        subcategory: z.string(),
        website: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .min(1),
});

interface Offering {
  name: string;
  summary: string | null;
  website: string | null;
  topics: number[];
}

export interface Catalogue {
  topics: string[];
  offerings: Offering[];
}

const SUFFIXES = ['Cloud', 'Enterprise', 'Edge', 'Studio', 'Connect', 'Insight', 'One', 'Pro', 'Hub', 'Works'];
const PARAGRAPH = 40;

/**
 * Reads a catalogue of products with a category and a subcategory, which become topics.
 *
 * @param size how many offerings to make of it; copies get names of their own
 */
export const readCatalogue = (file: string, size?: number): Catalogue => {
  const { offerings: products } = catalogueSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  const topics = [...new Set(products.flatMap(({ category, subcategory }) => [`Category: ${category}`, `Subcategory: ${subcategory}`]))];
  const offerings = Array.from({ length: size ?? products.length }, (_, index) => {
    const { name, category, subcategory, website, description } = products[index % products.length]!;
    const copy = Math.floor(index / products.length);
    return {
      name: copy === 0 ? name : `${name} ${SUFFIXES[copy % SUFFIXES.length]!} ${copy}`,
      summary: description ?? null,
      website: website ?? null,
      topics: [topics.indexOf(`Category: ${category}`), topics.indexOf(`Subcategory: ${subcategory}`)],
    };
  });
  return { topics, offerings };
};

const textAbout = (random: Random, catalogue: Catalogue, picks: readonly number[], paragraphs: number): string =>
  Array.from({ length: paragraphs }, (_, index) => {
    const about = index < picks.length ? picks[index]! : random.below(catalogue.offerings.length);
    const { name, summary } = catalogue.offerings[about]!;
    const words = `${name} ${summary ?? name}`.split(' ');
    return `<p>${Array.from({ length: PARAGRAPH }, () => random.pick(words)).join(' ')}.</p>`;
  }).join('\n');

/** The rows of a catalogue and of stories that name some of it, each as draft and as published version. */
export const catalogueRows = (host: Host, catalogue: Catalogue, stories: number): TableRows[] => {
  const random = randomFrom(7);
  const now = Date.now();
  const time = (ago: number) => (host.client === 'sqlite' ? now - ago : new Date(now - ago));
  const topicTables = host.tables(UIDS.topic);
  const offeringTables = host.tables(UIDS.offering);
  const storyTables = host.tables(UIDS['curated-content']);
  const row = (columns: Record<string, string>, values: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [columns[name]!, value]));

  const topics = catalogue.topics.map((name, index) =>
    row(topicTables.columns, {
      id: index + 1,
      documentId: `topic${index + 1}`,
      name,
      label: name.split(': ')[1],
      slug: `topic-${index + 1}`,
      createdAt: time(0),
      updatedAt: time(0),
      publishedAt: time(0),
    }),
  );
  const offerings = catalogue.offerings.map(({ name, summary, website }, index) =>
    row(offeringTables.columns, {
      id: index + 1,
      documentId: `offering${index + 1}`,
      name,
      slug: `offering-${index + 1}`,
      permalink: `/offering/${name.toLowerCase().replace(/ /g, '-')}-${index + 1}`,
      offeringId: 10_000 + index,
      type: ['product', 'solution', 'service'][index % 3],
      editorialStatus: index % 50 === 0 ? 'archived' : 'approved',
      summary,
      website,
      createdAt: time(index * 1000),
      updatedAt: time(index * 1000),
      publishedAt: time(0),
    }),
  );
  const offeringTopics: Record<string, unknown>[] = [];
  const link = (links: { source: string; target: string; order: string | null }, source: number, target: number, order: number) => ({
    [links.source]: source,
    [links.target]: target,
    ...(links.order && { [links.order]: order }),
  });
  for (const [index, offering] of catalogue.offerings.entries()) {
    for (const [order, topic] of offering.topics.entries()) {
      offeringTopics.push(link(offeringTables.links.topics!, index + 1, topic + 1, order + 1));
    }
  }

  const storyRows: Record<string, unknown>[] = [];
  const storyTopics: Record<string, unknown>[] = [];
  const picked: Record<string, unknown>[] = [];
  for (let story = 0; story < stories; story += 1) {
    const picks = Array.from({ length: 1 + random.below(3) }, () => random.below(catalogue.offerings.length));
    const first = catalogue.offerings[picks[0]!]!;
    const title = `${first.name} and ${random.pick(catalogue.topics).split(': ')[1]!}`;
    const body = textAbout(random, catalogue, picks, 12);
    const date = new Date(now - (stories - story) * 3600_000).toISOString().slice(0, 10);
    for (const isPublished of [false, true]) {
      const id = story * 2 + (isPublished ? 2 : 1);
      storyRows.push(
        row(storyTables.columns, {
          id,
          documentId: `story${story}`,
          title,
          slug: `story-${story}`,
          description: body.slice(3, 200),
          body,
          date,
          createdAt: time((stories - story) * 3600_000),
          updatedAt: time((stories - story) * 3600_000),
          publishedAt: isPublished ? time(0) : null,
        }),
      );
      for (const [order, topic] of [...new Set(first.topics)].entries()) {
        storyTopics.push(link(storyTables.links.topics!, id, topic + 1, order + 1));
      }
      for (const [order, pick] of [...new Set(picks)].entries()) {
        picked.push(link(storyTables.links.relatedOfferings!, id, pick + 1, order + 1));
      }
    }
  }
  return [
    { table: topicTables.table, rows: topics },
    { table: offeringTables.table, rows: offerings },
    { table: storyTables.table, rows: storyRows },
    { table: offeringTables.links.topics!.table, rows: offeringTopics },
    { table: storyTables.links.topics!.table, rows: storyTopics },
    { table: storyTables.links.relatedOfferings!.table, rows: picked },
  ];
};
