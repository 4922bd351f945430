import { decodeHTML } from 'entities';

/** What opens something that nobody reads, and what closes it. */
const OPENING = /<(script|style)\b|<!--/gi;
const CLOSING = { script: /<\/script\s*>/gi, style: /<\/style\s*>/gi, comment: /-->/g };
const TAG = /<\/?[a-z][^<>]*>/gi;
/** The address of a Markdown link or picture; its words stay. */
const ADDRESS = /\]\([^()\s]*(?:\s+"[^"]*")?\)/g;
const URL = /\bhttps?:\/\/[^\s<>"')\]]+/gi;

/**
 * Leaves out what nobody reads. An opening that nothing closes is text like any other, and its closing is looked for once: a body of nothing but
 * openings would be searched from each of them to its end.
 */
const withoutUnread = (text: string): string => {
  const unclosed = new Set<string>();
  let read = '';
  let end = 0;
  for (const { 1: tag = 'comment', index } of text.matchAll(OPENING)) {
    const kind = tag.toLowerCase() as keyof typeof CLOSING;
    if (index < end || unclosed.has(kind)) continue;
    const closing = CLOSING[kind];
    closing.lastIndex = index;
    if (!closing.test(text)) {
      unclosed.add(kind);
      continue;
    }
    read += `${text.slice(end, index)} `;
    end = closing.lastIndex;
  }
  return read + text.slice(end);
};

/** What a reader of a body reads: without tags, addresses and entities. */
export const plainText = (body: string): string => {
  let text = body;
  if (text.includes('<')) text = withoutUnread(text).replace(TAG, ' ');
  if (text.includes('](')) text = text.replace(ADDRESS, '] ');
  if (text.includes('://')) text = text.replace(URL, ' ');
  return text.includes('&') ? decodeHTML(text) : text;
};
