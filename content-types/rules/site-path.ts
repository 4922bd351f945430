import { sha256 } from './sha256';

/** What browsers and proxies agree on. */
const MAX_LENGTH = 2048;

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const CONTROL = /[\u0000-\u001F\u007F]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
/** What would mean something else in an address if it stood there as it is. */
const MEANINGFUL = /[%/?#\\]/g;

const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Percent-encoding undone, but for the characters that would split, end or encode a path. Undefined where it is no UTF-8. */
const decoded = (path: string): string | undefined => {
  try {
    const whole = path.replace(/%(?![0-9a-f]{2})/gi, '%25');
    return whole.replace(ESCAPES, (run) => decodeURIComponent(run).replace(MEANINGFUL, escaped)).normalize('NFC');
  } catch {
    return undefined;
  }
};

/** `.` and `..` go as a browser resolves them; so do empty parts, the last slash and blanks at the end. */
const resolved = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.replace(/\\/g, '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const whole = `/${parts.join('/')}`;
  return /\s$/.test(whole) ? resolved(whole.trimEnd()) : whole;
};

export type SitePath = { path: string } | { problem: string; isForeign?: true };

interface Options {
  /** Whether an absolute address is one of the site's own. Without it none is. */
  isOwnHost?: (host: string) => boolean;
  /** Drops `?…` and `#…`, as for the path of a page that a reader asks for. Without it they are refused: no redirect could match them. */
  dropsQuery?: boolean;
}

/**
 * The one form of a path that files, editors and browsers write in many: a leading slash and none at the end, percent-encoding undone,
 * Unicode composed, `.` and `..` resolved. Letter case stays; `pathKey` folds it.
 *
 * @returns the path, or what is wrong with it, as the end of a sentence
 */
export const sitePath = (value: unknown, { isOwnHost = () => false, dropsQuery = false }: Options = {}): SitePath => {
  if (typeof value !== 'string') return { problem: 'is no text' };
  let text = value.trim();
  if (text === '') return { problem: 'is blank' };
  if (LONE_SURROGATE.test(text)) return { problem: 'holds half of a character' };
  if (SCHEME.test(text) || text.startsWith('//')) {
    const address = URL.canParse(text, 'https://site.invalid') ? new URL(text, 'https://site.invalid') : undefined;
    if (!address || !/^https?:$/.test(address.protocol)) return { problem: 'is no path of a site' };
    if (!isOwnHost(address.host)) return { problem: `is an address of another site, ${address.host}`, isForeign: true };
    text = text.slice(text.indexOf('//') + 2).replace(/^[^/?#\\]*/, '') || '/';
  }
  const end = text.search(/[?#]/);
  if (end >= 0 && !dropsQuery) return { problem: `holds "${text[end]!}": what stands behind it is no part of a path` };
  const path = decoded(end < 0 ? text : text.slice(0, end));
  if (path === undefined) return { problem: 'has a "%" that encodes no character' };
  if (CONTROL.test(path)) return { problem: 'holds a control character' };
  if (path.length > MAX_LENGTH) return { problem: `is longer than ${MAX_LENGTH} characters` };
  return { path: resolved(path) };
};

/** Digest of a path in its one form: under an index it means the same on every database. Letter case is folded, as in slugs. */
export const pathKey = (path: string): string => sha256(path.normalize('NFC').toLowerCase());

/** A path in its one form, as an address holds it. */
export const encodePath = (path: string): string => encodeURI(path).replace(/%25(2F|3F|23|25|5C)/g, '%$1');
