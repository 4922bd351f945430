import { fullAccessToken, rest } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

const TYPES = ['/curated-contents', '/topics', '/offerings'] as const;

/** Kept for the plugin's own use, each in a type that has it; none may ever leave it. */
const PRIVATE = [
  ['extra', 'curated-content'],
  ['slugKey', 'curated-content'],
  ['nameKey', 'topic'],
  ['identityKey', 'offering'],
] as const;

let app: RunningStrapi;
let visitor: ReturnType<typeof rest>;
let owner: ReturnType<typeof rest>;

beforeAll(async () => {
  app = await startStrapi();
  visitor = rest(app.url);
  owner = rest(app.url, await fullAccessToken(app.strapi));
});

afterAll(() => app.stop());

/** Every key of an answer, at any depth. */
const keysOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, below]) => [key, ...keysOf(below)]);
};

describe('permissions', () => {
  it.each(TYPES)('lets everybody read %s, and nobody write them', async (path) => {
    expect(await visitor.get(path)).toMatchObject({ status: 200, body: { data: [], meta: { pagination: { total: 0 } } } });
    expect((await visitor.post(path, { title: 'A', name: 'A' })).status).toBe(403);
    expect((await visitor.put(`${path}/any`, { title: 'A', name: 'A' })).status).toBe(403);
    expect((await visitor.delete(`${path}/any`)).status).toBe(403);
    expect((await owner.get(path)).list).toEqual([]);
  });

  it('answers 404 for an entry that is not there', async () => {
    expect((await visitor.get('/topics/nowhere')).status).toBe(404);
  });
});

describe('a story with its topics and offerings', () => {
  const created: Record<string, string> = {};

  beforeAll(async () => {
    const topic = async (label: string) => {
      const { status, body } = await owner.post('/topics', { name: `News: ${label}`, label, taxonomy: 'News', extra: { kept: true } });
      expect(status).toBe(201);
      return body.data.documentId;
    };
    created.nursing = await topic('Virtual nursing');
    created.monitoring = await topic('Remote monitoring');
    const offering = await owner.post('/offerings', { name: 'Night desk', type: 'service', offeringId: 12, topics: [created.nursing] });
    expect(offering.status).toBe(201);
    created.offering = offering.body.data.documentId;
    for (const [index, title] of ['Calls at night', 'Beds at home', 'Alarms and sleep'].entries()) {
      const { status, body } = await owner.post('/curated-contents', {
        title,
        slug: `story-${index}`,
        date: `2026-03-0${index + 1}`,
        workPackageId: 100 + index,
        topics: [created.monitoring, created.nursing],
        relatedOfferings: [created.offering],
        aliases: ['/news/old'],
        extra: { secret: 'kept for the export' },
      });
      expect(status).toBe(201);
      created[title] = body.data.documentId;
    }
  });

  it('comes with its relations, in their order, when asked for them', async () => {
    const query = 'populate[topics][fields]=label&populate[relatedOfferings][populate]=topics';
    const { status, body } = await visitor.get(`/curated-contents/${created['Beds at home']}?${query}`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      title: 'Beds at home',
      slug: 'story-1',
      date: '2026-03-02',
      workPackageId: 101,
      aliases: ['/news/old'],
      topics: [{ label: 'Remote monitoring' }, { label: 'Virtual nursing' }],
      relatedOfferings: [{ name: 'Night desk', offeringId: 12, topics: [{ name: 'News: Virtual nursing' }] }],
    });
  });

  it('is found by filters on itself and on what it points at', async () => {
    const titles = async (query: string) => (await visitor.get(`/curated-contents?sort=date&${query}`)).list.map(({ title }) => title);
    expect(await titles('filters[workPackageId]=102')).toEqual(['Alarms and sleep']);
    expect(await titles('filters[title][$containsi]=NIGHT')).toEqual(['Calls at night']);
    expect(await titles('filters[topics][label]=Virtual nursing')).toHaveLength(3);
    expect(await titles('filters[relatedOfferings][offeringId]=13')).toEqual([]);
  });

  it('is sorted and paged', async () => {
    const { list, body } = await visitor.get('/curated-contents?sort=date:desc&pagination[page]=2&pagination[pageSize]=2');
    expect(list.map(({ title }) => title)).toEqual(['Calls at night']);
    expect(body.meta.pagination).toEqual({ page: 2, pageSize: 2, pageCount: 2, total: 3 });
  });

  it('is changed and removed', async () => {
    const path = `/curated-contents/${created['Alarms and sleep']}`;
    const changed = await owner.put(path, { title: 'Alarms and rest' });
    expect(changed).toMatchObject({ status: 200, body: { data: { title: 'Alarms and rest', slug: 'story-2' } } });
    expect((await visitor.get(path)).body.data.title).toBe('Alarms and rest');
    expect((await owner.delete(path)).status).toBe(204);
    expect((await visitor.get(path)).status).toBe(404);
  });

  it('shows a draft to nobody who did not ask for drafts', async () => {
    const { body } = await owner.post('/curated-contents?status=draft', { title: 'Not yet', slug: 'not-yet' });
    expect((await visitor.get(`/curated-contents/${body.data.documentId}`)).status).toBe(404);
  });

  it.each(TYPES)('never shows what is private of %s, whoever asks', async (path) => {
    for (const reader of [visitor, owner]) {
      const { list } = await reader.get(`${path}?populate=*`);
      expect(list.length).toBeGreaterThan(0);
      const names = PRIVATE.map(([attribute]): string => attribute);
      expect(keysOf(list).filter((key) => names.includes(key))).toEqual([]);
    }
  });

  it.each(PRIVATE)('neither filters nor sorts by %s, which would give it away bit by bit', async (attribute, type) => {
    // There is something to hide.
    const row = await app.strapi.db.query(`plugin::curation.${type}`).findOne({ where: {} });
    expect(row?.[attribute]).toBeTruthy();

    expect((await visitor.get(`/${type}s?filters[${attribute}][$startsWith]=a`)).status).toBe(400);
    expect((await visitor.get(`/${type}s?sort=${attribute}`)).status).toBe(400);
  });
});

describe('the parent of a topic', () => {
  it('is none that stands below it, however the caller names that', async () => {
    const make = async (name: string, parent: string | null = null) => (await owner.post('/topics', { name, parent })).body.data;
    const top = await make('Tree: top');
    const middle = await make('Tree: middle', top.documentId);
    const low = await make('Tree: low', middle.documentId);
    const aside = await make('Tree: aside');
    const refused = async (of: { documentId: string }, parent: unknown) => {
      const { status, body } = await owner.put(`/topics/${of.documentId}`, { parent });
      const error = body.error as { message: string; details: { errors: { path: string[] }[] } } | undefined;
      return [status, error?.message, error?.details.errors[0]!.path];
    };
    const below = [400, 'The topic "Tree: low" stands below this one, and cannot be its parent.', ['parent']];
    expect(await refused(top, low.documentId)).toEqual(below);
    expect(await refused(top, { connect: [{ documentId: low.documentId }] })).toEqual(below);
    expect(await refused(top, { set: [low.documentId] })).toEqual(below);
    expect(await refused(top, low.id)).toEqual(below);
    expect(await refused(middle, middle.documentId)).toEqual([400, 'A topic cannot be its own parent.', ['parent']]);
    const parentOf = async ({ documentId }: { documentId: string }) =>
      ((await owner.get(`/topics/${documentId}?populate=parent`)).body.data.parent as { name: string } | null)?.name;
    expect([await parentOf(top), await parentOf(middle)]).toEqual([undefined, 'Tree: top']);

    expect(await refused(low, { connect: [aside.documentId], disconnect: [middle.documentId] })).toEqual([200, undefined, undefined]);
    expect(await refused(top, low.documentId)).toEqual([200, undefined, undefined]);
    expect([await parentOf(low), await parentOf(top)]).toEqual(['Tree: aside', 'Tree: low']);
    expect(await refused(aside, null)).toEqual([200, undefined, undefined]);
    expect(await refused(top, { disconnect: [low.documentId] })).toEqual([200, undefined, undefined]);
    for (const { documentId } of [low, middle, top, aside]) await owner.delete(`/topics/${documentId}`);
  });
});
