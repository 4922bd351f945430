import { decodeHTML } from 'entities';

const NOT_READ = /<(script|style)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi;
const TAG = /<\/?[a-z][^<>]*>/gi;
/** The address of a Markdown link or picture; its words stay. */
const ADDRESS = /\]\([^()\s]*(?:\s+"[^"]*")?\)/g;
const URL = /\bhttps?:\/\/[^\s<>"')\]]+/gi;

/** What a reader of a body reads: without tags, addresses and entities. */
export const plainText = (body: string): string => {
  let text = body;
  if (text.includes('<')) text = text.replace(NOT_READ, ' ').replace(TAG, ' ');
  if (text.includes('](')) text = text.replace(ADDRESS, '] ');
  if (text.includes('://')) text = text.replace(URL, ' ');
  return text.includes('&') ? decodeHTML(text) : text;
};
