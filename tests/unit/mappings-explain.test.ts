import { explainFile } from '../../migrations/explain-file';
import { loadMapping } from '../../migrations/mappings';
import { hugo } from '../../migrations/mappings/hugo';
import type { Mapping } from '../../migrations/mappings/mapping';
import { explanationText } from '../../migrations/report/explain-text';
import { DEFAULT_LIMITS } from '../../migrations/source/limits';
import { writeArchive } from '../support/archive';
import { ROOT } from '../support/paths';

let mapping: Mapping;
let folder: string;
beforeAll(async () => {
  mapping = await loadMapping('tests/fixtures/mappings/agency-site.json', ROOT);
  folder = await writeArchive({
    'news/a.md': '---\ntitle: A\nsummary: In short\nsource_url: https://www.example.gov/a\ntopics: [ai]\nlayout: post\n---\nText.\n',
    'news/b.md': '---\ntitle: B\nslug: a\n---\n',
    'news/_index.md': '---\ntitle: News\n---\n',
    'news/broken.md': '---\ntitle: [\n---\n',
    'about.md': '---\ntitle: About\n---\n',
  });
});

const explain = (file: string, dir?: string) => explainFile({ file: `${folder}/${file}`, folder: dir, mapping, limits: DEFAULT_LIMITS });

it('tells for each attribute what gave it, and what was tried before', async () => {
  const { attributes, extra, identities, verdict, collection } = await explain('news/a.md', folder);
  const told = Object.fromEntries(attributes.map(({ attribute, ...rest }) => [attribute, rest]));
  expect(told).toMatchObject({
    title: { how: 'read', from: 'title', value: 'A', tried: [] },
    slug: { how: 'read', from: '$basename', value: 'a', tried: ['slug'] },
    description: { how: 'read', from: 'summary', value: 'In short', tried: ['deck'] },
    date: { how: 'empty', from: null, value: null, tried: ['date'] },
    topics: { how: 'read', from: 'topics', value: ['slug:ai'] },
    identifier: { how: 'default', from: null, value: 'News', tried: ['section'] },
    body: { how: 'read', from: '$body', value: 'Text.\n' },
    brand: { how: 'derived', from: null, value: 'example.gov' },
  });
  expect({ extra, identities, verdict, collection }).toEqual({
    extra: ['layout'],
    identities: ['path:news/a.md'],
    verdict: 'taken',
    collection: { index: 2, type: 'curated-content' },
  });
});

it.each([
  ['about.md', 'left-out', ['content/unmapped']],
  ['news/_index.md', 'left-out', []],
  ['news/broken.md', 'refused', ['front-matter/syntax']],
  ['news/b.md', 'refused', ['content/slug-duplicate']],
])('tells why %s is %s', async (file, verdict, rules) => {
  const explanation = await explain(file, folder);
  expect([explanation.verdict, explanation.problems.map(({ rule }) => rule)]).toEqual([verdict, rules]);
});

it('finds the folder that the globs of the mapping mean', async () => {
  const { file, verdict } = await explain('news/a.md');
  expect({ file, verdict }).toEqual({ file: 'news/a.md', verdict: 'taken' });
});

it.each([
  ['none.md', undefined, /^There is no file /],
  ['news', undefined, /is a folder; a file is expected/],
  ['about.md', 'news', /about\.md is not in /],
  ['about.md', 'none', /^There is no folder /],
])('refuses %s in the folder %s', async (file, dir, message) => {
  await expect(explain(file, dir && `${folder}/${dir}`)).rejects.toThrow(message);
});

it('marks what follows from the name of the file', async () => {
  const { attributes } = await explainFile({ file: `${folder}/news/a.md`, mapping: hugo, limits: DEFAULT_LIMITS });
  expect(attributes.find(({ attribute }) => attribute === 'slug')).toEqual({
    attribute: 'slug',
    how: 'derived',
    from: '$slug',
    value: 'a',
    tried: ['slug'],
  });
});

it('says it in words', async () => {
  const text = explanationText(await explain('news/a.md', folder), { color: false });
  expect(text).toContain('news/a.md  curated-content, by collections[2] of the mapping "agency-site"');
  expect(text).toMatch(/ {2}description +← summary +"In short" +nothing in deck\n/);
  expect(text).toMatch(/ {2}brand +\(derived\) +"example.gov"\n/);
  expect(text).toContain('✔ The file is imported.');
});
