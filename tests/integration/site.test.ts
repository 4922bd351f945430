import fs from 'node:fs/promises';
import path from 'node:path';

import { strapi as createClient } from '@strapi/client';
import RssParser from 'rss-parser';

import { insertRows } from '../../migrations/apply/insert-rows';
import { readPages } from '../../server/src/delivery/feeds/read-pages';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { fullAccessToken } from '../support/rest';
import { offeringFile, story, topicFile } from '../support/story';
import { readXml } from '../support/xml';

/** An app may choose it, and it may say what the plugin's own part of an address says. */
const PREFIX = '/curation/v1';

let app: ArchiveApp;
let token: string;

beforeAll(async () => {
  app = await startArchiveApp({ config: { 'api.rest.prefix': PREFIX } });
  token = await fullAccessToken(app.strapi);
  app.strapi.config.set('plugin::curation.site.url', 'https://www.site.example');
  app.strapi.config.set('plugin::curation.site.title', 'Site');
  await app.importFrom(
    await writeArchive({
      'a.md': story({
        id: 1,
        title: 'First & "best" 🙂',
        slug: 'first',
        basePath: '/news/',
        date: '2024-05-02',
        link: { href: 'https://found.example/1' },
        aliases: ['/old/first', '/Ümlaut "q"'],
        categories: ['W: A'],
      }),
      'b.md': story({ id: 2, title: 'Second', slug: 'second', basePath: '/news/', date: '2024-05-03', categories: ['W: B'] }),
      'd.md': story({ id: 3, title: 'Draft', slug: 'draft', basePath: '/news/', aliases: '/old/draft', draft: true, categories: ['W: A'] }),
      'o.md': offeringFile('O', { offeringId: 7, permalink: '/offering/o' }),
      'a-topic.md': topicFile('W: A', { slug: 'w-a' }),
    }),
    { publish: 'as-source' },
  );
});

afterAll(() => app.stop());

const ask = (at: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${app.url}${PREFIX}/curation/delivery/${at}`, { method, headers: { authorization: `Bearer ${token}`, ...headers } });
const resolve = async (at: string) => {
  const answer = await ask(`resolve?path=${encodeURIComponent(at)}`);
  const { data, error }: { data: unknown; error?: { status: number; name: string } } = await answer.json();
  return error ? `${error.status} ${error.name}` : data;
};
const stories = () => documents(app.strapi, 'curated-content');
const idOf = async (title: string) =>
  (await app.strapi.db.query('plugin::curation.curated-content').findOne({ where: { title } }))!.documentId as string;

describe('a path', () => {
  it('leads to what stands there, or to where it went', async () => {
    expect(await resolve('/news/first')).toEqual({ kind: 'content', slug: 'first' });
    expect(await resolve('https://www.site.example/News/First/?utm_source=x#top')).toEqual({ kind: 'content', slug: 'first' });
    expect(await resolve('/topic/w-a')).toEqual({ kind: 'topic', slug: 'w-a' });
    expect(await resolve('/offering/o')).toEqual({ kind: 'offering', slug: 'o' });
    expect(await resolve('/old/first/')).toEqual({ kind: 'redirect', status: 301, to: '/news/first' });
    expect(await resolve('/%C3%9Cmlaut%20%22q%22')).toEqual({ kind: 'redirect', status: 301, to: '/news/first' });
    for (const nowhere of ['/', '/news/none', '/news/draft', '/old/draft', '/%FF', ''])
      expect(await resolve(nowhere)).toBe('404 NotFoundError');
    const answer = await ask('resolve');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { name: 'ValidationError', message: expect.stringContaining('path') } });
  });

  it('follows an editor who moves a page, moves it again, withdraws, publishes and deletes it', async () => {
    const { documentId } = await stories().create({ data: { title: 'Moving', slug: 'one', basePath: '/m/' }, status: 'published' });
    const move = (slug: string) => stories().update({ documentId, data: { slug }, status: 'published' });
    expect(await resolve('/m/one')).toEqual({ kind: 'content', slug: 'one' });
    await stories().update({ documentId, data: { slug: 'unpublished' } });
    expect(await resolve('/m/one')).toEqual({ kind: 'content', slug: 'one' });
    expect(await resolve('/m/unpublished')).toBe('404 NotFoundError');
    await move('two');
    await move('three');
    const there = { kind: 'redirect', status: 301, to: '/m/three' };
    expect([await resolve('/m/one'), await resolve('/m/two')]).toEqual([there, there]);
    await move('one');
    expect(await resolve('/m/one')).toEqual({ kind: 'content', slug: 'one' });
    expect(await resolve('/m/three')).toEqual({ kind: 'redirect', status: 301, to: '/m/one' });

    await stories().unpublish({ documentId });
    expect([await resolve('/m/one'), await resolve('/m/three')]).toEqual(['404 NotFoundError', '404 NotFoundError']);
    await stories().publish({ documentId });
    expect(await resolve('/m/three')).toEqual({ kind: 'redirect', status: 301, to: '/m/one' });

    const other = await stories().create({ data: { title: 'Other', slug: 'three', basePath: '/m/' }, status: 'published' });
    expect(await resolve('/m/three')).toEqual({ kind: 'content', slug: 'three' });
    await stories().delete({ documentId: other.documentId });
    expect(await resolve('/m/three')).toEqual({ kind: 'redirect', status: 301, to: '/m/one' });
    await stories().delete({ documentId });
    expect([await resolve('/m/one'), await resolve('/m/three')]).toEqual(['404 NotFoundError', '404 NotFoundError']);
  });

  it('of a topic or an offering that an editor renamed leads to its new place', async () => {
    const topic = await documents(app.strapi, 'topic').create({ data: { name: 'W: C', slug: 'w-c' } });
    await documents(app.strapi, 'topic').update({ documentId: topic.documentId, data: { slug: 'w-d' } });
    expect(await resolve('/topic/w-c')).toEqual({ kind: 'redirect', status: 301, to: '/topic/w-d' });
    const offering = await documents(app.strapi, 'offering').create({ data: { name: 'P', permalink: '/offering/p' } });
    await documents(app.strapi, 'offering').update({ documentId: offering.documentId, data: { permalink: '/offering/q' } });
    expect(await resolve('/offering/p')).toEqual({ kind: 'redirect', status: 301, to: '/offering/q' });
    await documents(app.strapi, 'offering').delete({ documentId: offering.documentId });
    await documents(app.strapi, 'topic').delete({ documentId: topic.documentId });
  });

  it('leaves no trace of a write that failed', async () => {
    const { documentId } = await stories().create({ data: { title: 'Kept', slug: 'kept' }, status: 'published' });
    await expect(
      app.strapi.db.transaction(async () => {
        await stories().update({ documentId, data: { slug: 'lost' }, status: 'published' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect([await resolve('/kept'), await resolve('/lost')]).toEqual([{ kind: 'content', slug: 'kept' }, '404 NotFoundError']);
    await stories().delete({ documentId });
  });

  it('that the seed gives as its alias leads to it after an import', async () => {
    const seed = path.join(ROOT, '..', 'shared', 'seed', '9446286e-0653-5893-87ea-b21f77859c1a.md');
    const text = await fs.readFile(seed, 'utf8').catch(() => undefined);
    if (text === undefined) return;
    const { run } = await app.importFrom(await writeArchive({ 'seed.md': text }));
    expect(run).not.toBeNull();
    expect(await resolve('/news/digitalization-in-healthcare-empowers-patients')).toEqual({
      kind: 'redirect',
      status: 301,
      to: '/news/healthcareitnews-digitalization-in-healthcare-empowers-patients',
    });
    await stories().delete({ documentId: await idOf('Digitalization in healthcare empowers patients') });
  });
});

describe('the list of redirects', () => {
  it('is complete, in one order, and the same in each form', async () => {
    const { data, meta } = (await (await ask('redirects')).json()) as { data: Record<string, unknown>[]; meta: object };
    expect(data).toEqual([
      { from: '/old/first', to: '/news/first', status: 301, kind: 'alias' },
      { from: '/%C3%9Cmlaut%20%22q%22', to: '/news/first', status: 301, kind: 'alias' },
    ]);
    expect(meta).toEqual({ total: 2 });
    expect(await (await ask('redirects?format=netlify')).text()).toBe(
      '/old/first /news/first 301\n/%C3%9Cmlaut%20%22q%22 /news/first 301\n',
    );
    expect(await (await ask('redirects?format=nginx')).text()).toContain('location = "/Ümlaut \\"q\\"" { return 301 "/news/first"; }');
    expect(await (await ask('redirects?format=next')).json()).toContainEqual({
      source: '/old/first',
      destination: '/news/first',
      statusCode: 301,
    });
    expect((await ask('redirects?format=apache')).status).toBe(400);
  });
});

describe('a feed', () => {
  it('has the newest stories first, and no draft', async () => {
    const answer = await ask('feed.rss');
    expect(answer.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
    const { items, title, link } = await new RssParser().parseString(await answer.text());
    expect({ title, link }).toEqual({ title: 'Site', link: 'https://www.site.example/' });
    expect(items.map((item) => [item.title, item.link, item.categories])).toEqual([
      ['Second', 'https://www.site.example/news/second', ['B']],
      ['First & "best" 🙂', 'https://www.site.example/news/first', ['A']],
    ]);
  });

  it('is the same under every spelling of its address that the router takes', async () => {
    for (const form of ['rss', 'atom', 'json']) {
      const answer = await (await ask(`feed.${form}`)).text();
      for (const spelled of [`feed.${form}/`, `FEED.${form.toUpperCase()}`]) expect(await (await ask(spelled)).text()).toBe(answer);
    }
  });

  it('comes in three forms that say the same', async () => {
    const atom = await new RssParser().parseString(await (await ask('feed.atom')).text());
    const json = (await (await ask('feed.json')).json()) as { items: { title: string; external_url?: string }[] };
    expect(atom.items.map(({ title }) => title)).toEqual(json.items.map(({ title }) => title));
    expect(json.items[1]).toMatchObject({ external_url: 'https://found.example/1' });
  });

  it('can be about one topic', async () => {
    const { items, title, feedUrl } = await new RssParser().parseString(await (await ask('feed.rss?topic=w-a')).text());
    expect(items.map((item) => item.title)).toEqual(['First & "best" 🙂']);
    expect(title).toBe('Site: A');
    expect(feedUrl).toMatch(/:\d+\/curation\/v1\/curation\/delivery\/feed\.rss\?topic=w-a$/);
    expect((await ask('feed.rss?topic=none')).status).toBe(404);
  });
});

describe('the sitemap', () => {
  it('has the page of each published story, and when it changed', async () => {
    const found = readXml(await (await ask('sitemap.xml')).text());
    const texts = (name: string) => found.flatMap(([each, text]) => (each === name ? [text] : []));
    expect(texts('urlset/url/loc').sort()).toEqual(['https://www.site.example/news/first', 'https://www.site.example/news/second']);
    expect(texts('urlset/url/lastmod').every((text) => !Number.isNaN(Date.parse(text)))).toBe(true);
    expect((await ask('sitemap.xml?page=2')).status).toBe(404);
  });

  it('of more pages than one may have is an index of its parts', async () => {
    const documentId = await idOf('Second');
    const made = Array.from({ length: 50_000 }, (_, index) => ({
      path: `/made/${index}`,
      path_key: `made-${index}`,
      kind: 'live',
      type: 'curated-content',
      document_id: documentId,
    }));
    await app.strapi.db.connection.transaction((trx) => insertRows(trx, 'curation_redirects', made));
    // An answer is made once for each state of the table.
    const other = { documentId: await idOf('First & "best" 🙂'), status: 'published' as const };
    await stories().update({ ...other, data: { description: 'Saved' } });
    try {
      const placesOf = async (at: string) =>
        readXml(await (await ask(at)).text()).flatMap(([name, text]) => (name.endsWith('/loc') ? [text] : []));
      const parts = (await placesOf('sitemap.xml')).map((address) => address.split(`${PREFIX}/curation/delivery/`)[1]);
      expect(parts).toEqual(['sitemap.xml?page=1', 'sitemap.xml?page=2']);
      const [first, second] = [await placesOf('sitemap.xml?page=1'), await placesOf('sitemap.xml?page=2')];
      expect([first.length, second.length]).toEqual([50_000, 2]);
      expect(new Set([...first, ...second]).size).toBe(50_002);
      expect((await ask('sitemap.xml?page=3')).status).toBe(404);
    } finally {
      await app.strapi.db.connection('curation_redirects').where('path_key', 'like', 'made-%').delete();
      await stories().update({ ...other, data: { description: null } });
    }
  });
});

describe('where the site passes them on', () => {
  it('feeds name themselves by the address there', async () => {
    app.strapi.config.set('plugin::curation.site.addresses', { 'feed.json': '/feed.json' });
    const addressOf = async (at: string) => ((await (await ask(at)).json()) as { feed_url: string }).feed_url;
    expect(await addressOf('feed.json?topic=w-a')).toBe('https://www.site.example/feed.json?topic=w-a');
    app.strapi.config.set('plugin::curation.site.addresses', undefined);
    expect(await addressOf('feed.json')).toMatch(/:\d+\/curation\/v1\/curation\/delivery\/feed\.json$/);
  });

  it('the parts of a sitemap keep their pages when a story is saved', async () => {
    const part = async () => (await readPages(app.host, { offset: 0, limit: 1 })).map(({ path: page }) => page);
    const before = await part();
    for (const title of ['Second', 'First & "best" 🙂']) {
      await stories().update({ documentId: await idOf(title), data: { description: 'Saved' }, status: 'published' });
      expect(await part()).toEqual(before);
    }
  });
});

describe('what caches are told', () => {
  it.each(['resolve?path=/news/first', 'redirects', 'redirects?format=netlify', 'feed.rss', 'feed.atom', 'feed.json', 'sitemap.xml'])(
    'of %s: an ETag, by which it is not sent twice',
    async (at) => {
      const first = await ask(at);
      const [etag, body] = [first.headers.get('etag')!, await first.text()];
      expect(etag).toMatch(/^"[^"]+"$/);
      expect(first.headers.get('cache-control')).toBeTruthy();
      const again = await ask(at, { 'if-none-match': etag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const head = await ask(at, {}, 'HEAD');
      expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
      expect(body.length).toBeGreaterThan(0);
    },
  );

  it('changes with what is told', async () => {
    const etagOf = async () => (await ask('feed.json')).headers.get('etag');
    const before = await etagOf();
    expect(await etagOf()).toBe(before);
    const documentId = await idOf('Second');
    await stories().update({ documentId, data: { title: 'Second, changed' }, status: 'published' });
    expect(await etagOf()).not.toBe(before);
    await stories().update({ documentId, data: { title: 'Second' }, status: 'published' });
  });
});

describe("Strapi's own client", () => {
  it('asks as plain fetch does', async () => {
    const client = createClient({ baseURL: `${app.url}${PREFIX}`, auth: token });
    const answer = await client.fetch('/curation/delivery/resolve?path=/old/first');
    expect(await answer.json()).toEqual({ data: { kind: 'redirect', status: 301, to: '/news/first' } });
    const feed = await client.fetch('/curation/delivery/feed.rss');
    expect((await new RssParser().parseString(await feed.text())).items).toHaveLength(2);
  });
});
