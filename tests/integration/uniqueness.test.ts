import { documents as service } from '../support/documents';
import { fullAccessToken, rest } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

const TYPES = { 'curated-contents': 'curated-content', topics: 'topic', offerings: 'offering' } as const;
type Route = keyof typeof TYPES;

interface Details {
  errors: { path: string[]; message: string }[];
}

let running: RunningStrapi;
let api: ReturnType<typeof rest>;

beforeAll(async () => {
  running = await startStrapi();
  api = rest(running.url, await fullAccessToken(running.strapi));
});
afterAll(() => running.stop());

const documents = (route: Route) => service(running.strapi, TYPES[route]);
const query = (route: Route) => running.strapi.db.query(`plugin::curation.${TYPES[route]}`);
const problem = async (promise: Promise<unknown>) => {
  const error = (await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as { name: string; message: string; details: Details } | undefined;
  return error && { name: error.name, message: error.message, path: error.details.errors[0]?.path };
};

/** 40 requests at once, of which exactly one may win; the others hear why, at the attribute. */
const race = async (route: Route, attribute: string, data: (n: number) => object, where: object) => {
  const replies = await Promise.all(Array.from({ length: 40 }, (_, n) => api.post(`/${route}`, data(n))));
  const refused = replies.filter(({ status }) => status === 400).map(({ body }) => body.error);
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(refused).toHaveLength(39);
  for (const { name, message, details } of refused) {
    expect(name).toBe('ValidationError');
    expect((details as Details).errors).toEqual([{ path: [attribute], message, name: 'ValidationError' }]);
    expect(message).toMatch(/(is taken by|belongs to) the (story|topic|offering) "/);
  }
  const rows = await query(route).findMany({ where });
  expect(new Set(rows.map(({ documentId }: { documentId: string }) => documentId)).size).toBe(1);
};

describe('forty parallel requests', () => {
  test('for one slug of a story', () =>
    race('curated-contents', 'slug', (n) => ({ title: `Race ${n}`, slug: 'one-slug' }), { slug: 'one-slug' }));

  test('for one slug of a topic, in several letter cases', () =>
    race('topics', 'slug', (n) => ({ name: `Race ${n}`, slug: n % 2 ? 'Topic-Slug' : 'topic-slug' }), { slug: { $eqi: 'topic-slug' } }));

  test('for one topic name, in several letter cases and with blanks', () =>
    race('topics', 'name', (n) => ({ name: ['Tele health', ' tele  HEALTH', 'TELE HEALTH '][n % 3], slug: `race-${n}` }), {
      slug: { $startsWith: 'race-' },
    }));

  test('for one offering id', () =>
    race('offerings', 'offeringId', (n) => ({ name: `Flow ${n}`, slug: `flow-${n}`, offeringId: 5927 }), { offeringId: 5927 }));

  test('for one permalink without an id', () =>
    race('offerings', 'permalink', (n) => ({ name: `Chart ${n}`, slug: `chart-${n}`, permalink: '/offering/chart' }), {
      permalink: '/offering/chart',
    }));

  test('for one story through the Document Service, inside transactions of their own', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        running.strapi.db.transaction(() =>
          documents('curated-contents').create({ data: { title: `Inner ${n}`, slug: 'inner' }, status: 'published' }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      // A transaction of the caller's own that MariaDB gave up is the caller's to make again.
      if (result.status === 'rejected' && (result.reason as { code?: string }).code !== 'ER_LOCK_DEADLOCK') {
        expect(result.reason).toMatchObject({ name: 'ValidationError', attribute: 'slug' });
      }
    }
    expect(await query('curated-contents').count({ where: { slug: 'inner' } })).toBe(2);
  });
});

describe('the second of two', () => {
  test('is told who has the slug', async () => {
    await api.post('/curated-contents', { title: 'The first', slug: 'taken' });
    const { status, body } = await api.post('/curated-contents', { title: 'The second', slug: 'TAKEN' });
    const message = 'The slug "TAKEN" is taken by the story "The first". Choose another one, or leave it empty to get a free one.';
    expect(status).toBe(400);
    expect(body.error).toEqual({
      status: 400,
      name: 'ValidationError',
      message,
      details: { errors: [{ path: ['slug'], message, name: 'ValidationError' }] },
    });
  });

  test('is refused on an update too', async () => {
    const { body: first } = await api.post('/topics', { name: 'Update one', slug: 'update-one' });
    const { body: second } = await api.post('/topics', { name: 'Update two' });
    expect((await api.put(`/topics/${second.data.documentId}`, { slug: 'update-one' })).body.error.message).toContain('"Update one"');
    expect((await api.put(`/topics/${second.data.documentId}`, { name: 'update ONE' })).body.error.details).toMatchObject({
      errors: [{ path: ['name'] }],
    });
    expect((await api.put(`/topics/${first.data.documentId}`, { name: 'update ONE', slug: 'Update-One' })).status).toBe(200);
  });

  test('is refused when one update brings its permalink or drops its id', async () => {
    await api.post('/offerings', { name: 'Held', permalink: '/offering/held' });
    const { body } = await api.post('/offerings', { name: 'Other', permalink: '/offering/Held', offeringId: 77 });
    const path = `/offerings/${body.data.documentId}`;
    expect((await api.put(path, { summary: 'As before' })).status).toBe(200);
    expect((await api.put(path, { offeringId: null })).body.error.details).toMatchObject({ errors: [{ path: ['permalink'] }] });
    expect((await api.put(path, { offeringId: 78 })).status).toBe(200);
    expect((await api.put(path, { permalink: '/offering/free' })).status).toBe(200);
    expect((await api.put(path, { offeringId: null })).status).toBe(200);
  });

  test('has no slug that the published version of another still has', async () => {
    const { body } = await api.post('/curated-contents', { title: 'Moves away', slug: 'old-home' });
    await documents('curated-contents').update({ documentId: body.data.documentId, data: { slug: 'new-home' } });
    expect(await problem(documents('curated-contents').create({ data: { title: 'Moves in', slug: 'old-home' } }))).toMatchObject({
      path: ['slug'],
      message: expect.stringContaining('"Moves away"') as string,
    });
  });

  test('may have no slug at all', async () => {
    await query('topics').createMany({ data: [{ name: 'Bare 1' }, { name: 'Bare 2' }] });
    expect(await query('topics').count({ where: { name: { $startsWith: 'Bare' }, slugKey: { $null: true } } })).toBe(2);
  });
});

describe('one entry', () => {
  const create = async (title: string) => {
    const { documentId } = await documents('curated-contents').create({ data: { title, slug: title.toLowerCase().replaceAll(' ', '-') } });
    return documentId;
  };
  const keys = async (documentId: string) =>
    ((await query('curated-contents').findMany({ where: { documentId } })) as { slugKey: string }[]).map(({ slugKey }) => slugKey);

  test('is published, changed, published again, discarded and unpublished', async () => {
    const documentId = await create('Comes and goes');
    const story = documents('curated-contents');
    await story.publish({ documentId });
    expect(new Set(await keys(documentId)).size).toBe(2);

    await story.update({ documentId, data: { slug: 'renamed' } });
    await story.discardDraft({ documentId });
    expect((await story.findOne({ documentId })).slug).toBe('comes-and-goes');

    await story.update({ documentId, data: { slug: 'renamed' } });
    await story.publish({ documentId });
    await story.unpublish({ documentId });
    expect(await keys(documentId)).toHaveLength(1);
    expect((await api.post('/curated-contents', { title: 'New', slug: 'comes-and-goes' })).status).toBe(201);
    expect((await api.post('/curated-contents', { title: 'New', slug: 'renamed' })).status).toBe(400);
  });

  test('is published with others at once', async () => {
    const ids = await Promise.all(['Bulk one', 'Bulk two', 'Bulk three'].map(create));
    const manager: {
      publishMany(uid: string, ids: string[]): Promise<number>;
      unpublishMany(ids: string[], uid: string): Promise<{ count: number }>;
    } = running.strapi.plugin('content-manager').service('document-manager');
    expect(await manager.publishMany('plugin::curation.curated-content', ids)).toBe(3);
    expect((await manager.unpublishMany(ids, 'plugin::curation.curated-content')).count).toBe(3);
  });

  test('frees what it had when it goes', async () => {
    const documentId = await create('Short lived');
    await documents('curated-contents').delete({ documentId });
    expect(await create('Short lived')).not.toBe(documentId);
  });
});

describe('a query of the app', () => {
  const topic = (name: string) => query('topics').create({ data: { name, slug: name } }) as Promise<{ id: number; slugKey: string }>;
  const stored = (id: number) => query('topics').findOne({ where: { id } }) as Promise<{ slugKey: string; nameKey: string; slug: string }>;

  test('cannot write the technical columns', async () => {
    const { id, slugKey } = await topic('Own columns');
    await query('topics').update({ where: { id }, data: { slugKey: null, description: 'x' } });
    expect((await stored(id)).slugKey).toBe(slugKey);
    await query('topics').updateMany({ where: { id }, data: { slugKey: null, description: 'y' } });
    expect((await stored(id)).slugKey).toBe(slugKey);
  });

  test('changes the slug of many rows at most into different ones', async () => {
    const [one, two] = [await topic('Many 1'), await topic('Many 2')];
    const both = query('topics').updateMany({ where: { id: { $in: [one.id, two.id] } }, data: { slug: 'many' } });
    await expect(both).rejects.toMatchObject({ code: expect.stringMatching(/UNIQUE|23505|DUP/) as string });
    expect(await stored(one.id)).toMatchObject({ slug: 'Many 1', slugKey: one.slugKey });
    await query('topics').updateMany({ where: { id: one.id }, data: { slug: 'many' } });
    expect((await api.post('/topics', { name: 'Many', slug: 'many' })).status).toBe(400);
  });

  test('changes the slug of a draft and its published version together', async () => {
    const { body } = await api.post('/curated-contents', { title: 'Both', slug: 'both' });
    const where = { documentId: body.data.documentId };
    await query('curated-contents').updateMany({ where, data: { slug: 'both-new' } });
    expect((await api.post('/curated-contents', { title: 'Both', slug: 'both' })).status).toBe(201);
    expect((await api.post('/curated-contents', { title: 'Both', slug: 'both-new' })).status).toBe(400);
    const [row] = (await query('curated-contents').findMany({ where })) as { id: number }[];
    await query('curated-contents').update({ where: { id: row!.id }, data: { slug: 'both-newer' } });
    expect((await api.post('/curated-contents', { title: 'Both', slug: 'both-newer' })).status).toBe(400);
  });

  test('keeps the promise when a subscriber of the app sets the slug', async () => {
    const unsubscribe = running.strapi.db.lifecycles.subscribe({
      models: ['plugin::curation.topic'],
      beforeCreate: ({ params }) => void ((params.data as { slug: string }).slug = 'from-the-app'),
      beforeUpdate: ({ params }) => void ((params.data as { slug: string }).slug = 'from-the-app-2'),
    });
    try {
      const first = await documents('topics').create({ data: { name: 'App one' } });
      expect(first.slug).toBe('from-the-app');
      expect(await problem(documents('topics').create({ data: { name: 'App two' } }))).toMatchObject({ path: ['slug'] });
      expect(await query('topics').count({ where: { slug: 'from-the-app' } })).toBe(1);
      await documents('topics').update({ documentId: first.documentId, data: { description: 'x' } });
    } finally {
      unsubscribe();
    }
    expect((await api.post('/topics', { name: 'App three', slug: 'from-the-app-2' })).status).toBe(400);
    expect((await api.post('/topics', { name: 'App three', slug: 'from-the-app' })).status).toBe(201);
  });

  test('costs nothing more when it changes other attributes', async () => {
    const { id } = await topic('Cheap');
    const statements: string[] = [];
    const knex = running.strapi.db.connection;
    const count = ({ sql }: { sql: string }) => statements.push(sql);
    knex.on('query', count);
    await query('topics').update({ where: { id }, data: { description: 'x' } });
    knex.off('query', count);
    // Strapi's own and the one that its update makes; what reads the entry to refresh its answer is a query of another kind.
    expect(statements.filter((sql) => /select/i.test(sql) && /curation_topics\W+as\W+t0\b/.test(sql))).toHaveLength(2);
  });
});
