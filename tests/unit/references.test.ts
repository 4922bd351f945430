import { documentIdOf } from '../../content-types/rules/document-id';
import { uniqueKeys } from '../../content-types/rules/unique-keys';
import type { ContentType } from '../../content-types/uids';
import { loadMapping } from '../../migrations/mappings';
import { medigy } from '../../migrations/mappings/medigy';
import type { Mapping, Reference } from '../../migrations/mappings/mapping';
import type { Database } from '../../migrations/plan/database';
import { Ledger, type LedgerEntry } from '../../migrations/plan/ledger';
import { isWaiting, Resolver } from '../../migrations/plan/resolver';
import type { JsonObject } from '../../migrations/source/json';
import { parsed, recordsOf, toRecords } from '../support/mapping';
import { ROOT } from '../support/paths';

let mapping: Mapping;
beforeAll(async () => {
  mapping = await loadMapping('tests/fixtures/mappings/agency-site.json', ROOT);
});

interface Known {
  type: ContentType;
  documentId: string;
  values: JsonObject;
  /** Undefined: an editor made it. */
  identity?: string;
  hasFile?: boolean;
  path?: string;
}

/** A database that holds what is said, as rows and in the id map. */
const holding = (...known: Known[]): Database => {
  const holders = new Map(
    known.flatMap(({ type, documentId, values }) =>
      Object.entries(uniqueKeys(type, values, 'published')).map(([column, key]) => [`${type} ${column} ${key}`, documentId] as const),
    ),
  );
  const entries = known.flatMap(({ type, documentId, values, identity, hasFile = false, path = 'news/a.md' }): LedgerEntry[] =>
    identity
      ? [
          {
            type,
            documentId,
            identity,
            path,
            hasFile,
            mapping: '',
            hash: '',
            base: { values, links: {}, media: {}, assets: {}, isPublished: true },
          },
        ]
      : [],
  );
  return {
    ledger: new Ledger(entries),
    holderOf: (type: ContentType, column: string, key: string) => holders.get(`${type} ${column} ${key}`),
    mergedBy: () => undefined,
    standsFor: (documentId: string) => documentId,
    exists: (type: ContentType, documentId: string) => known.some((each) => each.type === type && each.documentId === documentId),
    fileOf: () => undefined,
  } as unknown as Database;
};

const resolve = (files: Record<string, string>, database: Database) => {
  const resolver = new Resolver(database);
  const wanted = recordsOf(files, mapping);
  const resolved = (['topic', 'offering', 'curated-content'] as const).flatMap((type) =>
    wanted.records.filter((record) => record.type === type).flatMap((record) => resolver.add(record) ?? []),
  );
  const document = (type: ContentType) => resolved.find(({ record }) => record.type === type)?.documentId;
  const links = wanted.records.flatMap((record) => Object.values(record.links).flat());
  return { resolver, resolved, document, found: links.map((link: Reference) => resolver.find(link)) };
};

const story = (front: string) => ({ 'news/a.md': `---\ntitle: A\n${front}---\n` });
const topicFile = (front: string) => ({ 'topics/health.md': `---\n${front}---\n` });
const offering = (front: string) => ({ 'offerings/a.md': `---\ntitle: A\nurl: /a\n${front}---\n` });

describe('a reference finds', () => {
  it.each<[string, Record<string, string>, Known[], string]>([
    [
      "an editor's topic by its slug",
      story('topics: [Health]\n'),
      [{ type: 'topic', documentId: 'd1', values: { name: 'Public Health', slug: 'health' } }],
      'd1',
    ],
    [
      "an editor's topic by its name",
      offering('topics: [public  health]\n'),
      [{ type: 'topic', documentId: 'd1', values: { name: 'Public Health', slug: 'x' } }],
      'd1',
    ],
    [
      "an editor's offering by its permalink",
      story('related: /B\n'),
      [{ type: 'offering', documentId: 'd1', values: { name: 'B', permalink: '/b' } }],
      'd1',
    ],
    [
      'a topic of an earlier import by its slug',
      story('topics: [health]\n'),
      [
        {
          type: 'topic',
          documentId: 'd1',
          values: { name: 'Public Health', slug: 'health' },
          identity: 'path:topics/h.md',
          hasFile: true,
          path: 'topics/h.md',
        },
      ],
      'd1',
    ],
    [
      'what it made at an earlier import',
      story('topics: [health]\n'),
      [{ type: 'topic', documentId: 'd1', values: { name: 'health', slug: 'health' }, identity: 'slug:health' }],
      'd1',
    ],
    ['what it makes', story('topics: [health]\n'), [], documentIdOf('topic', 'slug:health')],
    [
      'a file of the archive',
      { ...story('topics: [public-health]\n'), ...topicFile('title: Public Health\nslug: public-health\n') },
      [],
      documentIdOf('topic', 'path:topics/health.md'),
    ],
  ])('%s', (_, files, known, expected) => {
    expect(resolve(files, holding(...known)).found).toEqual([expected]);
  });

  it('nothing, and says what was probably meant', () => {
    const { resolver, found } = resolve(
      offering('topics: [Helth]\n'),
      holding({ type: 'topic', documentId: 'd1', values: { name: 'Health' }, identity: 'x:1' }),
    );
    expect(found).toEqual([undefined]);
    expect(resolver.unresolved({ type: 'topic', identities: ['name:helth'], values: {}, links: {}, place: [] })).toContain(
      'Did you mean "health"?',
    );
  });
});

describe('a topic that was made for a reference', () => {
  const stub: Known = { type: 'topic', documentId: 'd1', values: { name: 'health', slug: 'health' }, identity: 'slug:health' };

  it.each([
    ['that gives the slug', 'title: Public Health\nslug: health\n'],
    ['whose name has that slug', 'title: Health!\n'],
  ])('becomes the topic of a file %s', (_, front) => {
    const { document, resolver } = resolve(topicFile(front), holding(stub));
    expect({ document: document('topic'), refused: resolver.refused.topic }).toEqual({ document: 'd1', refused: 0 });
  });

  it('stays the topic of that file when its slug changes', () => {
    const described = { ...stub, hasFile: true, path: 'topics/health.md' };
    expect(resolve(topicFile('title: Wellness\nslug: wellness\n'), holding(described)).document('topic')).toBe('d1');
  });
});

it("does not take an editor's topic for the file that has its slug by chance", () => {
  const { resolver, resolved } = resolve(
    topicFile('title: Health\nslug: x\n'),
    holding({ type: 'topic', documentId: 'd1', values: { name: 'Other', slug: 'x' } }),
  );
  const [waiting] = resolved.filter(isWaiting);
  expect(waiting!.heldKeys).toMatchObject([{ attribute: 'slug', holder: 'd1' }]);
  resolver.refuseHeld(waiting!, waiting!.heldKeys[0]!, false);
  expect(resolver.refused.topic).toBe(1);
  expect(resolver.problems).toMatchObject([{ rule: 'content/slug-duplicate', line: 3 }]);
});

it('refuses the second of two files that mean one entry', () => {
  const moved: Known = {
    type: 'topic',
    documentId: 'd1',
    values: { name: 'Health', slug: 'health' },
    identity: 'path:topics/health.md',
    hasFile: true,
    path: 'topics/health.md',
  };
  const files = { ...topicFile('title: Wellness\n'), 'topics/new.md': '---\ntitle: Health\nslug: new\n---\n' };
  const { resolver, resolved } = resolve(files, holding(moved));
  expect(resolved.map(({ documentId }) => documentId)).toEqual(['d1']);
  expect(resolver.problems).toMatchObject([{ file: 'topics/new.md', rule: 'content/identity-duplicate' }]);
});

it('leaves a slug that a file gives to that file, whichever of the two comes first', () => {
  const page = (title: string, slug?: string) => `---\ntitle: ${title}\n${slug ? `slug: ${slug}\n` : ''}---\nText.\n`;
  const files = { 'a.md': page('The same'), 'b.md': page('Another', 'the-same') };
  const slugs = (order: (keyof typeof files)[]) => {
    const wanted = toRecords(
      order.map((path) => parsed(path, files[path])),
      medigy,
    );
    expect(wanted.problems).toEqual([]);
    const resolver = new Resolver(holding(), false, wanted.isGiven);
    const found = [...wanted.records].map((record) => resolver.add(record)!.record);
    wanted.records.close();
    return Object.fromEntries(found.map(({ path, values }) => [path, values.slug]));
  };
  expect(slugs(['a.md', 'b.md'])).toEqual({ 'a.md': 'the-same-2', 'b.md': 'the-same' });
  expect(slugs(['b.md', 'a.md'])).toEqual({ 'a.md': 'the-same-2', 'b.md': 'the-same' });
});

it('numbers as many equal titles as an archive may have', () => {
  const many = 12_000;
  const files = Array.from({ length: many }, (_, index) => parsed(`${index}.md`, '---\ntitle: News\n---\nText.\n'));
  const wanted = toRecords(files, medigy);
  const resolver = new Resolver(holding(), false, wanted.isGiven);
  const slugs = [...wanted.records].map((record) => resolver.add(record)?.record.values.slug);
  wanted.records.close();
  expect([slugs[0], slugs[1], slugs.at(-1)]).toEqual(['news', 'news-2', `news-${many}`]);
  expect(new Set(slugs).size).toBe(many);
});

it('an id of an offering that is none is told, and the offering is found by the rest', () => {
  const text =
    '---\ntitle: A\nrelatedOfferings:\n  - {label: O, permalink: /offering/o, offeringId: abc}\n  - {label: P, offeringId: 7}\n---\n';
  const { problems, records } = recordsOf({ 'a.md': text }, medigy);
  expect(problems.map(({ rule, line, message }) => [rule, line, message])).toEqual([
    ['content/type-mismatch', 4, 'offeringId: A whole number is expected here.'],
  ]);
  expect(records.filter(({ type }) => type === 'offering').map(({ values }) => [values.permalink, values.offeringId])).toEqual([
    ['/offering/o', null],
    [null, 7],
  ]);
});
