import MarkdownIt from 'markdown-it';

import { stripActiveHtml } from '../../../../migrations/source/active-html/strip-active-html';

const markdown = new MarkdownIt({ html: true });

/** A story's body as HTML for a stranger's reader: Markdown is rendered, what a browser would run is taken out. */
export const toHtml = (body: string): string => {
  const { text } = stripActiveHtml(body);
  return (/^\s*</.test(text) ? text : markdown.render(text)).trim();
};
