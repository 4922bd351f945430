import { escapeText } from 'entities';
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';

import type { Channel } from './channel';

/** The generator sets long texts on lines of their own; in a title or an address these blanks would count. */
const compact = (xml: string): string => xml.replace(/>\s+((?:<!\[CDATA\[[^]*?\]\]>)+)\s+<\//g, '>$1</');

const rss = ({ title, description, language, home, address, updated, items }: Channel): string =>
  compact(
    generateRssFeed({
      title,
      link: home,
      description,
      language,
      lastBuildDate: updated,
      atom: { links: [{ href: address, rel: 'self', type: 'application/rss+xml' }] },
      items: items.map(({ id, title: name, url, summary, html, published, authors, tags, image }) => ({
        title: name,
        link: url,
        // Readers take it for HTML.
        description: summary === undefined ? (html ?? escapeText(name)) : escapeText(summary),
        guid: { value: id, isPermaLink: false },
        pubDate: published,
        categories: tags.map((tag) => ({ name: tag })),
        ...(authors.length > 0 ? { dc: { creators: authors } } : {}),
        ...(html ? { content: { encoded: html } } : {}),
        ...(image ? { enclosures: [image] } : {}),
      })),
    }),
  );

const atom = ({ id, title, description, home, address, updated, items }: Channel): string =>
  compact(
    generateAtomFeed({
      id,
      title: { value: title },
      subtitle: { value: description },
      updated,
      // Atom wants somebody to have written each entry: where a story names nobody, the site did.
      authors: [{ name: title }],
      links: [
        { href: home, rel: 'alternate', type: 'text/html' },
        { href: address, rel: 'self', type: 'application/atom+xml' },
      ],
      entries: items.map((item) => ({
        id: item.id,
        title: { value: item.title },
        updated: item.updated,
        published: item.published,
        authors: item.authors.map((name) => ({ name })),
        categories: item.tags.map((term) => ({ term })),
        links: [
          ...(item.url ? [{ href: item.url, rel: 'alternate', type: 'text/html' }] : []),
          ...(item.link ? [{ href: item.link, rel: 'via' }] : []),
          ...(item.image ? [{ href: item.image.url, rel: 'enclosure', type: item.image.type, length: item.image.length }] : []),
        ],
        summary: { value: item.summary ?? item.title },
        ...(item.html ? { content: { value: item.html, type: 'html' } } : {}),
      })),
    }),
  );

const json = ({ title, description, language, home, address, items }: Channel): string => {
  const feed = generateJsonFeed({
    title,
    description,
    language,
    home_page_url: home,
    feed_url: address,
    items: items.map(({ id, title: name, url, link, summary, html, published, updated, authors, tags, image }) => ({
      id,
      title: name,
      url,
      external_url: link,
      summary,
      // One of the two there must be.
      ...(html ? { content_html: html } : { content_text: summary ?? name }),
      image: image?.url,
      date_published: published,
      date_modified: updated,
      authors: authors.map((author) => ({ name: author })),
      tags,
    })),
  });
  return `${JSON.stringify(feed, null, 2)}\n`;
};

/** A feed in each of its forms, by the ending of its address. */
export const FEEDS = {
  rss: { type: 'application/rss+xml; charset=utf-8', write: rss },
  atom: { type: 'application/atom+xml; charset=utf-8', write: atom },
  json: { type: 'application/feed+json; charset=utf-8', write: json },
} as const;

export type FeedForm = keyof typeof FEEDS;
