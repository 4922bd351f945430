/** One old address and the one that it leads to, both as they stand in an address: percent-encoded, ASCII. */
export interface Rule {
  from: string;
  to: string;
}

export const STATUS = 301 as const;

/** `_redirects` of Netlify, and of Cloudflare Pages: one line a rule, fields apart by a blank. `*` and `:name` would be patterns. */
const netlify = (rules: readonly Rule[]): string => {
  const plain = (path: string) => path.replace(/\*/g, '%2A').replace(/:/g, '%3A');
  return rules.map(({ from, to }) => `${plain(from)} ${plain(to)} ${STATUS}\n`).join('');
};

/**
 * `location = …` blocks for an nginx `server`. nginx compares with the decoded path, so that `from` stands there decoded; `$` would begin a
 * variable in `to`. A location of a directory's name alone does not answer for the one with a slash. A slash that is part of a name cannot be
 * told from others there, and two such locations would be one.
 */
const nginx = (rules: readonly Rule[]): string => {
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const block = (path: string, to: string) => `location = ${quoted(path)} { return ${STATUS} ${quoted(to.replace(/\$/g, '%24'))}; }\n`;
  const told = rules.filter(({ from }) => !/%2f/i.test(from));
  return told.map(({ from, to }) => block(decodeURIComponent(from), to) + block(`${decodeURIComponent(from)}/`, to)).join('');
};

/** What `redirects()` of `next.config` answers. Sources are patterns of path-to-regexp: what means something there is escaped. */
const next = (rules: readonly Rule[]): string => {
  const plain = (path: string) => path.replace(/[\\:*+?(){}]/g, '\\$&');
  // It is read as a pattern too, and a backslash would stay in the address.
  const encoded = (path: string) => path.replace(/[:*+(){}]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const all = rules.map(({ from, to }) => ({ source: plain(from), destination: encoded(to), statusCode: STATUS }));
  return `${JSON.stringify(all, null, 2)}\n`;
};

/** The redirects as the configuration of what serves the site. */
export const FORMATS = {
  netlify: { type: 'text/plain; charset=utf-8', write: netlify },
  nginx: { type: 'text/plain; charset=utf-8', write: nginx },
  next: { type: 'application/json; charset=utf-8', write: next },
} as const;
