import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { loadMapping } from '../../migrations/mappings';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { deliveriesOf } from '../support/deliveries';
import { documents } from '../support/documents';
import { loadRecipe, readRecipe } from '../support/recipe';
import { fullAccessToken } from '../support/rest';
import { story, topicFile } from '../support/story';

/** More than have room in a header by their documentIds. */
const STORIES = 150;

let app: ArchiveApp;
let token: string;

beforeAll(async () => {
  app = await startArchiveApp();
  token = await fullAccessToken(app.strapi);
  const files = Array.from({ length: STORIES }, (_, index): [string, string] => [
    `${index}.md`,
    story({
      id: index + 1,
      title: `Story ${index}`,
      slug: `story-${index}`,
      basePath: '/news/',
      aliases: `/old/${index}`,
      categories: ['W: A'],
    }),
  ]);
  await app.importFrom(await writeArchive({ ...Object.fromEntries(files), 'topic.md': topicFile('W: A', { slug: 'w-a' }) }));
});

afterAll(() => app.stop());

const stories = () => documents(app.strapi, 'curated-content');
const idOf = async (slug: string) =>
  (await app.strapi.db.query('plugin::curation.curated-content').findOne({ where: { slug } }))!.documentId as string;

interface Entry {
  id: string;
  data: Record<string, unknown>;
  digest: string;
}

/** What Astro hands to a loader: https://docs.astro.build/en/reference/content-loader-reference/ */
const astroContext = () => {
  const entries = new Map<string, Entry>();
  const meta = new Map<string, string>();
  const parsed: string[] = [];
  return {
    entries,
    meta,
    parsed,
    context: {
      collection: 'news',
      store: {
        get: (id: string) => entries.get(id),
        has: (id: string) => entries.has(id),
        keys: () => [...entries.keys()],
        set: (entry: Entry) => Boolean(entries.set(entry.id, entry)),
        delete: (id: string) => void entries.delete(id),
        clear: () => entries.clear(),
      },
      meta,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      parseData: ({ id, data }: { id: string; data: object }) => Promise.resolve(parsed.push(id) && data),
      generateDigest: (data: unknown) => createHash('md5').update(JSON.stringify(data)).digest('hex'),
    },
  };
};

interface Loader {
  name: string;
  load(context: unknown): Promise<void>;
}

describe('the recipe for Astro', () => {
  it('holds what a full read gives, after each change, and asks for no more than changed', async () => {
    const { curation } = await loadRecipe<{ curation(options: object): Loader }>('astro.md', 'src/loaders/curation.ts');
    const loader = curation({ url: app.url, token });
    const site = astroContext();
    const load = async () => {
      site.parsed.length = 0;
      await loader.load(site.context);
      const whole = astroContext();
      await loader.load(whole.context);
      const data = (entries: Map<string, Entry>) => Object.fromEntries([...entries].map(([id, entry]) => [id, entry.data]));
      expect(data(site.entries)).toEqual(data(whole.entries));
      return site.parsed.length;
    };
    expect(await load()).toBe(STORIES);
    expect(site.entries.size).toBe(STORIES);
    expect(await load()).toBe(0);

    await stories().update({ documentId: await idOf('story-1'), data: { title: 'Changed' }, status: 'published' });
    await stories().delete({ documentId: await idOf('story-2') });
    await stories().unpublish({ documentId: await idOf('story-3') });
    await stories().create({ data: { title: 'New', slug: 'new' }, status: 'published' });
    expect(await load()).toBe(2);
    expect(site.entries.size).toBe(STORIES - 1);

    await (app.strapi.plugin('curation').service('delivery') as unknown as { rebuild(): Promise<void> }).rebuild();
    await load();
    expect(site.entries.size).toBe(STORIES - 1);
  });
});

describe('the recipe for Next.js', () => {
  interface Found {
    story?: { title: string };
    to?: string;
  }

  it('finds stories, follows redirects, and knows what is not there', async () => {
    Object.assign(process.env, { STRAPI_URL: app.url, STRAPI_TOKEN: token });
    const { at, newest } = await loadRecipe<{ at(path: string): Promise<Found | undefined>; newest(limit: number): Promise<object[]> }>(
      'next.md',
      'lib/curation.ts',
    );
    expect(await newest(5)).toHaveLength(5);
    expect((await at('/news/story-7'))?.story).toMatchObject({ title: 'Story 7', path: '/news/story-7' });
    expect(await at('/old/7')).toEqual({ to: '/news/story-7', status: 301 });
    expect(await at('/nowhere')).toBeUndefined();
  });

  it('says what is out of date when Strapi tells of a change, and to nobody else', async () => {
    const tags: string[] = [];
    process.env.REVALIDATE_SECRET = 'secret';
    const { POST } = await loadRecipe<{ POST(request: Request): Promise<Response> }>('next.md', 'app/api/revalidate/route.ts', {
      'next/cache': { revalidateTag: (tag: string) => tags.push(tag) },
    });
    const tell = async (body: object, secret = 'secret') => {
      const headers = { authorization: `Bearer ${secret}` };
      return (await POST(new Request('https://site.example/api/revalidate', { method: 'POST', headers, body: JSON.stringify(body) })))
        .status;
    };
    expect(await tell({ event: 'entry.publish', model: 'curated-content', entry: {} })).toBe(200);
    expect(await tell({ event: 'entry.update', model: 'article', entry: {} })).toBe(200);
    expect(await tell({ event: 'curation.run', run: 1 })).toBe(200);
    expect(await tell({ event: 'curation.refreshed', entries: [{ model: 'topic', documentId: 't' }] })).toBe(200);
    expect(await tell({ event: 'curation.run' }, 'guess')).toBe(401);
    expect(tags).toEqual(['curated-content', 'curation', 'curation']);
  });
});

describe('the recipe for a CDN', () => {
  interface Sent {
    url: string;
    headers: Record<string, string>;
    body: unknown;
  }

  /** Tells it of a change, and answers what it sent to whom. */
  const tell = async (env: object, told: object, secret = 'secret'): Promise<[number, Sent[]]> => {
    const before = { ...process.env };
    Object.assign(process.env, { PURGE_SECRET: 'secret', ...env });
    const { POST } = await loadRecipe<{ POST(request: Request): Promise<Response> }>('cdn.md', 'functions/purge.ts');
    process.env = before;
    const sent: Sent[] = [];
    const spy = jest.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
      sent.push({ url: url as string, headers: init!.headers as never, body: init!.body && JSON.parse(init!.body as string) });
      return Promise.resolve(new Response());
    });
    const headers = { authorization: `Bearer ${secret}` };
    const { status } = await POST(new Request('https://site.example/purge', { method: 'POST', headers, body: JSON.stringify(told) }));
    spy.mockRestore();
    return [status, sent];
  };
  const FASTLY = { FASTLY_SERVICE: 'S', FASTLY_TOKEN: 'T' };
  const CLOUDFLARE = { CLOUDFLARE_ZONE: 'Z', CLOUDFLARE_TOKEN: 'T' };

  /** The answers that name none of the tags. */
  const missed = async (paths: readonly string[], tags: readonly string[]) => {
    const names = await Promise.all(
      paths.map(async (path) => {
        const { headers } = await fetch(`${app.url}/api/curation/delivery/${path}`, { headers: { authorization: `Bearer ${token}` } });
        return [headers.get('surrogate-key')!.split(' '), headers.get('cache-tag')!.split(',')];
      }),
    );
    return paths.filter((_, index) => !names[index]!.every((each) => each.some((name) => tags.includes(name))));
  };

  it('purges what shows a story that changed, as its answers name it', async () => {
    const documentId = await idOf('story-7');
    const told = { event: 'entry.publish', model: 'curated-content', entry: { documentId } };
    const [, [fastly]] = await tell(FASTLY, told);
    expect(fastly).toMatchObject({ url: 'https://api.fastly.com/service/S/purge', headers: { 'Fastly-Key': 'T' } });
    const [, [cloudflare]] = await tell(CLOUDFLARE, told);
    expect(cloudflare).toMatchObject({ url: 'https://api.cloudflare.com/client/v4/zones/Z/purge_cache' });
    const { tags } = cloudflare!.body as { tags: string[] };
    expect(tags).toEqual(fastly!.headers['Surrogate-Key']!.split(' '));

    const lists = ['contents?limit=500', 'topics', 'topics/w-a', 'topics/w-a?limit=500', 'feed.rss', 'sitemap.xml', 'redirects'];
    expect(await missed(['contents/story-7', 'resolve?path=/news/story-7', ...lists], tags)).toEqual([]);
    expect(await missed(['contents/story-8'], tags)).toEqual(['contents/story-8']);
  });

  it('purges what names a topic as the parent of another one', async () => {
    const topics = documents(app.strapi, 'topic');
    const parent = await topics.create({ data: { name: 'W' } });
    const child = await app.strapi.db.query('plugin::curation.topic').findOne({ where: { slug: 'w-a' } });
    await topics.update({ documentId: child!.documentId, data: { parent: parent.documentId } });
    await deliveriesOf(app.strapi).settled();
    const [, [fastly]] = await tell(FASTLY, { event: 'entry.update', model: 'topic', entry: { documentId: parent.documentId } });
    const tags = fastly!.headers['Surrogate-Key']!.split(' ');
    expect(await missed(['contents/story-8', 'topics/w-a', 'topics', 'contents?limit=2'], tags)).toEqual([]);
  });

  it('purges what shows a topic once it is shown as it is now, and everything where a picture or much has changed', async () => {
    const refreshed = (...entries: object[]) => tell(FASTLY, { event: 'curation.refreshed', entries });
    const topic = { model: 'topic', documentId: 't' };
    const [, [sent]] = await refreshed(topic);
    expect(sent!.headers['Surrogate-Key']!.split(' ')).toEqual(expect.arrayContaining(['t', 'contents', 'topics']));
    expect(await refreshed(topic, { model: 'file', documentId: 'f' })).toMatchObject([204, [{ url: expect.stringMatching('purge_all') }]]);
    expect(await refreshed(...Array<object>(40).fill(topic))).toMatchObject([204, [{ url: expect.stringMatching('purge_all') }]]);
  });

  it('purges everything after a run, nothing for what is not shown, and not for anybody', async () => {
    expect(await tell(FASTLY, { event: 'curation.run' })).toMatchObject([204, [{ url: 'https://api.fastly.com/service/S/purge_all' }]]);
    expect(await tell(CLOUDFLARE, { event: 'media.update' })).toMatchObject([204, [{ body: { purge_everything: true } }]]);
    expect(await tell(FASTLY, { event: 'entry.update', model: 'article', entry: { documentId: 'x' } })).toEqual([204, []]);
    expect(await tell(FASTLY, { event: 'curation.run' }, 'guess')).toEqual([401, []]);
  });
});

/** Hugo as it is installed, or as HUGO_BIN names it. */
const HUGO = process.env.HUGO_BIN ?? 'hugo';

const hasHugo = (): boolean => {
  try {
    const [, minor] = /v0\.(\d+)\./.exec(execFileSync(HUGO, ['version'], { encoding: 'utf8' })) ?? [];
    return Number(minor) >= 141;
  } catch {
    return false;
  }
};

/** Debian's own is older than content adapters; who has none skips this. */
(hasHugo() ? describe : describe.skip)('the recipes for Hugo', () => {
  const build = async (site: string): Promise<string[]> => {
    const env = { ...process.env, HUGO_PARAMS_STRAPI: app.url.replace('127.0.0.1', 'localhost'), HUGO_PARAMS_STRAPITOKEN: token };
    await promisify(execFile)(HUGO, ['--ignoreCache'], { cwd: site, env });
    const pages = await fs.readdir(path.join(site, 'public'), { recursive: true });
    return pages.filter((page) => page.endsWith('index.html')).map((page) => `/${path.posix.dirname(page)}`);
  };
  const makeSite = (files: Record<string, string>) =>
    writeArchive({
      'layouts/all.html': '<h1>{{ .Title }}</h1>{{ range .Params.topics }}<i>{{ .name }}</i>{{ end }}{{ .Content }}',
      ...files,
    });

  it('makes a page of each published story, and its old addresses of exported files', async () => {
    const config = (await readRecipe('hugo.md', 'hugo.toml')).replace('1337', new URL(app.url).port);
    const adapter = await readRecipe('hugo.md', 'content/_content.gotmpl');
    const rows = await app.strapi.db.query('plugin::curation.curated-content').findMany({ where: { publishedAt: { $notNull: true } } });
    const paths = rows.map(({ basePath, slug }) => `${String(basePath)}${String(slug)}`);
    expect(paths.length).toBeGreaterThan(100);
    // More than one page of the list.
    const site = await makeSite({ 'hugo.toml': config, 'content/_content.gotmpl': adapter.replace('limit=500', 'limit=50') });
    expect(await build(site)).toEqual(expect.arrayContaining(paths));

    const exported = await makeSite({ 'hugo.toml': '' });
    await app.exportTo(path.join(exported, 'content', 'news'), { mapping: await loadMapping('hugo', exported) });
    expect(await build(exported)).toEqual(expect.arrayContaining(['/old/7', '/news/story-7']));
  });
});
