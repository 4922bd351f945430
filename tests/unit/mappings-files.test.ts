import { loadMapping } from '../../migrations/mappings';
import type { Mapping } from '../../migrations/mappings/mapping';
import { compileMapping } from '../../migrations/mappings/file/compile';
import { checkMappingFile } from '../../migrations/mappings/file/schema';
import type { JsonObject, JsonValue } from '../../migrations/source/json';
import { writeArchive } from '../support/archive';
import { edit, recordsOf, target, write } from '../support/mapping';
import { ROOT } from '../support/paths';

let mapping: Mapping;
beforeAll(async () => {
  mapping = await loadMapping('tests/fixtures/mappings/agency-site.json', ROOT);
});

const story = (front: string, body = 'Text.\n') => `---\ntitle: A story\n${front}---\n${body}`;
const one = (front: string, body?: string) => recordsOf({ 'news/a-story.md': story(front, body) }, mapping).records[0]!;

describe('a mapping file', () => {
  const good = { name: 'site', collections: [{ type: 'topic', include: ['**'], fields: { name: 'title' } }] };
  const withField = (type: string, field: string, value: JsonValue): JsonObject => ({
    name: 'site',
    collections: [{ type, include: ['**'], fields: { title: 'title', name: 'title', [field]: value } }],
  });
  const withCollection = (more: JsonObject): JsonObject => ({ name: 'site', collections: [{ ...good.collections[0], ...more }] });

  it.each<[string, JsonValue, string]>([
    ['a name', { collections: good.collections }, 'name: expected a text, found nothing'],
    ['collections', { name: 'site' }, 'collections: expected a list, found nothing'],
    ['at least one', { name: 'site', collections: [] }, 'collections: expected at least one collection'],
    ['a mapping', [], 'the mapping: expected a mapping, found a list'],
    ['known keys', { ...good, colections: [] }, 'the mapping: unknown key "colections". Did you mean "collections"?'],
    ['known keys of a collection', withCollection({ includes: ['x'] }), 'collections[0]: unknown key "includes". Did you mean "include"?'],
    [
      'a known type',
      withCollection({ type: 'topics' }),
      'collections[0].type: expected one of curated-content, topic, offering; found "topics". Did you mean "topic"?',
    ],
    ['a list of globs', withCollection({ include: '**' }), 'collections[0].include: expected a list, found a text'],
    ['a glob', withCollection({ include: [] }), 'collections[0].include: expected at least one glob'],
    [
      'a title',
      withCollection({ type: 'curated-content' }),
      'collections[0].fields: expected a field "title": no curated-content is without one',
    ],
    [
      'known attributes',
      withField('topic', 'descripton', 'x'),
      'collections[0].fields.descripton: a topic has no attribute "descripton". Did you mean "description"?',
    ],
    ['no private attribute', withField('topic', 'slugKey', 'x'), 'collections[0].fields.slugKey: a topic has no attribute "slugKey".'],
    ['a place', withField('topic', 'slug', ''), 'collections[0].fields.slug: expected the name of a key, found nothing'],
    [
      'a place of a known form',
      withField('topic', 'slug', 7),
      'collections[0].fields.slug: expected a path such as "title", a list of paths, or {"from": "title"}; found a number',
    ],
    ['places', withField('topic', 'slug', ['slug', 7]), 'collections[0].fields.slug[1]: expected a text, found a number'],
    [
      'a known token',
      withField('topic', 'slug', '$basname'),
      'collections[0].fields.slug: there is no $basname; expected one of $body, $basename, $dirname, $path, $slug, $date. Did you mean "$basename"?',
    ],
    [
      'a known match',
      withField('offering', 'topics', { from: 'topics', match: 'slgu' }),
      'collections[0].fields.topics.match: expected one of slug, name, id, permalink; found "slgu". Did you mean "slug"?',
    ],
    [
      'a match that the type has',
      withField('offering', 'topics', { from: 'topics', match: 'permalink' }),
      'collections[0].fields.topics.match: a topic has no permalink; expected one of slug, name, id',
    ],
    [
      'a source of a relation',
      withField('offering', 'topics', { match: 'slug' }),
      'collections[0].fields.topics.from: expected a path such as "title", a list of paths, or {"from": "title"}; found nothing',
    ],
    [
      'known keys of a field',
      withField('offering', 'topics', { from: 'topics', creat: true }),
      'collections[0].fields.topics: unknown key "creat". Did you mean "create"?',
    ],
    [
      'a relation to match',
      withField('topic', 'slug', { from: 'slug', create: true }),
      'collections[0].fields.slug.create: "create" is for relations; "slug" is a uid',
    ],
  ])('asks for %s', (_, input, mistake) => {
    expect((checkMappingFile(input) as { mistakes: string[] }).mistakes).toContain(mistake);
  });

  it('may be JSON or a module of either kind', async () => {
    const text = JSON.stringify(good);
    const folder = await writeArchive({
      'm.json': `\uFEFF${text}`,
      'm.cjs': `module.exports = ${text}`,
      'd.cjs': `exports.__esModule = true; exports.default = ${text}`,
      'm.js': `module.exports = ${text}`,
    });
    for (const name of ['m.json', 'm.cjs', 'd.cjs', 'm.js']) expect((await loadMapping(name, folder)).name).toBe('site');
  });

  it.each([
    ['is missing', 'none.json', /^The mapping file .*none\.json cannot be read/],
    ['is no JSON', 'broken.json', /^The mapping file .*broken\.json cannot be read: /],
    ['has a comma too much', 'comma.json', /comma\.json cannot be read: 3:1 /],
    ['ends too early', 'broken.json', /broken\.json cannot be read: 1:2 /],
    ['has a word without quotes', 'word.json', /word\.json cannot be read: 2:11 /],
    ['is wrong', 'wrong.json', /wrong\.json is wrong:\n {2}name: .*\n {2}collections: /],
    ['fails to run', 'throws.cjs', /throws\.cjs cannot be read: no luck/],
    ['has no such name', 'medgy', /^There is no mapping "medgy"\. Did you mean "medigy"\? There are: medigy, hugo, astro; /],
  ])('that %s is told with exit code 2', async (_, name, message) => {
    const folder = await writeArchive({
      'broken.json': '{',
      'comma.json': '{\n  "name": "site",\n}\n',
      'word.json': '{\n  "name": site\n}\n',
      'wrong.json': '{}',
      'throws.cjs': 'throw new Error("no luck")',
    });
    await expect(loadMapping(name.includes('.') ? `./${name}` : name, folder)).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 2,
      message: expect.stringMatching(message) as string,
    });
  });

  it('has a digest that changes with it', async () => {
    const folder = await writeArchive({ 'a.json': JSON.stringify(good), 'b.json': JSON.stringify({ ...good, name: 'other' }) });
    const digests = await Promise.all(['./a.json', './b.json', './a.json'].map(async (name) => (await loadMapping(name, folder)).digest));
    expect(digests[0]).toBe(digests[2]);
    expect(digests[0]).not.toBe(digests[1]);
  });
});

describe('a field', () => {
  it.each<[string, string, string, JsonValue]>([
    ['takes a path', 'source_url: https://www.example.gov/x\n', 'link', 'https://www.example.gov/x'],
    ['takes the first place', 'deck: one\nsummary: two\n', 'description', 'one'],
    ['takes the first place that is not blank', "deck: ' '\nsummary: two\n", 'description', 'two'],
    ['takes the file name', '', 'slug', 'a-story'],
    ['takes the body', '', 'body', 'Text.\n'],
    ['has a default', '', 'identifier', 'News'],
    ['has a default no longer than it is needed', 'section: Blog\n', 'identifier', 'Blog'],
    ['is null where nobody says it', '', 'date', null],
    ['makes a list of a single value', 'aliases: /old\n', 'aliases', ['/old']],
    ['follows from another attribute', 'source_url: https://www.example.gov/x\n', 'brand', 'example.gov'],
    ['is a day where a day is stored', 'date: 2015-03-17 14:00:00 -4\n', 'date', '2015-03-17'],
  ])('%s', (_, front, attribute, expected) => {
    expect(one(front).values[attribute]).toEqual(expected);
  });

  it('leaves to extra what no field names, nested keys too', () => {
    expect(one('meta:\n  id: 5\n  by: me\nlayout: post\ndeck: x\nsummary: y\n').values.extra).toEqual({
      meta: { id: 5, by: 'me' },
      layout: 'post',
    });
  });

  it.each<[string, string, string, string | null]>([
    ['a path', 'hero: a.jpg\n', 'a.jpg', null],
    ['a mapping', 'hero: {href: a.jpg, alt: A}\n', 'a.jpg', 'A'],
    ['a mapping with another key', 'hero: {src: a.jpg, alt: A}\n', 'a.jpg', 'A'],
    ['the first of a list', 'images: [a.jpg, b.jpg]\n', 'a.jpg', null],
  ])('that is a picture may be %s', (_, front, href, alternativeText) => {
    expect(one(front).media.featuredImage).toMatchObject({ href, alternativeText });
  });
});

describe('a default', () => {
  const site = compileMapping({
    name: 'site',
    collections: [
      {
        type: 'curated-content',
        include: ['**'],
        fields: {
          title: 'title',
          topics: { from: ['topics', 'tags'], all: true, create: true, default: 'News' },
          authors: { from: 'by', default: 'The desk' },
        },
      },
    ],
  });
  const page = (front: string) => recordsOf({ 'a.md': `---\ntitle: A\n${front}---\n` }, site).records[0]!;
  const topics = (front: string) => page(front).links.topics!.map(({ values }) => values.name);

  it('of a relation holds where no place names anything, also where all of them count', () => {
    expect(topics('topics: [AI]\ntags: Health\n')).toEqual(['AI', 'Health']);
    expect(topics('')).toEqual(['News']);
  });

  it('of a list is a list, and is not written into a file', () => {
    expect(page('by: Ann\n').values.authors).toEqual(['Ann']);
    const unsaid = page('');
    expect(unsaid.values.authors).toEqual(['The desk']);
    expect(edit(unsaid, site, { authors: ['The desk'] })).toBe(unsaid.file!.text);
  });
});

describe('what identifies a record', () => {
  it('is the key, then the path, by which it was known before it had a key', () =>
    expect(one('meta: {id: 5}\n').identities).toEqual(['key:5', 'path:news/a-story.md']));
  it('is the path where the key is blank', () => expect(one('').identities).toEqual(['path:news/a-story.md']));
  it('is the path and the name of a topic', () => {
    const { records } = recordsOf({ 'topics/health.md': '---\ntitle: Public  Health\n---\n' }, mapping);
    expect(records[0]!.identities).toEqual(['path:topics/health.md', 'name:public health']);
  });
});

it('leaves alone in silence what it excludes, and tells what it forgot', () => {
  const { records, problems } = recordsOf({ 'news/_index.md': story(''), 'about.md': story('') }, mapping);
  expect(records).toEqual([]);
  expect(problems.map(({ file, rule }) => [file, rule])).toEqual([['about.md', 'content/unmapped']]);
});

describe('a reference', () => {
  const topic = (title: string, more = '') => `---\ntitle: ${title}\n${more}---\n`;

  it('finds a file that comes later, by the slug that the file gives, has from its name, or derives', () => {
    const { records, problems } = recordsOf(
      {
        'news/a.md': story('topics: [health, ai, HEALTH]\n'),
        'topics/ai.md': topic('Artificial Intelligence'),
        'topics/z.md': topic('Z', 'slug: health\n'),
      },
      mapping,
    );
    expect(problems).toEqual([]);
    expect(records.map(({ type, values }) => [type, values.slug])).toEqual([
      ['curated-content', 'a'],
      ['topic', 'ai'],
      ['topic', 'health'],
    ]);
  });

  it('makes one topic where nobody describes it', () => {
    const { records, problems } = recordsOf(
      { 'news/a.md': story('topics: [open data]\n'), 'news/b.md': story('slug: b\ntopics: open-data\n') },
      mapping,
    );
    expect(problems).toEqual([]);
    const made = records.filter(({ type }) => type === 'topic');
    expect(made).toMatchObject([{ identities: ['slug:open-data'], values: { name: 'open data', slug: 'open-data' }, path: 'news/a.md' }]);
  });

  it('without create is told, with its place and what was probably meant', () => {
    const { problems } = recordsOf(
      { 'offerings/a.md': '---\ntitle: A\nurl: /offering/a\ntopics:\n  - Health\n  - Helth\n---\n', 'topics/health.md': topic('Health') },
      mapping,
    );
    expect(problems).toMatchObject([
      {
        rule: 'reference/unresolved',
        file: 'offerings/a.md',
        line: 6,
        column: 5,
        message: 'There is no topic with the name "helth", and nothing to make it from. Did you mean "health"?',
      },
    ]);
  });

  it('finds an offering by its permalink, in a list of mappings too', () => {
    const { problems, records } = recordsOf(
      {
        'news/a.md': story('related:\n  - /offering/a\n  - permalink: /Offering/B\n    label: B\n'),
        'offerings/a.md': '---\ntitle: A\nurl: /offering/a\n---\n',
        'offerings/b.md': '---\ntitle: B\nurl: /offering/b\n---\n',
      },
      mapping,
    );
    expect(problems).toEqual([]);
    expect(records[0]!.links.relatedOfferings!.map(({ identities }) => identities)).toEqual([
      ['permalink:/offering/a'],
      ['permalink:/offering/b'],
    ]);
  });

  it('that is no word is told', () => {
    const { problems } = recordsOf({ 'news/a.md': story('topics: [[x], ok]\n') }, mapping);
    expect(problems).toMatchObject([{ rule: 'content/type-mismatch', line: 3 }]);
  });

  it('by name and slug is one topic in the end', () => {
    const files = { 'news/a.md': story('topics: [health]\n'), 'offerings/a.md': '---\ntitle: A\nurl: /a\ntopics: [Health]\n---\n' };
    expect(recordsOf(files, mapping).records.filter(({ type }) => type === 'topic')).toHaveLength(1);
  });
});

it.each<[string, Record<string, string>, string, string]>([
  ['slug', { 'news/a.md': story('slug: x\n'), 'news/b.md': story('slug: X\n') }, 'content/slug-duplicate', '3:1'],
  ['slug from the file name', { 'news/a/x.md': story(''), 'news/b/x.md': story('') }, 'content/slug-duplicate', '2:1'],
  ['key', { 'news/a.md': story('meta: {id: 1}\n'), 'news/b.md': story("meta: {id: '1'}\n") }, 'content/identity-duplicate', '3:8'],
  [
    'name',
    { 'topics/a.md': '---\ntitle: AI\n---\n', 'topics/b.md': '---\ndeck: x\ntitle: ai\n---\n' },
    'content/identity-duplicate',
    '3:1',
  ],
  [
    'permalink',
    { 'offerings/a.md': '---\ntitle: A\nurl: /a\n---\n', 'offerings/b.md': '---\ntitle: B\nurl: /A\n---\n' },
    'content/identity-duplicate',
    '3:1',
  ],
])('refuses the second file with one %s, at its place', (_, files, rule, place) => {
  const { problems, refused, records } = recordsOf(files, mapping);
  expect({ told: problems.map((each) => `${each.line}:${each.column} ${each.rule}`), refused, records: records.length }).toEqual({
    told: [`${place} ${rule}`],
    refused: 1,
    records: 1,
  });
});

describe('the way back', () => {
  const topics = [target('topic', { name: 'AI', slug: 'ai' }), target('topic', { name: 'Health', slug: 'health' })];

  it.each<[string, string, Record<string, JsonValue>, string]>([
    ['writes where it was read', 'deck: ""\nsummary: two # why\n', { description: 'new' }, 'deck: ""\nsummary: new # why\n'],
    ['writes into the first place where there is none', '', { description: 'new' }, 'deck: new\n'],
    ['leaves out a default', '', { identifier: 'News' }, ''],
    ['keeps a list of one single', 'aliases: /old\n', { aliases: ['/new'] }, 'aliases: /new\n'],
    ['makes a list of more', 'aliases: /old\n', { aliases: ['/old', '/new'] }, 'aliases:\n  - /old\n  - /new\n'],
    ['adds the slug that the file name gave', '', { slug: 'other' }, 'slug: other\n'],
  ])('%s', (_, front, changes, expected) => {
    expect(edit(one(front), mapping, changes)).toBe(story(expected));
  });

  it('changes the body alone', () => expect(edit(one('deck: x\n'), mapping, { body: 'New.\n' })).toBe(story('deck: x\n', 'New.\n')));

  it('keeps the spelling of references that mean the same', () => {
    expect(edit(one('topics: [Health, AI]\n'), mapping, { topics: [topics[0]!, topics[1]!] })).toBe(story('topics:\n  - AI\n  - Health\n'));
    expect(edit(one('topics: [Health, AI]\n'), mapping, { topics: [topics[1]!, topics[0]!] })).toBe(story('topics: [Health, AI]\n'));
  });

  it('writes a slug that was edited', () => {
    const renamed = {
      ...target('topic', { name: 'AI', slug: 'machine-learning' }, ['slug']),
      identities: ['slug:machine-learning', 'slug:ai'],
    };
    expect(edit(one('topics: [ai, health]\n'), mapping, { topics: [renamed, topics[1]!] })).toBe(
      story('topics:\n  - machine-learning\n  - health\n'),
    );
  });

  it('makes a new file of what there is to say', () => {
    const record = { title: 'New', slug: 'new', description: null, identifier: 'News', topics: [topics[0]!], body: 'Text.\n' };
    expect(write('curated-content', mapping, record)).toEqual({
      path: 'news/new.md',
      text: '---\ntitle: New\nslug: new\ntopics:\n  - ai\n---\nText.\n',
    });
  });

  it.each([
    ['that begins with a dot, which no import looks at', '.new', '-new.md'],
    ['of more bytes than a file name has', '遠'.repeat(200), `${'遠'.repeat(76)}.md`],
    ['that would be cut inside a character', `a${'😀'.repeat(100)}`, `a${'😀'.repeat(57)}.md`],
  ])('has a name for a slug %s', (_, slug, name) => {
    expect(write('curated-content', mapping, { title: 'New', slug })).toMatchObject({ path: `news/${name}` });
  });
});
