/** A header that is longer makes proxies with their usual limits refuse the answer. */
const MAX_LENGTH = 3_500;

/** The headers by which a CDN purges an answer: Fastly's and Cloudflare's. What has too many tags to name has the first: the kind of list it is. */
export const tagHeadersOf = (tags: readonly string[]): Record<'Surrogate-Key' | 'Cache-Tag', string> => {
  const joined = (separator: string): string => {
    const all = tags.join(separator);
    return all.length <= MAX_LENGTH ? all : tags[0]!;
  };
  return { 'Surrogate-Key': joined(' '), 'Cache-Tag': joined(',') };
};
