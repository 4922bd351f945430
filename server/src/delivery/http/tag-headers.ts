import type { Tags } from '../answers/answer';

/** A header that is longer makes proxies with their usual limits refuse the answer. */
const MAX_LENGTH = 3_500;

/** The headers by which a CDN purges an answer: Fastly's and Cloudflare's. */
export const tagHeadersOf = ({ names, brief }: Tags): Record<'Surrogate-Key' | 'Cache-Tag', string> => {
  const all = names.join(' ');
  return all.length <= MAX_LENGTH
    ? { 'Surrogate-Key': all, 'Cache-Tag': names.join(',') }
    : { 'Surrogate-Key': brief.join(' '), 'Cache-Tag': brief.join(',') };
};
