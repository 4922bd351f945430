import { escapeUTF8 } from 'entities';

/** More of them the protocol does not allow in one file. */
export const SITEMAP_SIZE = 50_000;

/** A page of the site, or a part of the sitemap. */
export interface SitemapEntry {
  address: string;
  /** When it changed last; left out where nobody knows. */
  changed: Date | null;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

const entry = (name: string, { address, changed }: SitemapEntry): string =>
  `<${name}><loc>${escapeUTF8(address)}</loc>${changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''}</${name}>\n`;

/** A sitemap: the pages of a site, and when each changed last. */
export const writeSitemap = (pages: readonly SitemapEntry[]): string =>
  `${XML}<urlset xmlns="${NAMESPACE}">\n${pages.map((page) => entry('url', page)).join('')}</urlset>\n`;

/** The list of a site's sitemaps. */
export const writeSitemapIndex = (sitemaps: readonly SitemapEntry[]): string =>
  `${XML}<sitemapindex xmlns="${NAMESPACE}">\n${sitemaps.map((sitemap) => entry('sitemap', sitemap)).join('')}</sitemapindex>\n`;
