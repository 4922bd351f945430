import { once } from 'node:events';
import net from 'node:net';
import { text as streamText } from 'node:stream/consumers';

import { deliveriesOf } from '../support/deliveries';
import { documents } from '../support/documents';
import { startStrapi, type RunningStrapi } from '../support/strapi';
import { createSyncClient } from '../support/sync-client';

let app: RunningStrapi;
let table: ReturnType<typeof deliveriesOf>;
const tokens = {} as Record<'owner' | 'reader' | 'whole' | 'storiesOnly' | 'listsOnly' | 'none', string>;

/** Those of the playground, and Strapi's own compression. */
const MIDDLEWARES = ['errors', 'compression', 'security', 'cors', 'poweredBy', 'query', 'body', 'session', 'favicon', 'public'].map(
  (name) => `strapi::${name}`,
);

const FIND = ['plugin::curation.delivery.find', 'plugin::curation.delivery.findOne'];

const makeToken = async (name: string, type: string, permissions?: string[]): Promise<string> => {
  const service: { create(values: object): Promise<{ accessKey: string }> } = app.strapi.service('admin::api-token') as never;
  const { accessKey } = await service.create({
    name,
    description: '',
    kind: 'content-api',
    type,
    lifespan: null,
    ...(permissions && { permissions }),
  });
  return accessKey;
};

interface Reply {
  status: number;
  headers: Headers;
  body: any;
}

const get = async (path: string, { token = tokens.reader, headers = {}, method = 'GET' }: any = {}): Promise<Reply> => {
  const response = await fetch(`${app.url}/api/curation/delivery${path}`, {
    method,
    headers: { 'accept-encoding': 'identity', ...(token && { authorization: `Bearer ${token}` }), ...headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
};

const ids: Record<string, string> = {};

beforeAll(async () => {
  app = await startStrapi({ config: { middlewares: MIDDLEWARES } });
  table = deliveriesOf(app.strapi);
  tokens.owner = await makeToken('owner', 'full-access');
  tokens.reader = await makeToken('reader', 'read-only');
  tokens.whole = await makeToken('whole', 'custom', [...FIND, 'plugin::curation.topic.find', 'plugin::curation.offering.find']);
  tokens.storiesOnly = await makeToken('stories only', 'custom', FIND);
  tokens.listsOnly = await makeToken('lists only', 'custom', FIND.slice(0, 1));
  tokens.none = await makeToken('none', 'custom', ['plugin::curation.curated-content.find']);

  const stories = documents(app.strapi, 'curated-content');
  for (const name of ['Night', 'Day'])
    ids[name] = (await documents(app.strapi, 'topic').create({ data: { name: `Wards: ${name}`, label: name } })).documentId;
  ids.owl = (
    await documents(app.strapi, 'offering').create({ data: { name: 'Owl', permalink: '/offering/owl', topics: [ids.Night] } })
  ).documentId;
  for (let index = 1; index <= 5; index += 1) {
    const { documentId } = await stories.create({
      data: {
        title: `Story ${index}`,
        slug: `story-${index}`,
        date: `2024-01-0${index}`,
        brand: index % 2 ? 'odd.example' : 'even.example',
        identifier: 'News',
        topics: [ids[index < 4 ? 'Night' : 'Day']],
        relatedOfferings: index === 1 ? [ids.owl] : [],
        extra: { secret: 'hidden' },
      },
    });
    await stories.publish({ documentId });
    ids[`story-${index}`] = documentId;
  }
  await stories.create({ data: { title: 'A draft', slug: 'a-draft', topics: [ids.Night] } });
  await table.settled();
});

afterAll(() => app.stop());

const MINUTE = 60_000;

/** Does something as if the clock said so much more. */
const at = async <T>(ahead: number, work: () => Promise<T>): Promise<T> => {
  const now = Date.now.bind(Date);
  const spy = jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
  return work().finally(() => spy.mockRestore());
};

const slugs = ({ body }: Reply): string[] => body.data.map(({ slug }: { slug: string }) => slug);

describe('contents', () => {
  it('come newest first, page by page', async () => {
    const first = await get('/contents?limit=2');
    expect(slugs(first)).toEqual(['story-5', 'story-4']);
    const second = await get(`/contents?limit=2&after=${first.body.meta.next}`);
    expect(slugs(second)).toEqual(['story-3', 'story-2']);
    const third = await get(`/contents?limit=2&after=${second.body.meta.next}`);
    expect(slugs(third)).toEqual(['story-1']);
    expect(third.body.meta).toEqual({ next: null });
  });

  it.each([
    ['topic=wards-night', ['story-3', 'story-2', 'story-1']],
    ['offering=owl', ['story-1']],
    ['brand=even.example', ['story-4', 'story-2']],
    ['identifier=News&topic=wards-day', ['story-5', 'story-4']],
    ['topic=wards-night&brand=odd.example', ['story-3', 'story-1']],
    ['topic=nowhere', []],
  ])('are filtered by %s', async (query, expected) => {
    expect(slugs(await get(`/contents?${query}`))).toEqual(expected);
  });

  it('are found by slug, with all that they embed, and no draft is', async () => {
    const { body } = await get('/contents/story-1');
    expect((await get('/contents/STORY-1')).body).toEqual(body);
    expect((await get('/contents?topic=Wards-Night')).body).toEqual((await get('/contents?topic=wards-night')).body);
    expect(body.data).toMatchObject({
      documentId: ids['story-1'],
      breadcrumbs: ['Home', 'News', 'Story 1'],
      topics: [{ documentId: ids.Night, label: 'Night' }],
      relatedOfferings: [{ documentId: ids.owl, permalink: '/offering/owl' }],
    });
    expect(JSON.stringify(body)).not.toContain('hidden');
    expect(await get('/contents/a-draft')).toMatchObject({
      status: 404,
      body: { data: null, error: { status: 404, name: 'NotFoundError' } },
    });
  });

  it.each([
    ['limit=0', /^limit: /],
    ['limit=1000', /^limit: /],
    ['after=%21', /^after: /],
    ['populate=*', /^Unrecognized key: "populate"$/],
  ])('refuse ?%s', async (query, message) => {
    expect(await get(`/contents?${query}`)).toMatchObject({
      status: 400,
      body: { data: null, error: { name: 'ValidationError', message: expect.stringMatching(message) } },
    });
  });
});

describe('topics and offerings', () => {
  it('come with the number of their stories', async () => {
    const { body } = await get('/topics');
    expect(body.data.map(({ label, contentCount }: any) => [label, contentCount])).toEqual([
      ['Day', 2],
      ['Night', 3],
    ]);
    expect((await get('/offerings')).body.data).toMatchObject([{ slug: 'owl', contentCount: 1, topics: [{ label: 'Night' }] }]);
  });

  it('are found by slug, with their stories page by page', async () => {
    const first = await get('/topics/wards-night?limit=2');
    expect(first.body.data).toMatchObject({ label: 'Night', contentCount: 3, contents: [{ slug: 'story-3' }, { slug: 'story-2' }] });
    const second = await get(`/topics/wards-night?limit=2&after=${first.body.meta.next}`);
    expect(second.body.data.contents).toMatchObject([{ slug: 'story-1' }]);
    expect((await get('/offerings/owl')).body.data).toMatchObject({ contentCount: 1, contents: [{ slug: 'story-1' }] });
    expect((await get('/topics/nowhere')).status).toBe(404);
  });
});

describe('permissions', () => {
  it.each([
    ['owner', 200, true],
    ['reader', 200, true],
    ['whole', 200, true],
    ['storiesOnly', 200, false],
  ] as const)('a token (%s) is answered %s, with topics and offerings: %s', async (name, status, isWhole) => {
    const token = tokens[name];
    for (const path of ['/contents/story-1', '/contents?limit=1&brand=odd.example', '/sync?limit=1']) {
      const { body, ...reply } = await get(path, { token });
      expect(reply.status).toBe(status);
      const story = path.startsWith('/sync') ? body.data.items[0] : [body.data].flat()[0];
      expect(['topics', 'relatedOfferings'].map((key) => key in story)).toEqual([isWhole, isWhole]);
      if (!isWhole) expect(reply.headers.get('surrogate-key')).not.toContain(ids.Night);
    }
    expect((await get('/topics', { token })).status).toBe(isWhole ? 200 : 403);
    expect((await get('/contents?topic=wards-night', { token })).status).toBe(isWhole ? 200 : 400);
  });

  it.each([
    ['owner', 200, 200, 200],
    ['reader', 200, 200, 200],
    ['whole', 200, 200, 200],
    ['storiesOnly', 200, 200, 404],
    ['listsOnly', 200, 403, 403],
    ['none', 403, 403, 403],
    [undefined, 403, 403, 403],
  ] as const)('of lists, of one and of a topic: a token (%s) is answered %s, %s, %s about addresses', async (name, all, one, topic) => {
    const headers: Record<string, string> = name ? { authorization: `Bearer ${tokens[name]}` } : {};
    const statusOf = async (path: string) => (await fetch(`${app.url}/api/curation/delivery${path}`, { headers })).status;
    for (const path of ['/redirects', '/redirects?format=netlify', '/feed.rss', '/feed.atom', '/feed.json', '/sitemap.xml', '/contents'])
      expect([path, await statusOf(path)]).toEqual([path, all]);
    for (const path of ['/resolve?path=/story-1', '/contents/story-1']) expect([path, await statusOf(path)]).toEqual([path, one]);
    expect([await statusOf('/resolve?path=/topic/wards-night'), await statusOf('/feed.rss?topic=wards-night')]).toEqual([
      topic,
      name === 'listsOnly' || name === 'storiesOnly' ? 404 : topic,
    ]);
  });

  it.each(['none', undefined] as const)('a token without it (%s) is refused', async (name) => {
    for (const path of ['/contents', '/contents/story-1', '/topics', '/offerings/owl', '/sync'])
      expect((await get(path, { token: name ? tokens[name] : null })).status).toBe(403);
  });

  it.each([
    ['nothing', [], 403, 403],
    ['lists', FIND.slice(0, 1), 200, 403],
    ['one', FIND.slice(1), 403, 200],
    ['both', FIND, 200, 200],
  ] as const)('the public whose role may see %s is answered so on every route', async (_, actions, all, one) => {
    const role = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
    const permissions = app.strapi.db.query('plugin::users-permissions.permission');
    const seen = [...actions, 'plugin::curation.topic.find', 'plugin::curation.offering.find'];
    const made = await Promise.all(seen.map((action) => permissions.create({ data: { action, role: role.id } })));
    const statusOf = async (path: string) => [path, (await fetch(`${app.url}/api/curation/delivery${path}`)).status];
    for (const path of ['/contents', '/topics', '/offerings', '/sync', '/redirects', '/redirects?format=nginx', '/sitemap.xml'])
      expect(await statusOf(path)).toEqual([path, all]);
    for (const form of ['rss', 'atom', 'json']) expect(await statusOf(`/feed.${form}`)).toEqual([`/feed.${form}`, all]);
    for (const path of ['/contents/story-1', '/topics/wards-night', '/offerings/owl', '/resolve?path=/story-1'])
      expect(await statusOf(path)).toEqual([path, one]);
    await Promise.all(made.map(({ id }) => permissions.delete({ where: { id } })));
  });

  it('the public reads what its role may, and what it gets may be kept by caches', async () => {
    const role = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
    const permissions = app.strapi.db.query('plugin::users-permissions.permission');
    const made = await Promise.all(FIND.map((action) => permissions.create({ data: { action, role: role.id } })));
    const topic = await permissions.findOne({ where: { action: 'plugin::curation.topic.find', role: role.id } });
    const { status, headers, body } = await get('/contents/story-1', { token: null });
    expect(status).toBe(200);
    expect('topics' in body.data).toBe(Boolean(topic));
    expect(headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=600');
    expect(headers.get('vary')).toMatch(/Authorization/);
    expect((await get('/contents/story-1')).headers.get('cache-control')).toBe('private, no-cache');
    await Promise.all(made.map(({ id }) => permissions.delete({ where: { id } })));
  });

  describe('of the public, while many ask', () => {
    const MANY = 40;
    let readings = 0;
    let made: { id: number }[];
    const permissions = () => app.strapi.db.query('plugin::users-permissions.permission');
    /** Requests that are all there when the server looks. @returns what each is answered with */
    const askOften = async (path: string): Promise<Promise<number>[]> => {
      const { hostname, port } = new URL(app.url);
      const sockets = Array.from({ length: MANY }, () => net.connect(Number(port), hostname));
      const write = (socket: net.Socket, words: string, connection: string) =>
        socket.write(`${words} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: ${connection}\r\n\r\n`);
      // Node takes on one connection a turn: only who has been answered is surely there.
      await Promise.all(sockets.map((socket) => (write(socket, 'HEAD /_health', 'keep-alive'), once(socket, 'data'))));
      return sockets.map(async (socket) => {
        write(socket, `GET ${path}`, 'close');
        return Number(/^HTTP\/1.1 (\d+)/.exec(await streamText(socket))![1]);
      });
    };
    const statusesOf = async (path: string) => [...new Set(await Promise.all(await askOften(path)))];
    const CONTENTS = '/api/curation/delivery/contents?limit=1';

    beforeAll(async () => {
      app.strapi.db.lifecycles.subscribe({
        models: ['plugin::users-permissions.permission'],
        beforeFindMany: () => void (readings += 1),
      });
      const role = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
      made = await Promise.all(
        [...FIND, 'plugin::upload.content-api.find'].map((action) => permissions().create({ data: { action, role: role.id } })),
      );
    });

    beforeEach(() => {
      readings = 0;
    });

    it('are read for many requests at once', async () => {
      expect(await statusesOf(CONTENTS)).toEqual([200]);
      expect(readings).toBeGreaterThan(0);
      expect(readings).toBeLessThan(MANY / 2);
    });

    it('are read for each request to what is not of this plugin', async () => {
      expect(await statusesOf('/api/upload/files')).toEqual([200]);
      expect(readings).toBe(MANY);
    });

    it('are gone for who asks after they were taken away', async () => {
      const early = await askOften(CONTENTS);
      await Promise.race(early);
      await Promise.all(made.map(({ id }) => permissions().delete({ where: { id } })));
      expect(await statusesOf(CONTENTS)).toEqual([403]);
      await Promise.all(early);
    });
  });
});

describe('HTTP', () => {
  const PATHS = ['/contents', '/contents/story-1', '/topics', '/topics/wards-night', '/offerings', '/offerings/owl', '/sync'];

  it.each(PATHS)('%s is told to be the same, or sent', async (path) => {
    const first = await get(path);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    expect(Date.parse(first.headers.get('last-modified')!)).toBeLessThanOrEqual(Date.now());
    const again = await get(path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, null, etag]);
    expect((await get(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    await at(MINUTE, async () => {
      const date = (await get(path)).headers.get('last-modified');
      expect((await get(path, { headers: { 'if-modified-since': date } })).status).toBe(304);
    });
    expect((await get(path, { token: tokens.storiesOnly, headers: { 'if-none-match': etag } })).status).not.toBe(304);
    const head = await get(path, { method: 'HEAD' });
    expect([head.status, head.body, head.headers.get('etag'), head.headers.get('content-length')]).toEqual([
      200,
      null,
      etag,
      String(Buffer.byteLength(JSON.stringify(first.body))),
    ]);
  });

  it('a caller who may see less than before, or more, is sent it, whatever its date', async () => {
    const role = await app.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });
    const permissions = app.strapi.db.query('plugin::users-permissions.permission');
    const allow = async (action: string) => (await permissions.create({ data: { action, role: role.id } })).id as number;
    const topics = 'plugin::curation.topic.find';
    await permissions.deleteMany({ where: { action: topics } });
    const made = await Promise.all(FIND.map(allow));
    const ask = (date?: string | null) => get('/contents/story-1', { token: null, headers: date ? { 'if-modified-since': date } : {} });
    const dateOf = ({ headers }: Reply) => headers.get('last-modified');
    const before = await at(3 * MINUTE, () => ask());
    expect((await at(4 * MINUTE, () => ask(dateOf(before)))).status).toBe(304);
    await allow(topics);
    const after = await at(5 * MINUTE, () => ask(dateOf(before)));
    expect([after.status, 'topics' in after.body.data, 'topics' in before.body.data]).toEqual([200, true, false]);
    expect((await at(6 * MINUTE, () => ask(dateOf(after)))).status).toBe(304);
    await Promise.all(made.map((id) => permissions.delete({ where: { id } })));
  });

  it.each(['/contents?topic=wards-day', '/contents/by-the-second', '/sync', '/feed.json'])(
    '%s is sent again by its date, too, when it changed twice within a second',
    async (path) => {
      const write = (title: string) =>
        documents(app.strapi, 'curated-content').create({
          data: { title, slug: 'by-the-second', topics: [ids.Day] },
          status: 'published',
        });
      const { documentId } = await write('First');
      const headers = { 'if-modified-since': (await get(path)).headers.get('last-modified') };
      await documents(app.strapi, 'curated-content').delete({ documentId });
      const again = await write('Second');
      expect((await get(path, { headers })).status).toBe(200);
      await documents(app.strapi, 'curated-content').delete({ documentId: again.documentId });
    },
  );

  it('a list that is again what it was is sent to who got another one meanwhile, from another node', async () => {
    const path = '/contents?topic=wards-day';
    const before = await get(path);
    const { documentId } = await at(MINUTE, () =>
      documents(app.strapi, 'curated-content').create({ data: { title: 'A guest', topics: [ids.Day] }, status: 'published' }),
    );
    // Nothing is asked of this node: it does not see the guest.
    const { changedAt } = await at(MINUTE, () => table.generation());
    const headers = { 'if-modified-since': new Date(changedAt + 1_000).toUTCString() };
    await at(2 * MINUTE, () => documents(app.strapi, 'curated-content').delete({ documentId }));
    const after = await at(2 * MINUTE, () => get(path, { headers }));
    expect([after.status, after.headers.get('etag')]).toEqual([200, before.headers.get('etag')]);
  });

  it('names what an answer is made of', async () => {
    const { headers } = await get('/contents/story-1');
    expect(headers.get('surrogate-key')).toBe([ids['story-1'], ids.Night, ids.owl].join(' '));
    expect(headers.get('cache-tag')).toBe([ids['story-1'], ids.Night, ids.owl].join(','));
    expect((await get('/contents?limit=1')).headers.get('surrogate-key')).toBe(['contents', ids['story-5'], ids.Day].join(' '));
  });

  it('is compressed, under an ETag of its own, and both are known again', async () => {
    const response = await fetch(`${app.url}/api/curation/delivery/contents`, {
      headers: { 'accept-encoding': 'gzip', authorization: `Bearer ${tokens.reader}` },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const etag = response.headers.get('etag')!;
    expect(etag).toMatch(/-gzip"$/);
    expect(await response.json()).toEqual((await get('/contents')).body);
    expect((await get('/contents', { headers: { 'if-none-match': etag, 'accept-encoding': 'gzip' } })).status).toBe(304);
  });

  it("is not compressed in another way by Strapi's own compression, under an ETag that says nothing of it", async () => {
    const ask = (encodings: string) =>
      fetch(`${app.url}/api/curation/delivery/contents`, {
        headers: { 'accept-encoding': encodings, authorization: `Bearer ${tokens.reader}` },
      });
    const [plain, deflated] = [await ask('identity'), await ask('deflate')];
    expect([deflated.headers.get('content-encoding'), deflated.headers.get('etag')]).toEqual([null, plain.headers.get('etag')]);
    expect(await deflated.json()).toEqual(await plain.json());
    expect((await ask('gzip, deflate, br, zstd')).headers.get('content-encoding')).toBe('br');
  });

  it('lists change with their stories, and only then', async () => {
    const stories = documents(app.strapi, 'curated-content');
    const night = await get('/contents?topic=wards-night');
    const day = await get('/contents?topic=wards-day');
    await stories.update({ documentId: ids['story-5']!, data: { title: 'Story 5, retold' } });
    await stories.publish({ documentId: ids['story-5']! });
    const headers = (reply: Reply) => ({ headers: { 'if-none-match': reply.headers.get('etag') } });
    expect((await get('/contents?topic=wards-night', headers(night))).status).toBe(304);
    const changed = await get('/contents?topic=wards-day', headers(day));
    expect([changed.status, changed.body.data[0].title]).toEqual([200, 'Story 5, retold']);
  });
});

describe('what was written', () => {
  it('is told at once, also while somebody holds the entry who writes it again', async () => {
    const { documentId } = await documents(app.strapi, 'curated-content').create({
      data: { title: 'Held', slug: 'held', date: '2025-01-01' },
      status: 'published',
    });
    const { cursor } = (await get('/sync')).body.meta;
    const paths = ['/contents?limit=1', '/contents/held', '/resolve?path=/held', `/sync?cursor=${cursor}`];
    const before = await Promise.all(paths.map((path) => get(path)));
    expect(before.map(({ status }) => status)).toEqual([200, 200, 200, 200]);

    await documents(app.strapi, 'curated-content').update({ documentId, data: { title: 'Moved', slug: 'moved' }, status: 'published' });
    await table.settled();
    const { tableName } = app.strapi.db.metadata.get('plugin::curation.delivery');
    // SQLite has one writer at a time, and nobody can be held up by another.
    const holder = app.database.client === 'sqlite' ? undefined : await app.strapi.db.connection.transaction();
    await holder?.(tableName).where({ document_id: documentId }).forUpdate();
    const known = (index: number) => ({ headers: { 'if-none-match': before[index]!.headers.get('etag') } });
    const asked = await Promise.all(paths.map((path, index) => get(path, known(index)))).finally(() => holder?.rollback());
    expect(asked.map(({ status }) => status)).toEqual([200, 404, 200, 200]);
    expect([asked[0]!.body.data[0].title, asked[3]!.body.data.items]).toEqual(['Moved', [expect.objectContaining({ slug: 'moved' })]]);
    expect(asked[2]!.body.data).toEqual({ kind: 'redirect', status: 301, to: '/moved' });
    const { body } = await get(`/sync?cursor=${asked[3]!.body.meta.cursor}`);
    expect(body.data.items.map(({ slug }: any) => slug)).toEqual(holder ? ['moved'] : []);
    await documents(app.strapi, 'curated-content').delete({ documentId });
  });
});

describe('sync', () => {
  it('gives everything, then only what changed, removals too', async () => {
    const stories = documents(app.strapi, 'curated-content');
    const first = await get('/sync?limit=3');
    expect(first.body.meta.more).toBe(true);
    const rest = await get(`/sync?cursor=${first.body.meta.cursor}`);
    expect(rest.body.meta.more).toBe(false);
    const all = [...first.body.data.items, ...rest.body.data.items].map(({ slug }) => slug);
    expect(all.sort()).toEqual(['story-1', 'story-2', 'story-3', 'story-4', 'story-5']);

    const idle = await get(`/sync?cursor=${rest.body.meta.cursor}`);
    expect(idle.body).toEqual({ data: { items: [], deleted: [] }, meta: { cursor: rest.body.meta.cursor, more: false } });

    await stories.unpublish({ documentId: ids['story-2']! });
    await documents(app.strapi, 'topic').update({ documentId: ids.Day!, data: { label: 'Daylight' } });
    await table.settled();
    const { body } = await get(`/sync?cursor=${rest.body.meta.cursor}`);
    expect(body.data.deleted).toEqual([{ documentId: ids['story-2'], slug: 'story-2' }]);
    expect(body.data.items.map(({ slug, topics }: any) => [slug, topics[0].label]).sort()).toEqual([
      ['story-4', 'Daylight'],
      ['story-5', 'Daylight'],
    ]);
  });

  it('tells who comes with a cursor of before a rebuild, or of another database, to start again', async () => {
    const { cursor } = (await get('/sync')).body.meta;
    await table.rebuild();
    const [number, , ...rest] = cursor.split('.');
    for (const old of [cursor, [Number(number) + 1, '0123456789ab', ...rest].join('.')]) {
      expect(await get(`/sync?cursor=${old}`)).toMatchObject({
        status: 410,
        body: { data: null, error: { status: 410, name: 'GoneError', details: { name: 'CursorExpired' } } },
      });
    }
    const { cursor: latest } = (await get('/sync')).body.meta;
    for (const wrong of [
      'nonsense',
      latest.replace(/\.\d+(?=\.\d+$)/, '.2147483648'),
      latest.replace(/\.\d+(?=\.\d+$)/, '.999999999999999'),
    ])
      expect((await get(`/sync?cursor=${wrong}`)).status).toBe(400);
    expect((await get('/sync')).body.data.items).toHaveLength(4);
  });

  it('gives everything also where most of it was written longer ago than any mark is kept', async () => {
    await get('/sync');
    const { tableName } = app.strapi.db.metadata.get('plugin::curation.sequence');
    await app.strapi.db.connection(tableName).increment('number', 200_000);
    await documents(app.strapi, 'topic').update({ documentId: ids.Night!, data: { description: 'After dark' } });
    // No mark was given with the number that the counter was set to: it has to have gone on.
    await table.settled();
    await get('/sync');
    const client = createSyncClient(app.url, tokens.reader);
    await client.catchUp(1);
    const everything = await client.everything();
    expect(everything.length).toBeGreaterThan(1);
    expect(client.held()).toEqual(everything);
  });

  it('has no more to give while many stories are held by somebody who writes them again', async () => {
    const { cursor } = (await get('/sync')).body.meta;
    for (const index of [1, 3, 4])
      await documents(app.strapi, 'curated-content').update({
        documentId: ids[`story-${index}`]!,
        data: { brand: 'held.example' },
        status: 'published',
      });
    await table.settled();
    const { tableName } = app.strapi.db.metadata.get('plugin::curation.delivery');
    // SQLite has one writer at a time, and nobody can be held up by another.
    const holder = app.database.client === 'sqlite' ? undefined : await app.strapi.db.connection.transaction();
    await holder?.(tableName).where({ type: 'curated-content' }).forUpdate();
    const { body } = await get(`/sync?cursor=${cursor}&limit=2`).finally(() => holder?.rollback());
    expect(body.data.items).toHaveLength(2);
    if (holder) expect(body.meta).toEqual({ cursor, more: false });
    const rest = await get(`/sync?cursor=${body.meta.cursor}`);
    expect([rest.body.data.items.length, rest.body.meta.more]).toEqual([holder ? 3 : 1, false]);
  });

  it('tells who may see more than before, or less, or whose cursor says nothing of it, to start again', async () => {
    const { cursor } = (await get('/sync', { token: tokens.storiesOnly })).body.meta;
    expect((await get(`/sync?cursor=${cursor}`, { token: tokens.storiesOnly })).status).toBe(200);
    const grown = await get(`/sync?cursor=${cursor}`);
    expect(grown).toMatchObject({ status: 410, body: { error: { details: { name: 'CursorExpired' } } } });
    const whole = await get('/sync');
    expect(whole.body.data.items.every((story: object) => 'topics' in story)).toBe(true);
    for (const [old, token] of [
      [whole.body.meta.cursor, tokens.storiesOnly],
      [whole.body.meta.cursor.replace(/\.\d+$/, ''), tokens.reader],
    ])
      expect((await get(`/sync?cursor=${old}`, { token })).status).toBe(410);
  });
});
