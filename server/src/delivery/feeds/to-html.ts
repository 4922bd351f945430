import MarkdownIt from 'markdown-it';

import { stripActiveHtml } from '../../../../migrations/source/active-html/strip-active-html';

const markdown = new MarkdownIt({ html: true });

const TAG = /<[a-z][^<>]*>/gi;
/** An attribute that holds an address, and its value, in quotes where it has some. */
const ATTRIBUTE = /(\s(href|poster|src|srcset)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)/gi;
const ADDRESS = /[^\s"'][^"']*/;
/** One address of `srcset`, and how wide the picture there is. */
const CANDIDATE = /[^\s,"'](?:[^\s"']*[^\s,"'])?(?:\s[^,"']*)?/g;

/** Where Strapi keeps what was uploaded. */
const UPLOADS = /^\/uploads\//;

/** True for an address that begins at the root of a host. A second slash would name another host. */
export const isRooted = (address: string): boolean => /^\/(?!\/)/.test(address);

/**
 * A story's body as HTML for a stranger's reader: Markdown is rendered, what a browser would run is taken out, and addresses are whole, because
 * a reader knows nothing that they could begin at.
 */
export const toHtml = (body: string, { site, assets }: { site: string; assets: string }): string => {
  const whole = (address: string) => (isRooted(address) ? (UPLOADS.test(address) ? assets : site) + address : address);
  const html = /^\s*</.test(body) ? body : markdown.render(body);
  // Not before it is rendered: what Markdown shows as code is a tag to who reads HTML.
  const { text } = stripActiveHtml(html, { isHtml: true });
  const withWhole = (tag: string) =>
    tag.replace(ATTRIBUTE, (_, start: string, name: string, value: string) => {
      return start + value.replace(name.toLowerCase() === 'srcset' ? CANDIDATE : ADDRESS, whole);
    });
  return text.replace(TAG, withWhole).trim();
};
