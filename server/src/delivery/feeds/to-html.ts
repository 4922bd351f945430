import MarkdownIt from 'markdown-it';

import { stripActiveHtml } from '../../../../migrations/source/active-html/strip-active-html';

const markdown = new MarkdownIt({ html: true });

/** Where HTML names an address that begins with a slash, and a second one would name another host. */
const ROOTED = /(?<=<[^<>]*\s(?:href|src|poster)\s*=\s*["']?)\/(?!\/)[^\s"'<>]*/gi;
/** Where Strapi keeps what was uploaded. */
const UPLOADS = /^\/uploads\//;

/**
 * A story's body as HTML for a stranger's reader: Markdown is rendered, what a browser would run is taken out, and addresses are whole, because
 * a reader knows nothing that they could begin at.
 */
export const toHtml = (body: string, { site, assets }: { site: string; assets: string }): string => {
  const { text } = stripActiveHtml(body);
  const html = /^\s*</.test(text) ? text : markdown.render(text);
  return html.replace(ROOTED, (address) => (UPLOADS.test(address) ? assets : site) + address).trim();
};
