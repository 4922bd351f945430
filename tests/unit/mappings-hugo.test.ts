import { hugo } from '../../migrations/mappings/hugo';
import { edit, recordsOf, target, write } from '../support/mapping';

const page = (front: string, body = 'Text.\n') => `---\n${front}---\n${body}`;

describe('a Jekyll post', () => {
  const { records, problems } = recordsOf(
    {
      '_posts/2014-03-19-hello-world.md': page(
        'layout: post\ntitle: Hello\ntags: [Open Data, agile]\ncategories: News\nredirect_from: /old\npermalink: /hello/\nexcerpt: In short\nimage: {path: /assets/a.jpg, alt: A}\n',
      ),
    },
    hugo,
  );
  const [post] = records;

  it('has its day and slug from its file name', () => {
    expect(problems).toEqual([]);
    expect(post!.values).toMatchObject({
      title: 'Hello',
      slug: 'hello-world',
      date: '2014-03-19',
      description: 'In short',
      layout: 'post',
      aliases: ['/old'],
    });
    expect(post!.timestamps.createdAt).toBe('2014-03-19T00:00:00.000Z');
  });

  it('has its categories and then its tags as topics', () => {
    expect(post!.links.topics!.map(({ values }) => values.name)).toEqual(['News', 'Open Data', 'agile']);
  });

  it('keeps its permalink for the export', () => expect(post!.values.extra).toEqual({ permalink: '/hello/' }));

  it('has its picture', () => expect(post!.media.featuredImage).toMatchObject({ href: '/assets/a.jpg', alternativeText: 'A' }));

  it('takes topics out of the list they stand in, and new ones into the first', () => {
    const topics = ['New', 'News', 'agile'].map((name) => target('topic', { name, slug: name.toLowerCase() }));
    expect(edit(post!, hugo, { topics })).toContain('tags:\n  - agile\ncategories:\n  - New\n  - News\n');
  });
});

it('a title of several lines is one line, and none of its end', () => {
  const { records } = recordsOf({ 'a.md': page('title: >\n  The night\n  shift\n'), 'B.MD': page('title: Shouted\n') }, hugo);
  expect(records.map(({ values }) => values.title)).toEqual(['The night shift', 'Shouted']);
});

describe('a Hugo page', () => {
  it('may be a bundle, whose folder is its name', () => {
    const { records } = recordsOf(
      { 'posts/2020-01-02-trip/index.md': page('title: Trip\nimages: [a.jpg]\nlastmod: 2020-02-03T04:05:06Z\nauthor: me\n') },
      hugo,
    );
    expect(records[0]).toMatchObject({
      values: { slug: 'trip', date: '2020-01-02', lastModified: '2020-02-03T04:05:06.000Z', authors: ['me'] },
      media: { featuredImage: { href: 'a.jpg' } },
    });
  });

  it('may be written in TOML, as Hugo makes one', () => {
    const toml =
      '+++\ndate = 2024-05-06T07:08:09+02:00\ndraft = true\ntitle = "My first post"\ntags = ["Open data"]\nlastmod = 2024-05-07\n[params]\n  mood = "good"\n+++\nText.\n';
    const { records, problems } = recordsOf({ 'posts/my-first-post.md': toml }, hugo);
    expect(problems).toEqual([]);
    expect(records[0]).toMatchObject({
      isDraft: true,
      values: { title: 'My first post', slug: 'my-first-post', date: '2024-05-06', extra: { params: { mood: 'good' } } },
      timestamps: { createdAt: '2024-05-06T05:08:09.000Z' },
    });
    expect(records[0]!.links.topics!.map(({ values }) => values.name)).toEqual(['Open data']);
  });

  it.each([
    ['draft: true', 'a.md', 'draft: true\n', true],
    ['published: false', 'a.md', 'published: false\n', true],
    ['its folder', '_drafts/a.md', '', true],
    ['a word of YAML 1.1', 'a.md', 'draft: yes\n', true],
    ['a word in quotes', 'a.md', 'draft: "True"\n', true],
    ['a number', 'a.md', 'draft: 1\n', true],
    ['a word of YAML 1.1 against it', 'a.md', 'published: no\n', true],
    ['a word in quotes against it', 'a.md', 'published: "false"\n', true],
    ['a no', 'a.md', 'draft: "no"\n', false],
    ['an empty word', 'a.md', 'draft:\npublished: ""\n', false],
    ['nothing', 'a.md', '', false],
  ])('is a draft by %s', (_, path, front, isDraft) => {
    expect(recordsOf({ [path]: page(`title: A\n${front}`) }, hugo).records[0]!.isDraft).toBe(isDraft);
  });

  it('of a term is a topic, which tags find by name and by slug', () => {
    const { records } = recordsOf(
      { 'tags/open-data/_index.md': page('title: Open data!\n', 'About.\n'), 'a.md': page('title: A\ntags: [open data, C, C++]\n') },
      hugo,
    );
    expect(records.map(({ type, values }) => [type, values.title ?? values.name])).toEqual([
      ['topic', 'Open data!'],
      ['curated-content', 'A'],
      ['topic', 'C'],
      ['topic', 'C++'],
    ]);
  });

  it('of a section, a README and a theme are left alone', () => {
    const files = {
      '_index.md': page('title: A\n'),
      'posts/_index.de.md': page('title: A\n'),
      'README.md': page('title: A\n'),
      'themes/x/content/a.md': page('title: A\n'),
      'themes/x/exampleSite/content/tags/a/_index.md': page('title: A\n'),
    };
    expect(recordsOf(files, hugo)).toMatchObject({ records: [], problems: [], leftOut: 5 });
    expect(recordsOf({ 'docs/themes/a.md': page('title: A\n') }, hugo).records).toMatchObject([{ values: { title: 'A' } }]);
  });

  it('two of which have one name on two days get two slugs', () => {
    const { records, refused } = recordsOf(
      { '_posts/2020-01-01-news.md': page('title: A\n'), '_posts/2020-02-01-news.md': page('title: B\n') },
      hugo,
    );
    expect({ refused, derived: records.map(({ isSlugDerived }) => isSlugDerived) }).toEqual({ refused: 0, derived: [true, true] });
  });

  it.each([
    ['---\ntitle: A\n---', { body: 'Hello' }, '---\ntitle: A\n---\nHello'],
    ['---\r\ntitle: A\r\n---', { body: 'Hello' }, '---\r\ntitle: A\r\n---\r\nHello'],
    ['---\ntitle: A\n---', { title: 'B' }, '---\ntitle: B\n---'],
    ['---\n---\nText.\n', { title: 'B' }, '---\ntitle: B\n---\nText.\n'],
    ['---\n# Nothing yet\n---', { title: 'B', body: 'Hello' }, '---\n# Nothing yet\ntitle: B\n---\nHello'],
  ])('that says next to nothing takes what an editor adds: %j with %j', (text, changes, expected) => {
    expect(edit(recordsOf({ 'a.md': text }, hugo).records[0]!, hugo, changes)).toBe(expected);
  });

  it('that is new is written where Jekyll and Hugo find it', () => {
    const record = {
      title: 'New',
      slug: 'new',
      date: '2024-05-06',
      topics: [target('topic', { name: 'AI', slug: 'ai' })],
      body: 'Text.\n',
    };
    expect(write('curated-content', hugo, record)).toEqual({
      path: '2024-05-06-new.md',
      text: "---\ntitle: New\nslug: new\ndate: '2024-05-06'\ncategories:\n  - AI\n---\nText.\n",
    });
  });
});

describe('a date that is none', () => {
  const messageOf = (name: string, front: string) =>
    recordsOf({ [name]: page(`title: A\n${front}`) }, hugo).problems.map(({ message }) => message);

  it('is told to stand in the name of the file or its folder', () => {
    expect(messageOf('_posts/2020-02-30-x.md', '')).toEqual(['The beginning of the name of the file: "2020-02-30" is no date.']);
    expect(messageOf('news/2020-02-30-x/index.md', '')).toEqual(['The beginning of the name of the folder: "2020-02-30" is no date.']);
    expect(messageOf('_posts/2020-02-28-x.md', 'date: 2020-02-30\n')).toEqual(['date: "2020-02-30" is no date.']);
  });

  it('is told to be a list or a mapping', () => {
    expect(messageOf('a.md', 'date: [2021-01-01]\n')).toEqual(['date: A date such as 2026-03-01 is expected here, not a list.']);
    expect(messageOf('a.md', 'date: {from: 2021-01-01}\n')).toEqual(['date: A date such as 2026-03-01 is expected here, not a mapping.']);
  });
});
