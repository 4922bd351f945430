import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import matter from 'gray-matter';

import { randomFrom, type Random } from '../../tests/support/random';

const WORDS =
  'ward night nurse alarm signal board patient visit quiet record clinic rural bridge morning device reading trust handover window family'.split(
    ' ',
  );
const TAXONOMIES = ['Digital Health Wire', 'Care Catalog'] as const;
const TOPICS = Array.from({ length: 100 }, (_, index) => `${TAXONOMIES[index % 2]!}: ${title(WORDS[index % WORDS.length]!)} ${index}`);
const OFFERINGS = Array.from({ length: 400 }, (_, index) => ({
  offeringId: 5_000 + index,
  label: `${title(WORDS[index % WORDS.length]!)} Suite ${index}`,
}));

function title(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const sentence = (random: Random, words: number): string => `${title(Array.from({ length: words }, () => random.pick(WORDS)).join(' '))}.`;

const paragraphs = (random: Random, count: number): string =>
  Array.from({ length: count }, () => `<p>${Array.from({ length: 6 }, () => sentence(random, 14)).join(' ')}</p>`).join('');

/** One story as the archive's own generator writes them: 45 keys, two topics, two offerings, 6 KB. */
const storyFile = (random: Random, index: number, common: string | undefined): string => {
  const name = `${sentence(random, 8).slice(0, -1)} ${index}`;
  const link = `https://www.publisher${index % 50}.example/story/${index}`;
  const topics = [random.pick(TOPICS.slice(0, 50)), random.pick(TOPICS.slice(50))];
  if (common !== undefined && index % 2 === 0) topics[1] = common;
  const description = sentence(random, 28);
  const slug = `publisher${index % 50}-${name.toLowerCase().replace(/ /g, '-')}`;
  const metadata = {
    ogdescription: description,
    ogtitle: name,
    ogurl: link,
    ogtype: 'article',
    ogimage: `${link}/image.jpg`,
    ogsite_name: null,
  };
  // As an object: what comes as a text stays in gray-matter's cache, and would count as the import's memory.
  return matter.stringify(
    { content: `${paragraphs(random, 4)}\n` },
    {
      aliases: [`/news/${index}`],
      archetype: 'curated-content',
      author: ['Mara Ellingsen', 'Tobias Okwuosa'],
      basePath: '/news/',
      breadcrumbLinks: ['/', '/news/', ''],
      breadcrumbs: ['Home', 'News', name],
      categories: topics,
      categorySlug: topics.map((topic) => topic.toLowerCase()),
      categoryUrl: topics.map((topic) => `topic/${topic.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`),
      categoryLabel: topics.map((topic) => topic.split(': ')[1]!),
      contentCategories: 'digital-health-wire-news-curated-content',
      institution: null,
      offering: null,
      layOut: 'single',
      date: `20${String(10 + random.below(15))}-0${1 + random.below(9)}-1${random.below(10)}`,
      description,
      favIconImage: null,
      featuredImage: null,
      featuredPdf: null,
      htmlMetaData: { ...metadata, author: null, viewport: 'width=device-width, initial-scale=1', keywords: WORDS.slice(0, 8).join(', ') },
      id: 10_000 + index,
      identifier: 'News',
      lastMod: '2024-11-12T18:02:04.180670Z',
      link: { brand: `publisher${index % 50}.example`, href: link, original: link },
      href: link,
      original: link,
      mastHead: 'NEWS',
      mdName: `${index}.md`,
      openGraphMetaData: metadata,
      openProjectCustomFields: { cleanUrl: link, medigyTopics: topics, sourceUrl: link },
      openProjectWorkPackageType: 'Curated Content',
      searchCategory: 'News',
      slug,
      source: 'open-project-curations',
      status: '',
      sub: 'brief',
      tags: ['News', random.pick(WORDS), random.pick(WORDS)],
      title: name,
      via: ' ',
      insights_description: null,
      insights_name: null,
      viaLink: null,
      relatedOfferings: [random.pick(OFFERINGS.slice(0, 200)), random.pick(OFFERINGS.slice(200))].map(({ offeringId, label }) => ({
        label,
        permalink: `/offering/suite-${offeringId}`,
        categories: [TOPICS[offeringId % TOPICS.length]!],
        offeringId,
      })),
      twitterMetaData: { twittercard: 'summary_large_image', twittertitle: name, twitterdescription: description, twitterurl: link },
    },
  );
};

/**
 * Writes so many stories into a new folder, the same ones on every run.
 *
 * @param common the name of a topic that half of them have
 */
export const writeStories = async (count: number, common?: string): Promise<{ folder: string; remove: () => Promise<void> }> => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation_bench-'));
  const random = randomFrom(1);
  for (let index = 0; index < count; index += 1) {
    const month = path.join(folder, String(Math.floor(index / 1_000)));
    if (index % 1_000 === 0) await fs.mkdir(month);
    await fs.writeFile(path.join(month, `${index}.md`), storyFile(random, index, common));
  }
  return { folder, remove: () => fs.rm(folder, { recursive: true, force: true }) };
};
