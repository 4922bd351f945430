import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

/** Smaller ones would grow, or stay within one packet all the same. */
const MIN_BYTES = 1_024;
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };

export const isWorthEncoding = (bytes: number): boolean => bytes >= MIN_BYTES;

/** Compresses in the thread pool. */
export const encode = async (body: Buffer, encoding: Encoding): Promise<Buffer> => {
  if (encoding === 'br') return promisify(brotliCompress)(body, BROTLI);
  return encoding === 'gzip' ? promisify(gzip)(body) : body;
};
