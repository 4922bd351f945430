import { sha256 } from '../../content-types/rules/sha256';
import { parseFrontMatter, splitFrontMatter } from './front-matter';
import type { Limits } from './limits';
import type { ParsedFile } from './parsed-file';
import { positionAt } from './position';
import { problem, type Problem } from './problem';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads one Markdown file from its bytes.
 *
 * @param path relative to the imported folder
 * @returns the file, or every problem that keeps it from being read
 */
export const readFile = (path: string, bytes: Uint8Array, limits: Limits): ParsedFile | Problem[] => {
  if (bytes.byteLength > limits.fileBytes) {
    return [problem('file/too-large', path, `The file has ${bytes.byteLength} bytes; the limit is ${limits.fileBytes}.`)];
  }
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return [problem('file/encoding', path, 'The file is not UTF-8 text.')];
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) return [problem('file/nul-byte', path, 'The file holds a NUL character.', positionAt(text, nul))];

  const parts = splitFrontMatter(text, path);
  if ('rule' in parts) return [parts];
  const data = parseFrontMatter(text, parts, path, limits);
  if (Array.isArray(data)) return data;
  const { bodyStart, ...header } = parts;
  return { path, hash: sha256(bytes), text, ...header, data, body: text.slice(bodyStart) };
};
