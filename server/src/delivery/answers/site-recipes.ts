import { encodePath, sitePath } from '../../../../content-types/rules/site-path';
import type { ContentType } from '../../../../content-types';
import { sha256 } from '../../../../content-types/rules/sha256';
import type { RedirectsAnswer, ResolveAnswer } from '../../contracts/site';
import { channelOf } from '../feeds/channel';
import { FEEDS, type FeedForm } from '../feeds/formats';
import { countPages, readPages } from '../feeds/read-pages';
import { facetKey } from '../facet-key';
import { SITEMAP_SIZE, writeSitemap, writeSitemapIndex } from '../feeds/sitemap';
import type { FeedStory, FeedTopic } from '../feeds/story';
import { FORMATS, STATUS } from '../redirects/formats';
import { listRedirects } from '../redirects/list';
import { resolvePath } from '../redirects/resolve';
import type { Site } from '../../services/site';

import type { Answer, Recipe } from './answer';
import { readBySlug, readStories } from './contents';
import type { Kitchen } from './kitchen';
import { textOf } from './ready-row';
import type { Rights } from './rights';

interface Own {
  site: Site;
  /** Strapi's own address, as others see it. */
  origin: string;
  /** Whether sites may see when a story changed last. */
  isDated: boolean;
}

const KINDS = { 'curated-content': 'content', topic: 'topic', offering: 'offering' } as const;

/** Topics and offerings are for those who may `find` them. */
const isSeen = (type: ContentType, { topics, offerings }: Rights): boolean =>
  type === 'topic' ? topics : type === 'offering' ? offerings : true;

interface Made {
  text: string;
  /** What it is filed under; the first of them stands for all. */
  tags: [string, ...string[]];
}

/** An answer that is told apart by its text: the table's state says whether it has to be made again. */
const recipe = ({ sequence }: Kitchen, key: unknown[], make: () => Promise<Made | undefined>): Recipe => {
  const whole = async (): Promise<Answer | undefined> => {
    const made = await make();
    const etag = made && sha256(made.text, 'base64url').slice(0, 27);
    return (
      made && { text: made.text, tags: { names: made.tags, brief: made.tags.slice(0, 1) }, etag: etag!, changedAt: sequence.changedAt }
    );
  };
  return { key: JSON.stringify(key), whole };
};

/** `GET /resolve` */
export const resolveRecipe = (kitchen: Kitchen, { site }: Own, given: string): Recipe => {
  const asked = sitePath(given, { isOwnHost: () => true, dropsQuery: true });
  return recipe(kitchen, ['resolve', kitchen.rights, asked], async () => {
    const found = 'path' in asked ? await resolvePath(kitchen.host, asked.path) : undefined;
    if (!found || !isSeen(found.type, kitchen.rights) || (!found.isRedirect && found.slug === null)) return undefined;
    const data: ResolveAnswer['data'] = found.isRedirect
      ? { kind: 'redirect', status: STATUS, to: site.hrefOf(found.path) }
      : { kind: KINDS[found.type], slug: found.slug! };
    return { text: JSON.stringify({ data } satisfies ResolveAnswer), tags: [found.documentId, 'redirects'] };
  });
};

/** `GET /redirects` */
export const redirectsRecipe = (kitchen: Kitchen, { site }: Own, format: 'json' | keyof typeof FORMATS): Recipe =>
  recipe(kitchen, ['redirects', kitchen.rights, format], async () => {
    const listed = (await listRedirects(kitchen.host)).filter(({ type }) => isSeen(type, kitchen.rights));
    const rules = listed.map(({ from, to, kind }) => ({ from: encodePath(from), to: site.hrefOf(to), status: STATUS, kind }));
    const answer: RedirectsAnswer = { data: rules, meta: { total: rules.length } };
    return { text: format === 'json' ? JSON.stringify(answer) : FORMATS[format].write(rules), tags: ['redirects'] };
  });

/** `GET /feed.rss`, `/feed.atom`, `/feed.json` */
export const feedRecipe = (kitchen: Kitchen, { site, origin }: Own, form: FeedForm, address: string, slug: string | undefined): Recipe =>
  recipe(kitchen, ['feed', kitchen.rights, form, address, slug], async () => {
    const { host, rights } = kitchen;
    const row = slug !== undefined && rights.topics ? await readBySlug(host, true, 'topic', slug) : undefined;
    if (slug !== undefined && !row) return undefined;
    const topic = row && (JSON.parse(textOf('topic', row, rights)) as FeedTopic);
    const { rows } = await readStories(host, true, { keys: topic ? [facetKey('topic', topic.documentId)] : [], limit: site.feedSize });
    const stories = rows.map((each) => JSON.parse(textOf('curated-content', each, { ...rights, offerings: false })) as FeedStory);
    const text = FEEDS[form].write(channelOf(site, { stories, topic, address, assets: origin }));
    return { text, tags: ['contents', ...(topic ? [topic.documentId] : []), ...stories.map(({ documentId }) => documentId)] };
  });

/** `GET /sitemap.xml` */
export const sitemapRecipe = (kitchen: Kitchen, { site, isDated }: Own, address: string, page: number | undefined): Recipe =>
  recipe(kitchen, ['sitemap', address, page], async () => {
    const { host } = kitchen;
    const parts = Math.max(1, Math.ceil((await countPages(host)) / SITEMAP_SIZE));
    const tags: Made['tags'] = ['contents'];
    if (page === undefined && parts > 1) {
      const all = Array.from({ length: parts }, (_, index) => ({ address: `${address}?page=${index + 1}`, changed: null }));
      return { text: writeSitemapIndex(all), tags };
    }
    if (page !== undefined && page > parts) return undefined;
    const pages = await readPages(host, { offset: ((page ?? 1) - 1) * SITEMAP_SIZE, limit: SITEMAP_SIZE });
    return {
      text: writeSitemap(pages.map(({ path, changed }) => ({ address: site.addressOf(path), changed: isDated ? changed : null }))),
      tags,
    };
  });
