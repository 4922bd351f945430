import { randomFrom, type Random } from './random';
import { offeringFile, story, topicFile } from './story';

/** What text columns get wrong: letters outside the first plane, both directions, quotes and escapes of every database, wildcards, length. */
const TEXTS = [
  'Plain words',
  "It's \"quoted\" 'twice' \\ and `ticked`",
  'Zürich – naïve café, ﬁve €',
  'e\u0301 beside \u00e9',
  '夜間の呼吸を聴く',
  'مرحبا بالعالم',
  '👩🏽‍⚕️ on shift 🫀',
  'a\u00a0b\u200bc\u2028d',
  '100% of _users; DROP TABLE x; -- $1 ? :id @id',
  'null',
  'true',
  '007628',
  '1e3',
  '<p>&amp; &lt;b&gt;</p>',
  'ß'.repeat(255),
] as const;

const LONG = ['A long paragraph about alarms. '.repeat(300), '🫁'.repeat(2_000), 'Line one\nline two\r\n\n\ttabbed\n'] as const;

/** JSON of every shape that front matter can hold. */
const SHAPES = [
  {},
  [],
  [[], {}, [[]]],
  { nested: { deep: { deeper: [1, 2.5, -3, { a: null, b: false, c: '' }] } } },
  { '': 'empty key', 'a.b': 'dotted', $ref: '#', ключ: '値', 'with "quotes"': "it's" },
  [null, true, false, 0, '', ' ', '0'],
  { zeta: 1, alpha: 2, Beta: 3, '10': 4, '9': 5 },
  { date: '2021-09-02', number: 9007199254740991, small: 0.000001, text: TEXTS[6] },
  null,
] as const;

const BLANKS = [null, '', ' '] as const;

const TOPICS = Array.from({ length: 30 }, (_, index) => `${index % 3 ? 'Wards' : 'Öffnung: 時間'}: Topic ${index}`);
const OFFERINGS = Array.from({ length: 24 }, (_, index) => ({
  offeringId: 5_000 + index,
  label: `Offering ${index} ${TEXTS[index % 8]!}`,
}));

/** Which names have a file of their own; the others exist because stories name them. */
const hasFile = (index: number): boolean => index % 2 === 0;

const DAYS = ['2019-02-28', '2020-02-29', '2021-12-31', '2024-11-12'] as const;
const MOMENTS = ['2024-11-12T18:02:04.180670Z', '2022-03-13T23:59:59.999-05:00', '2025-01-01T00:00:00Z'] as const;

export interface Pictures {
  images: readonly string[];
  pdfs: readonly string[];
}

const lineOf = (random: Random): unknown => (random.chance(0.25) ? random.pick(BLANKS) : random.pick(TEXTS));

const addressOf = (random: Random, index: number): string =>
  `https://www.host${index % 7}.example/${index}?q=${encodeURIComponent(random.pick(TEXTS))}${'&utm=x'.repeat(random.below(60))}`;

const offeringsOf = (random: Random): unknown =>
  random.some(OFFERINGS, 4).map(({ offeringId, label }) => ({
    label,
    permalink: `/offering/number-${offeringId}`,
    categories: random.some(TOPICS, 2),
    offeringId,
  }));

const imageOf = (random: Random, images: readonly string[]): unknown =>
  random.chance(0.6)
    ? { href: random.pick(images), alt: random.pick(TEXTS), valid: random.chance(0.9), size: [630, 1200] }
    : random.pick(BLANKS);

const storyFile = (random: Random, index: number, { images, pdfs }: Pictures): string => {
  const link = random.chance(0.8) ? addressOf(random, index) : null;
  const topics = random.some(TOPICS, 4);
  const frontMatter: Record<string, unknown> = {
    aliases: random.pick([null, `/old/${index}`, [`/old/${index}`, `/older/${index}`]]),
    author: random.pick([null, [], ['Mara Ellingsen'], [...TEXTS.slice(0, 7)]]),
    basePath: random.pick(['/news/', '/podcast/', null]),
    breadcrumbs: random.pick([null, ['Home', 'Elsewhere', `Story ${index}`]]),
    breadcrumbLinks: random.pick([null, ['/', '/elsewhere/', '']]),
    categories: topics,
    contentCategories: lineOf(random),
    institution: lineOf(random),
    offering: lineOf(random),
    layOut: lineOf(random),
    date: random.pick([...DAYS, null]),
    lastMod: random.pick([...MOMENTS, null]),
    description: random.pick([...TEXTS, ...LONG, null]),
    featuredImage: imageOf(random, images),
    favIconImage: random.chance(0.2) ? random.pick(images) : null,
    featuredPdf: random.chance(0.2) ? random.pick(pdfs) : null,
    htmlMetaData: random.pick(SHAPES),
    openGraphMetaData: random.pick(SHAPES),
    twitterMetaData: random.pick(SHAPES),
    identifier: random.pick(['News', 'Podcast', null]),
    link: link && { href: link, original: random.pick([link, `${link}#there`]), brand: random.pick([null, 'host.example']) },
    mastHead: lineOf(random),
    mdName: `${index}.md`,
    openProjectWorkPackageType: lineOf(random),
    searchCategory: lineOf(random),
    source: lineOf(random),
    status: lineOf(random),
    sub: lineOf(random),
    tags: random.pick([null, [], ['News', ...TEXTS.slice(2, 6)], 'single']),
    title: `${random.pick(TEXTS)} ${index}`,
    via: lineOf(random),
    viaLink: random.pick([null, addressOf(random, index)]),
    insights_name: lineOf(random),
    insights_description: random.pick([...TEXTS, ...LONG, null]),
    relatedOfferings: offeringsOf(random),
    unknownKey: random.pick(SHAPES),
  };
  if (random.chance(0.8)) frontMatter.id = 10_000 + index;
  if (random.chance(0.6)) frontMatter.slug = random.pick([`story-${index}`, `物語-${index}`, `Story-${index}`]);
  if (random.chance(0.2)) frontMatter.draft = true;
  return story(frontMatter, random.pick(['', '<p>Short.</p>\n', ...TEXTS, ...LONG]));
};

/**
 * Files of the seed's family that differ in everything that a row can differ in.
 *
 * @param pictures names in the assets folder
 */
export const variedArchive = (count: number, pictures: Pictures, seed = 1): Record<string, string> => {
  const random = randomFrom(seed);
  const files: Record<string, string> = {};
  TOPICS.forEach((name, index) => {
    if (!hasFile(index)) return;
    const parent = random.chance(0.6) && index > 0 ? TOPICS[random.below(index)]! : null;
    files[`topics/${index}.md`] = topicFile(name, {
      parent,
      description: random.pick([...TEXTS, LONG[0], null]),
      color: random.pick(TEXTS),
    });
  });
  OFFERINGS.forEach(({ offeringId, label }, index) => {
    if (!hasFile(index)) return;
    files[`offerings/${index}.md`] = offeringFile(label, {
      offeringId,
      permalink: `/offering/number-${offeringId}`,
      type: random.pick(['product', 'solution', 'service', null]),
      status: random.pick(['approved', 'pending', 'archived', null]),
      website: random.pick([addressOf(random, index), null]),
      logo: random.pick([random.pick(pictures.images), null]),
      categories: random.some(TOPICS, 4),
      summary: random.pick([...TEXTS, null]),
    });
  });
  for (let index = 0; index < count; index += 1) files[`stories/${index}.md`] = storyFile(random, index, pictures);
  return files;
};
