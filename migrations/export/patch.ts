import matter from 'gray-matter';
import { isMap, type Node, type Pair } from 'yaml';

import { getAt, orderLike, sameJson, setAt, type JsonObject, type JsonValue, type Path } from '../source/json';
import { keyOf, parsePositions } from '../source/locate';
import { parseYaml } from '../source/yaml';

/** One value of the front matter that is to be another. */
export interface Edit {
  path: Path;
  value: JsonValue;
}

/** A piece of YAML as gray-matter writes it: the style of the files that this archive's own generator wrote. */
export const dump = (data: JsonObject): string => {
  const text = matter.stringify('', data);
  return text.slice(text.indexOf('\n') + 1, text.lastIndexOf('---'));
};

const indent = (text: string, columns: number): string => text.replace(/^(?=.)/gm, ' '.repeat(columns));

interface Span {
  from: number;
  to: number;
  column: number;
}

/** Where the lines of a key and its value stand in the header. Undefined where it is missing or not written in block style. */
const spanOf = (header: string, path: Path): Span | undefined => {
  let node: unknown = parsePositions(header).contents;
  let pair: Pair | undefined;
  for (const step of path) {
    if (!isMap(node) || node.flow) return undefined;
    pair = node.items.find((item) => keyOf(item) === step);
    if (!pair) return undefined;
    node = pair.value;
  }
  if (!pair) return undefined;
  const from = (pair.key as Node).range![0];
  const lineStart = header.lastIndexOf('\n', from - 1) + 1;
  if (header.slice(lineStart, from).trim() !== '') return undefined;
  const [, valueEnd = from, nodeEnd = from] = (pair.value as Node | null)?.range ?? (pair.key as Node).range!;
  // A value's end takes in the blank lines and comments that follow it; those stay.
  const end = /\n$/.test(header.slice(0, valueEnd)) ? valueEnd : header.indexOf('\n', Math.min(valueEnd, nodeEnd));
  const to = end === -1 ? header.length : end === valueEnd ? end : end + 1;
  return { from: lineStart, to, column: from - lineStart };
};

const replaceSpan = (header: string, { from, to, column }: Span, lines: string): string =>
  header.slice(0, from) + indent(lines, column) + header.slice(to);

/** Puts one value in place of another, touching as few lines as the way it is written allows. */
const applyEdit = (header: string, data: JsonObject, { path }: Edit): string => {
  for (let length = path.length; length > 0; length -= 1) {
    const prefix = path.slice(0, length);
    const span = prefix.every((step) => typeof step === 'string') ? spanOf(header, prefix) : undefined;
    if (span) return replaceSpan(header, span, dump({ [String(prefix.at(-1))]: getAt(data, prefix)! }));
  }
  const end = header === '' || header.endsWith('\n') ? header : `${header}\n`;
  return end + dump({ [String(path[0])]: getAt(data, [path[0]!])! });
};

/**
 * Changes values of a front matter and leaves every other line as it is.
 *
 * @param header YAML, without the lines of hyphens
 * @param data what `header` holds
 * @returns the new YAML; it is read again before it is trusted, and written anew as a whole where the lines could not be told apart
 */
export const patchHeader = (header: string, data: JsonObject, edits: readonly Edit[]): string => {
  const next = structuredClone(data);
  let patched = header.replace(/\r\n/g, '\n');
  for (const edit of edits) {
    setAt(next, edit.path, orderLike(getAt(data, edit.path), edit.value));
    patched = applyEdit(patched, next, edit);
  }
  const isRight = (text: string) => {
    try {
      return sameJson(parseYaml(text), next);
    } catch {
      return false;
    }
  };
  const result = isRight(patched) ? patched : dump(next);
  return header.includes('\r\n') ? result.replace(/\n/g, '\r\n') : result;
};
