import fc from 'fast-check';

import type { Story } from '../../server/src/contracts/picker';
import { EVERYTHING } from '../../server/src/suggestions/access';
import { withinDistance } from '../../server/src/suggestions/index/distance';
import { Engine } from '../../server/src/suggestions/index/engine';
import { Postings } from '../../server/src/suggestions/index/postings';
import type { OfferingRow, StoryRow } from '../../server/src/suggestions/index/rows';
import { topOf } from '../../server/src/suggestions/index/top-of';
import { Vocabulary } from '../../server/src/suggestions/index/vocabulary';
import { plainText } from '../../server/src/suggestions/text/plain-text';
import { stem } from '../../server/src/suggestions/text/stem';
import { wordsAndParts, wordsOf } from '../../server/src/suggestions/text/words';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 });

/** Optimal string alignment, the long way. */
const distanceOf = (a: string, b: string): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const ways = [table[i - 1]![j]! + 1, table[i]![j - 1]! + 1, table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(table[i - 2]![j - 2]! + 1);
      table[i]![j] = Math.min(...ways);
    }
  }
  return table[a.length]![b.length]!;
};

const nearestBeginning = (typed: string, term: string): number =>
  Math.min(...Array.from({ length: term.length + 1 }, (_, length) => distanceOf(typed, term.slice(0, length))));

describe('a vocabulary', () => {
  const filled = (terms: readonly string[]) => {
    const vocabulary = new Vocabulary();
    for (const term of terms) vocabulary.numberOf(term);
    return vocabulary;
  };
  const some = fc.uniqueArray(word, { maxLength: 40 });
  const sorted = (vocabulary: Vocabulary, numbers: readonly number[]) => numbers.map((number) => vocabulary.term(number)).sort();

  it('finds terms by their beginning and by what is in them', () => {
    fc.assert(
      fc.property(some, some, word, (first, later, typed) => {
        const vocabulary = filled(first);
        vocabulary.startingWith('a');
        for (const term of later) vocabulary.numberOf(term);
        const all = [...new Set([...first, ...later])].sort();
        expect(sorted(vocabulary, vocabulary.startingWith(typed))).toEqual(all.filter((term) => term.startsWith(typed)));
        expect(sorted(vocabulary, vocabulary.containing(typed))).toEqual(all.filter((term) => term.indexOf(typed, 1) > 0));
      }),
    );
  });

  it('finds exactly the terms, and the beginnings, that are near enough', () => {
    fc.assert(
      fc.property(some, word, fc.integer({ min: 1, max: 2 }), (terms, typed, most) => {
        const vocabulary = filled(terms);
        const found = vocabulary.similarTo(typed, most);
        const told = found.map(({ number, distance, isWhole }) => [vocabulary.term(number), distance, isWhole]);
        const expected = terms.flatMap((term) => {
          const [distance, beginning] = [distanceOf(typed, term), nearestBeginning(typed, term)];
          return distance <= most ? [[term, distance, true]] : beginning <= most ? [[term, beginning, false]] : [];
        });
        expect(told.sort()).toEqual(expected.sort());
      }),
    );
  });

  it('compares a word with terms in any order', () => {
    fc.assert(
      fc.property(fc.array(word), word, (terms, typed) => {
        const check = withinDistance(typed, 2);
        for (const term of terms) {
          const distance = distanceOf(typed, term);
          expect(check(term).distance).toBe(distance <= 2 ? distance : undefined);
        }
      }),
    );
  });
});

describe('postings', () => {
  it('give back what was added, and after compaction what is left of it', () => {
    const entry = fc.record({ term: fc.nat(20), value: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 400 }), fc.nat(6), (entries, modulus) => {
        const postings = new Postings();
        entries.forEach(({ term, value }, document) => postings.add(term, document, value));
        const read = (from: Postings, term: number) => {
          const list: [number, number][] = [];
          from.each(term, (document, value) => list.push([document, value]));
          return list;
        };
        const kept = (document: number) => document % (modulus + 2) !== 0;
        let next = 0;
        const places = Int32Array.from(entries, (_, document) => (kept(document) ? next++ : -1));
        const compacted = postings.compact(places);
        for (let term = 0; term <= 20; term += 1) {
          const own = entries.flatMap((added, document) => (added.term === term ? [[document, added.value] as const] : []));
          expect(read(postings, term)).toEqual(own);
          expect(postings.count(term)).toBe(own.length);
          expect(read(compacted, term)).toEqual(own.flatMap(([document, value]) => (kept(document) ? [[places[document], value]] : [])));
        }
      }),
    );
  });
});

it('the first of many are those that sorting all would put first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat(30), (items, count) => {
      const compare = (a: number, b: number) => a - b;
      expect(topOf(items, count, compare)).toEqual([...items].sort(compare).slice(0, count));
    }),
  );
});

describe('text', () => {
  it.each([
    ['monitors', 'monitor'],
    ['monitoring', 'monitor'],
    ['monitored', 'monitor'],
    ['batteries', 'battery'],
    ['glass', 'glass'],
    ['planned', 'plan'],
    ['services', 'service'],
  ])('"%s" and "%s" are one term', (a, b) => expect(stem(a)).toBe(stem(b)));

  it.each([
    ['universe', 'university'],
    ['bed', 'be'],
    ['sing', 's'],
  ])('"%s" and "%s" are two', (a, b) => expect(stem(a)).not.toBe(stem(b)));

  it('a body is read as its reader does', () => {
    const body =
      '<p>A <b>ward</b> &amp; a <a href="https://x.example/secret">link</a></p><script>code</script> [mark](https://y.example/z "t") https://z.example/q';
    expect(wordsOf(plainText(body)).map(({ text }) => text)).toEqual(['a', 'ward', 'a', 'link', 'mark']);
  });

  it.each([
    ['<!-- ', []],
    ['<script ', ['script']],
    ['<style>', []],
  ])('what nothing closes is text, however often %s stands there', (opening, shown) => {
    const openings = 50_000;
    const body = `<!-- a --><script>b</script>ward<STYLE >c</style >${opening.repeat(openings)}night`;
    const words = wordsOf(plainText(body)).map(({ text }) => text);
    expect(words).toEqual(['ward', ...Array.from({ length: openings }, () => shown).flat(), 'night']);
  });

  it('words stand where they are said to stand, without case and accents', () => {
    const text = 'Für Cafés: OpenTelemetry (K8s) — ﬁne';
    expect(wordsOf(text).map((found) => [found.text, text.slice(found.start, found.end)])).toEqual([
      ['fur', 'Für'],
      ['cafes', 'Cafés'],
      ['opentelemetry', 'OpenTelemetry'],
      ['k8s', 'K8s'],
      ['fine', 'ﬁne'],
    ]);
    expect(wordsAndParts('OpenTelemetry').map((found) => found.text)).toEqual(['opentelemetry', 'open', 'telemetry']);
  });
});

it('an index that was written to for a long time answers as a new one does', () => {
  const offering = (id: number, version: number): OfferingRow => ({
    id,
    documentId: `o${id}`,
    name: `Ward ${['alarm', 'board', 'scribe'][id % 3]!} ${id}`,
    summary: `version ${version} for ${['night', 'day'][id % 2]!} nurses`,
    slug: null,
    permalink: `/offering/${id}`,
    offeringId: id,
    type: 'product',
    editorialStatus: 'approved',
    website: null,
    logo: null,
    createdAt: id,
    topics: [1 + (id % 2)],
  });
  const story = (id: number, version: number): StoryRow => ({
    id,
    documentId: `s${id >> 1}`,
    isPublished: id % 2 === 1,
    title: `Night nurses ${version} and the alarm ${id >> 1}`,
    description: null,
    body: null,
    date: id * 1e8,
    topics: [1 + (id % 2)],
    offerings: [1 + (id % 50)],
  });
  const topics = [1, 2].map((id) => ({ id, documentId: `t${id}`, name: `Topic ${id}`, label: null }));
  const [old, fresh] = [new Engine(), new Engine()];
  for (let version = 0; version < 30; version += 1) {
    const changes = {
      offerings: Array.from({ length: 50 }, (_, index) => offering(index + 1, version)),
      stories: Array.from({ length: 60 }, (_, index) => story(index, version)),
    };
    old.apply({ topics, ...changes });
    if (version === 29) fresh.apply({ topics, ...changes });
  }
  const removed = { offerings: [3], stories: [4, 5], topics: [] };
  for (const engine of [old, fresh]) engine.apply({ removed });
  const asked = { access: EVERYTHING, state: 'draft' as const };
  const suggest = (engine: Engine) =>
    engine.suggest({ story: { title: 'The alarm of night nurses', topics: ['t1'] }, limit: 20, exclude: [], ...asked });
  expect(
    suggest(old)
      .map(({ offering: { documentId } }) => documentId)
      .sort(),
  ).toEqual(
    suggest(fresh)
      .map(({ offering: { documentId } }) => documentId)
      .sort(),
  );
  for (const q of ['alarm', 'nigth', 'version 29', '17', '']) {
    const found = old.search({ q, sort: 'name', ...asked });
    expect(found).toEqual(fresh.search({ q, sort: 'name', ...asked }));
    expect(found.data.length).toBeGreaterThan(0);
  }
  expect(old.sizes()).toEqual({ offerings: 49, topics: 2, stories: fresh.sizes().stories });
});

const offeringRow = (id: number, { name, ...rest }: Pick<OfferingRow, 'name'> & Partial<OfferingRow>): OfferingRow => ({
  id,
  documentId: name,
  name,
  summary: null,
  slug: null,
  permalink: null,
  offeringId: null,
  type: null,
  editorialStatus: 'approved',
  website: null,
  logo: null,
  createdAt: id,
  topics: [],
  ...rest,
});

it('gives a list page by page as it gives it whole, and a new one once something was written', () => {
  const ward = (id: number, name: string) => offeringRow(id, { name, createdAt: id % 3 });
  const engine = new Engine();
  engine.apply({ offerings: Array.from({ length: 60 }, (_, index) => ward(index, `Ward ${(index * 7) % 60}`)) });
  const asked = { access: EVERYTHING, state: 'draft' as const };
  for (const sort of ['fit', 'name', 'mostUsed', 'newest'] as const) {
    const names = (start: number, limit: number) => engine.search({ sort, start, limit, ...asked }).data.map(({ name }) => name);
    const inPages = [0, 10, 20, 30, 40, 50].flatMap((start) => names(start, 10));
    expect(inPages).toEqual(names(0, 60));
    expect(new Set(inPages).size).toBe(60);
  }
  engine.apply({ offerings: [ward(99, 'A ward')] });
  expect(engine.search({ sort: 'name', start: 0, limit: 1, ...asked }).data[0]?.name).toBe('A ward');
  const withoutNames = { ...asked, access: { ...EVERYTHING, fields: new Set(['summary'] as const) } };
  expect(engine.search({ sort: 'name', start: 0, limit: 60, ...withoutNames }).data[0]?.name).not.toBe('A ward');
});

it('tells of what a list is filtered by also where a search leaves nothing of it', () => {
  const engine = new Engine();
  const topics = Array.from({ length: 250 }, (_, index) => ({
    id: index,
    documentId: `t${index}`,
    name: `Wire: Topic ${index}`,
    label: null,
  }));
  engine.apply({
    topics: [...topics, { id: 250, documentId: 'rural', name: 'Wire: Rural', label: 'Rural' }],
    offerings: [
      offeringRow(1, { name: 'Larkspur', type: 'product', topics: topics.map(({ id }) => id) }),
      offeringRow(2, { name: 'Doorstep', type: 'service', editorialStatus: 'pending', topics: [250] }),
    ],
  });
  const facets = (access = EVERYTHING) =>
    engine.search({ q: 'larkspur', filters: { topics: ['rural'], types: ['service'], statuses: ['pending'] }, access, state: 'draft' }).meta
      .facets;
  expect(facets().types).toEqual([{ value: 'service', count: 0 }]);
  expect(facets().statuses).toEqual([{ value: 'pending', count: 0 }]);
  expect(facets().topics).toContainEqual({ documentId: 'rural', name: 'Wire: Rural', label: 'Rural', count: 0, shared: false });
  expect(facets({ ...EVERYTHING, fields: new Set(['name'] as const) })).toMatchObject({ topics: [], types: [], statuses: [] });

  const byTopic = engine.search({ q: 'larkspur', filters: { topics: ['t0', 'rural'] }, access: EVERYTHING, state: 'draft' });
  expect(byTopic.meta.facets.topics).toHaveLength(201);
});

it('finds the topic to filter by among more than a list shows, by a part of its name, without accents', () => {
  const engine = new Engine();
  const topics = Array.from({ length: 400 }, (_, id) => ({ id, documentId: `t${id}`, name: `Wire: Santé ${id}`, label: `Santé ${id}` }));
  engine.apply({
    topics,
    offerings: [
      offeringRow(1, { name: 'Larkspur', topics: topics.map(({ id }) => id) }),
      offeringRow(2, { name: 'Doorstep', topics: [399] }),
    ],
  });
  const like = (topicsLike: string, access = EVERYTHING) =>
    engine.search({ topicsLike, access, state: 'draft' }).meta.facets.topics.map(({ documentId, count }) => [documentId, count]);
  expect(like('sante 39')).toEqual([
    ['t399', 2],
    ...['39', '390', '391', '392', '393', '394', '395', '396', '397', '398'].map((id) => [`t${id}`, 1]),
  ]);
  expect(like('nothing')).toEqual([]);
  expect(like('sante', { ...EVERYTHING, fields: new Set(['name'] as const) })).toEqual([]);
  // What narrows the list of topics leaves the list of offerings alone.
  expect(engine.search({ topicsLike: 'sante 399', access: EVERYTHING, state: 'draft' }).meta.total).toBe(2);
});

describe('the reason why an offering fits a story', () => {
  const told = (id: number, name: string, summary: string) => offeringRow(id, { name, summary });
  const story = (id: number, title: string): StoryRow => ({
    id,
    documentId: `s${id}`,
    isPublished: false,
    title,
    description: null,
    body: null,
    date: id,
    topics: [],
    offerings: [],
  });
  const termsFor = (name: string, title: string, others: OfferingRow[] = []): string[] | undefined => {
    const engine = new Engine();
    engine.apply({
      offerings: [
        ...others,
        told(1, 'Visits over Video', 'Tells patients one thing before they become ill: when the dialysis begins'),
        told(2, 'Ward Board', 'Shows hospital beds'),
        told(3, 'Ledger', 'Tells one what is owed'),
      ],
      stories: Array.from({ length: 12 }, (_, index) => story(index, `Patients and the ${index}th week`)),
    });
    const asked = { access: EVERYTHING, state: 'draft' as const };
    const suggestions = engine.suggest({ story: { title }, limit: 5, exclude: [], ...asked });
    const reason = suggestions.find((each) => each.offering.name === name)?.reasons.find(({ kind }) => kind === 'text');
    return reason?.kind === 'text' ? reason.terms : undefined;
  };

  it('names words that say what both are about, and none that any text may hold', () =>
    expect(termsFor('Visits over Video', 'Tell me one thing before we become old: dialysis')).toEqual(['dialysis']));

  it('keeps such a word inside a phrase, and not at its ends', () =>
    expect(termsFor('Visits over Video', 'One visit over video becomes two')).toEqual(['visit over video']));

  it('names no word alone that every other story has', () =>
    expect(termsFor('Visits over Video', 'Patients choose dialysis')).toEqual(['dialysis']));

  it('names a word of which every catalogue is full in a phrase, and not alone', () => {
    const exchange = told(4, 'Exchange', 'Brings data exchange to the dialysis at home');
    expect(termsFor('Exchange', 'Dialysis at home needs data', [exchange])).toEqual(['Dialysis']);
    expect(termsFor('Exchange', 'Dialysis needs data exchange at home', [exchange])).toEqual(['data exchange', 'Dialysis']);
  });

  it('names no word alone that several offerings have', () => {
    const others = [4, 5, 6, 7, 8].map((id) => told(id, `Kit ${id}`, 'Measures glucose'));
    const both = told(9, 'Meter', 'Measures glucose and ketones');
    expect(termsFor('Meter', 'Glucose, and then ketones', [...others, both])).toEqual(['ketones']);
    expect(termsFor('Meter', 'Measures glucose, and then ketones', [...others, both])).toContain('Measures glucose');
  });

  it('names such words where nothing else speaks for the offering', () => expect(termsFor('Ledger', 'Who tells it')).toEqual(['tells']));

  it('names a generic word, and one of the story’s topics, before it says that others picked the offering', () => {
    const reasonsFor = (asked: Story) => {
      const engine = new Engine();
      engine.apply({
        topics: [{ id: 1, documentId: 't1', name: 'Wire: Dialysis', label: 'Dialysis' }],
        offerings: [
          told(1, 'Ward Board', 'Shows what is open now'),
          told(2, 'Lantern', 'Brings light'),
          told(3, 'Dialysis Kit', 'Sends it'),
        ],
        stories: [1, 2, 3].map((id) => ({ ...story(id, `Harvest number ${id}`), offerings: [1, 2, 3] })),
      });
      const found = engine.suggest({ story: asked, limit: 5, exclude: [], access: EVERYTHING, state: 'draft' });
      return Object.fromEntries(found.map(({ offering, reasons }) => [offering.name, reasons]));
    };
    expect(reasonsFor({ title: 'A board, and now light', topics: ['t1'] })).toEqual({
      'Ward Board': [{ kind: 'text', terms: ['board'] }],
      Lantern: [{ kind: 'text', terms: ['light'] }],
      'Dialysis Kit': [{ kind: 'text', terms: ['Dialysis'] }],
    });
    // Words that any text may hold say less than what others did.
    expect(reasonsFor({ title: 'What is open now' })['Ward Board']).toEqual([{ kind: 'popular', stories: 3 }]);
  });
});
