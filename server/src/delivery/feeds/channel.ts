import { isBlank } from '../../../../content-types/rules/blank';
import type { Site } from '../../services/site';

import type { FeedSource, FeedStory } from './story';
import { isRooted, toHtml } from './to-html';

export interface Item {
  id: string;
  title: string;
  /** The story's page on the site, else what it is about. */
  url?: string;
  /** The story that was found elsewhere. */
  link?: string;
  summary?: string;
  html?: string;
  published?: Date;
  updated: Date;
  authors: string[];
  tags: string[];
  image?: { url: string; type: string; length: number };
}

/** What every form of a feed says. */
export interface Channel {
  id: string;
  title: string;
  description: string;
  language?: string;
  home: string;
  address: string;
  updated: Date;
  items: Item[];
}

/** XML 1.0 has no way to write these, not even escaped. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const text = (value: unknown): string | undefined => {
  const clean = typeof value === 'string' ? value.replace(UNWRITABLE, '').trim() : '';
  return clean === '' ? undefined : clean;
};

/** An address that a reader may be sent to. */
const webAddress = (value: unknown): string | undefined => {
  const address = text(value);
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return /^https?:$/.test(protocol) ? href : undefined;
};

const moment = (value: string | null | undefined): Date | undefined => {
  const date = isBlank(value) ? undefined : new Date(String(value));
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
};

/** Strapi may stand below a path of its host, which an address that begins with a slash does not name. */
const assetAddress = (assets: string, url: string): string => new URL(isRooted(url) ? assets + url : url, assets).href;

const EPOCH = new Date(0);

const itemOf = (site: Site, assets: string, story: FeedStory): Item => {
  const { documentId, path, body, featuredImage, topics = [], authors } = story;
  const link = webAddress(story.link);
  const html = text(body) && text(toHtml(text(body)!, { site: site.url, assets }));
  const published = moment(story.date) ?? moment(story.createdAt);
  return {
    // The same for ever: a page's address may change, and readers would show the story as a new one.
    id: `tag:${new URL(site.url).hostname},2025:curation/${documentId}`,
    title: text(story.title) ?? documentId,
    ...(path !== null ? { url: site.addressOf(path) } : link ? { url: link } : {}),
    ...(link ? { link } : {}),
    ...(text(story.description) ? { summary: text(story.description)! } : {}),
    ...(html ? { html } : {}),
    ...(published ? { published } : {}),
    updated: moment(story.updatedAt) ?? published ?? EPOCH,
    authors: [authors].flat().flatMap((name) => text(name) ?? []),
    tags: topics.flatMap(({ name, label }) => text(label) ?? text(name) ?? []),
    ...(featuredImage
      ? { image: { url: assetAddress(assets, featuredImage.url), type: featuredImage.mime, length: Math.round(featuredImage.size * 1000) } }
      : {}),
  };
};

/** What a feed says, whatever form it has. */
export const channelOf = (site: Site, { stories, topic, address, assets }: FeedSource): Channel => {
  const items = stories.map((story) => itemOf(site, assets.replace(/\/+$/, ''), story));
  const newest = Math.max(0, ...items.map(({ updated }) => updated.getTime()));
  const name = topic && (text(topic.label) ?? text(topic.name));
  const title = name ? `${site.title}: ${name}` : site.title;
  return {
    id: address,
    title: text(title) ?? 'Curated content',
    description: text(site.description) ?? title,
    ...(site.language ? { language: site.language } : {}),
    home: topic?.path ? site.addressOf(topic.path) : `${site.url}/`,
    address,
    updated: new Date(newest),
    items,
  };
};
