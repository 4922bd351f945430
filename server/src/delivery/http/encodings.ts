import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Smaller ones would grow, or stay within one packet all the same. */
const MIN_BYTES = 1_024;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };

export const isWorthEncoding = (bytes: number): boolean => bytes >= MIN_BYTES;

/** The one that a client likes best, as its `Accept-Encoding` says; of two that it likes alike, the smaller one. */
export const preferredEncoding = (acceptEncoding: string): Encoding => {
  const weights = new Map(
    acceptEncoding.split(',').map((part) => {
      const [name, weight = '1'] = part.toLowerCase().split(/;\s*q\s*=/);
      return [name!.trim(), Number(weight)];
    }),
  );
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const smaller = weightOf('br') >= weightOf('gzip') ? 'br' : 'gzip';
  const weight = weightOf(smaller);
  return weight > 0 && weight >= (weights.get('identity') ?? 0) ? smaller : 'identity';
};

/** Compresses in the thread pool. */
export const encode = async (body: Buffer, encoding: Encoding): Promise<Buffer> => {
  if (encoding === 'br') return promisify(brotliCompress)(body, BROTLI);
  return encoding === 'gzip' ? promisify(gzip)(body) : body;
};
