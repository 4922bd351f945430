import RssParser from 'rss-parser';

import { encodePath } from '../../content-types/rules/site-path';
import { channelOf } from '../../server/src/delivery/feeds/channel';
import { FEEDS } from '../../server/src/delivery/feeds/formats';
import { writeSitemap, writeSitemapIndex } from '../../server/src/delivery/feeds/sitemap';
import type { FeedStory } from '../../server/src/delivery/feeds/story';
import type { Site } from '../../server/src/services/site';
import { readXml } from '../support/xml';

const url = 'https://www.site.example';
const site: Site = {
  url,
  title: 'News & "views" 🙂',
  description: 'What <others> write',
  language: 'en',
  feedSize: 50,
  trailingSlash: false,
  hrefOf: encodePath,
  addressOf: (path) => url + encodePath(path),
};

const plain: FeedStory = {
  documentId: 'a1',
  title: 'One alarm, not nine',
  path: '/news/one-alarm',
  description: 'Nurses asked for one alarm.',
  body: '<p>Nurses asked for <b>one</b> alarm.</p>',
  date: '2024-05-01',
  link: 'https://found.example/alarm?a=1&b=2',
  authors: ['Ada Author'],
  featuredImage: { url: '/uploads/x.png', mime: 'image/png', size: 12.5 },
  createdAt: '2024-05-02T00:00:00.000Z',
  updatedAt: '2024-05-03T04:05:06.000Z',
  topics: [{ name: 'W: Alarms', label: 'Alarms' }],
};
const odd: FeedStory = {
  documentId: 'b2',
  title: ' <Odd> & "quoted" ]]> \u0000\u0008\u001F\uFFFE\uD83D 🙂 ',
  path: '/news/🙂 "q" & <x>\'',
  description: null,
  body: '# Title\n\nA **bold** word <script>alert(1)</script> & `code <b>`\u0007',
  date: null,
  link: 'javascript:alert(1)',
  authors: [7, null, '  '],
  createdAt: '2024-04-01T00:00:00.000Z',
  updatedAt: null,
  topics: [],
};
const bare: FeedStory = { documentId: 'c3', title: 'Bare', path: null, link: 'https://found.example/bare' };

const channel = channelOf(site, { stories: [plain, odd, bare], address: 'https://cms.example/api/feed', assets: 'https://cms.example' });

describe('RSS 2.0', () => {
  const xml = FEEDS.rss.write(channel);

  it('is well-formed XML with all that the standard asks for', () => {
    const found = readXml(xml);
    const texts = (name: string) => found.flatMap(([each, text]) => (each === name ? [text] : []));
    expect(texts('rss/channel/title')).toEqual(['News & "views" 🙂']);
    expect(texts('rss/channel/link')).toEqual(['https://www.site.example/']);
    expect(texts('rss/channel/description')).toEqual(['What <others> write']);
    expect(texts('rss/channel/item/title')).toEqual(['One alarm, not nine', '<Odd> & "quoted" ]]>  🙂', 'Bare']);
    expect(texts('rss/channel/item/link')).toEqual([
      'https://www.site.example/news/one-alarm',
      "https://www.site.example/news/%F0%9F%99%82%20%22q%22%20&%20%3Cx%3E'",
      'https://found.example/bare',
    ]);
    expect(new Set(texts('rss/channel/item/guid')).size).toBe(3);
  });

  it('is read by a feed reader', async () => {
    const { items, feedUrl, language } = await new RssParser().parseString(xml);
    expect({ feedUrl, language }).toEqual({ feedUrl: 'https://cms.example/api/feed', language: 'en' });
    expect(items[0]).toMatchObject({
      title: 'One alarm, not nine',
      link: 'https://www.site.example/news/one-alarm',
      guid: 'tag:www.site.example,2025:curation/a1',
      isoDate: '2024-05-01T00:00:00.000Z',
      creator: 'Ada Author',
      categories: ['Alarms'],
      content: 'Nurses asked for one alarm.',
      'content:encoded': '<p>Nurses asked for <b>one</b> alarm.</p>',
      enclosure: { url: 'https://cms.example/uploads/x.png', type: 'image/png', length: '12500' },
    });
    expect(items[1]!['content:encoded']).toBe('<h1>Title</h1>\n<p>A <strong>bold</strong> word  &amp; <code>code &lt;b&gt;</code></p>');
  });
});

it('has whole addresses in its texts, for readers that know nothing they could begin at', () => {
  const body = '<p title="/a"><a href=/news/x>x</a> <img src="/uploads/a.png"> <a href="//cdn.example/y">y</a> <a href="#z">/z</a></p>';
  const source = {
    stories: [
      { ...bare, body },
      { ...bare, body: '[x](/news/x) `<a href="/x">`' },
      { ...bare, body: '<img srcset="/uploads/a.png 1x,/uploads/b.png 2x, https://cdn.example/c,d.png 3x, /e.png">' },
    ],
    address: 'https://cms.example/api/feed',
  };
  const { items } = channelOf(site, { ...source, assets: 'https://cms.example/' });
  expect(items[0]!.html).toBe(
    '<p title="/a"><a href=https://www.site.example/news/x>x</a> <img src="https://cms.example/uploads/a.png"> <a href="//cdn.example/y">y</a> <a href="#z">/z</a></p>',
  );
  expect(items[1]!.html).toContain('<a href="https://www.site.example/news/x">x</a> <code>&lt;a href=&quot;/x&quot;&gt;</code>');
  expect(items[2]!.html).toBe(
    '<img srcset="https://cms.example/uploads/a.png 1x,https://cms.example/uploads/b.png 2x, https://cdn.example/c,d.png 3x, https://www.site.example/e.png">',
  );
});

it('shows nothing that a browser would run, whatever Markdown would make of it', async () => {
  const bodies = [
    '<p>x</p>\n\n`<img src=x onerror=alert(1)>`',
    '<p>x</p>\n\n```html\n<script>alert(1)</script>\n```\n',
    '    <script>alert(1)</script>',
    '<p>x</p>\n\n~~~\n<a href="javascript:alert(1)">x</a>\n~~~',
    'Text\n\n<div>\n\n`a`\n\n</div>\n\n<svg onload=alert(1)>\n',
  ];
  const stories = bodies.map((body, index) => ({
    ...bare,
    documentId: `x${index}`,
    body,
    description: 'a < b <img src=x onerror=alert(1)>',
  }));
  const made = channelOf(site, { stories, address: 'https://cms.example/api/feed', assets: 'https://cms.example' });
  for (const { html } of made.items) expect(html ?? '').not.toMatch(/<script|<[^>]*(?:onerror|onload|javascript:)/);
  const { items } = await new RssParser().parseString(FEEDS.rss.write(made));
  expect(items.map(({ content }) => content)).toEqual(bodies.map(() => 'a &lt; b &lt;img src=x onerror=alert(1)&gt;'));

  const code = '# How\n\n`<script>` and `[x](javascript:alert(1))`\n\n    <img onerror=x>\n';
  const [item] = channelOf(site, { stories: [{ ...bare, body: code }], address: '', assets: '' }).items;
  expect(item!.html).toBe(
    '<h1>How</h1>\n<p><code>&lt;script&gt;</code> and <code>[x](javascript:alert(1))</code></p>\n<pre><code>&lt;img onerror=x&gt;\n</code></pre>',
  );
});

it('names pictures where Strapi stands below a path of its host, and elsewhere', () => {
  const pictures = ['/uploads/a.png', 'https://cdn.example/b.png', '//cdn.example/c.png'];
  const stories = pictures.map((picture) => ({ ...bare, featuredImage: { url: picture, mime: 'image/png', size: 1 } }));
  const { items } = channelOf(site, { stories, address: 'https://cms.example/strapi/api/feed', assets: 'https://cms.example/strapi' });
  expect(items.map(({ image }) => image!.url)).toEqual([
    'https://cms.example/strapi/uploads/a.png',
    'https://cdn.example/b.png',
    'https://cdn.example/c.png',
  ]);
});

describe('Atom', () => {
  const xml = FEEDS.atom.write(channel);

  it('is well-formed XML with all that the standard asks for', () => {
    const found = readXml(xml);
    const texts = (name: string) => found.flatMap(([each, text]) => (each === name ? [text] : []));
    for (const name of ['feed/id', 'feed/title', 'feed/updated', 'feed/author/name']) expect(texts(name)).toHaveLength(1);
    for (const name of ['feed/entry/id', 'feed/entry/title', 'feed/entry/updated']) {
      expect(texts(name).filter((text) => text.trim() !== '')).toHaveLength(3);
    }
    expect(texts('feed/updated')).toEqual(['2024-05-03T04:05:06.000Z']);
    expect(texts('feed/entry/content')[0]).toBe('<p>Nurses asked for <b>one</b> alarm.</p>');
  });

  it('is read by a feed reader, and names where a story was found', async () => {
    const { items } = await new RssParser().parseString(xml);
    expect(items[0]).toMatchObject({ title: 'One alarm, not nine', link: 'https://www.site.example/news/one-alarm', author: 'Ada Author' });
    expect(xml).toContain('<link href="https://found.example/alarm?a=1&amp;b=2" rel="via"/>');
    expect(xml).not.toContain('javascript:');
  });
});

describe('JSON Feed 1.1', () => {
  const feed = JSON.parse(FEEDS.json.write(channel)) as { items: Record<string, unknown>[] };

  it('has all that the standard asks for, and the curated link as external_url', () => {
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'News & "views" 🙂',
      home_page_url: 'https://www.site.example/',
      feed_url: 'https://cms.example/api/feed',
      language: 'en',
    });
    expect(feed.items[0]).toEqual({
      id: 'tag:www.site.example,2025:curation/a1',
      url: 'https://www.site.example/news/one-alarm',
      external_url: 'https://found.example/alarm?a=1&b=2',
      title: 'One alarm, not nine',
      summary: 'Nurses asked for one alarm.',
      content_html: '<p>Nurses asked for <b>one</b> alarm.</p>',
      image: 'https://cms.example/uploads/x.png',
      date_published: '2024-05-01T00:00:00.000Z',
      date_modified: '2024-05-03T04:05:06.000Z',
      authors: [{ name: 'Ada Author' }],
      tags: ['Alarms'],
    });
    for (const item of feed.items) {
      expect(typeof item.id).toBe('string');
      expect([item.content_html, item.content_text].filter((content) => typeof content === 'string')).toHaveLength(1);
    }
    expect(feed.items[2]).toMatchObject({ content_text: 'Bare', external_url: 'https://found.example/bare' });
  });
});

describe('a sitemap', () => {
  it('is well-formed XML, whatever an address holds', () => {
    const address = site.addressOf(odd.path!);
    const found = readXml(
      writeSitemap([
        { address, changed: new Date('2024-05-03T04:05:06Z') },
        { address: `${url}/x`, changed: null },
      ]),
    );
    expect(found.filter(([name]) => name.startsWith('urlset/url/'))).toEqual([
      ['urlset/url/loc', address],
      ['urlset/url/lastmod', '2024-05-03T04:05:06.000Z'],
      ['urlset/url/loc', `${url}/x`],
    ]);
    const index = readXml(writeSitemapIndex([{ address: `${url}/sitemap.xml?page=1&x=2`, changed: null }]));
    expect(index[0]).toEqual(['sitemapindex/sitemap/loc', `${url}/sitemap.xml?page=1&x=2`]);
  });
});
