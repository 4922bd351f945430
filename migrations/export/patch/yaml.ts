import matter from 'gray-matter';
import { isMap, isScalar, type Node, type Pair } from 'yaml';

import { getAt, orderLike, sameJson, setAt, type JsonObject, type Path } from '../../source/json';
import { parseYaml } from '../../source/languages/yaml/parse-yaml';
import { keyOf, parsePositions } from '../../source/languages/yaml/yaml-places';
import type { Patch } from './edit';

/** A piece of YAML as gray-matter writes it: the style of the files that this archive's own generator wrote. */
export const dump = (data: JsonObject): string => {
  // One list that stands in two places is written twice, as a person would, and not as `*ref_0`.
  const text = matter.stringify('', data, { noRefs: true } as Parameters<typeof matter.stringify>[2]);
  return text.slice(text.indexOf('\n') + 1, text.lastIndexOf('---'));
};

const indent = (text: string, columns: number): string => text.replace(/^(?=.)/gm, ' '.repeat(columns));

interface Span {
  from: number;
  to: number;
}

/** The pair that a path of keys leads to, through block style alone or through flow style too. */
const findPair = (header: string, path: Path): Pair | undefined => {
  let node: unknown = parsePositions(header).contents;
  let pair: Pair | undefined;
  for (const step of path) {
    if (!isMap(node)) return undefined;
    pair = node.items.find((item) => keyOf(item) === step);
    if (!pair) return undefined;
    node = pair.value;
  }
  return pair;
};

/** Where a single value stands, if it is written on one line: what is around it, a comment too, stays. */
const valueSpan = (header: string, path: Path): Span | undefined => {
  const value = findPair(header, path)?.value;
  if (!isScalar(value) || !value.range) return undefined;
  const [from, to] = value.range;
  return to > from && !header.slice(from, to).includes('\n') ? { from, to } : undefined;
};

/** Where the lines of a key and its value stand, and how far they are indented; blank lines and comments that follow are not theirs. */
const lineSpan = (header: string, path: Path): (Span & { column: number }) | undefined => {
  const pair = findPair(header, path);
  const key = pair?.key as Node | undefined;
  if (!pair || !key?.range) return undefined;
  const from = header.lastIndexOf('\n', key.range[0] - 1) + 1;
  if (header.slice(from, key.range[0]).trim() !== '') return undefined;
  const valueEnd = ((pair.value as Node | null)?.range ?? key.range)[1];
  const lineEnd = header.charAt(valueEnd - 1) === '\n' ? valueEnd : header.indexOf('\n', valueEnd) + 1;
  return { from, to: lineEnd === 0 ? header.length : lineEnd, column: key.range[0] - from };
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Where the lines of a key stand, told by column 0 alone: for the strings that go on there, which the parser with positions refuses and
 * real archives are full of.
 */
const scannedSpan = (header: string, key: string): Span | undefined => {
  const start = new RegExp(`^["']?${escape(key)}["']?[ \\t]*:(?=\\s|$)`, 'm').exec(header);
  if (!start) return undefined;
  const next = /^[^\s#\-][^\n]*?:(?=\s|$)/gm;
  next.lastIndex = start.index + start[0].length;
  return { from: start.index, to: next.exec(header)?.index ?? header.length };
};

const replace = (header: string, { from, to }: Span, text: string): string => header.slice(0, from) + text + header.slice(to);

const endLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const reads = (header: string, data: JsonObject): boolean => {
  try {
    return sameJson(parseYaml(header), data);
  } catch {
    return false;
  }
};

/** The ways to put one value in place of another, those that touch the least first. */
function* candidates(header: string, data: JsonObject, path: Path): Generator<string> {
  const single = dump({ key: getAt(data, path)! });
  const span = single.split('\n').length === 2 ? valueSpan(header, path) : undefined;
  if (span) yield replace(header, span, single.slice('key: '.length).trimEnd());
  for (let length = path.length; length > 0; length -= 1) {
    const prefix = path.slice(0, length);
    const lines = lineSpan(header, prefix);
    if (lines) yield replace(endLine(header), lines, indent(dump({ [String(prefix.at(-1))]: getAt(data, prefix)! }), lines.column));
  }
  const top = String(path[0]);
  const scanned = scannedSpan(header, top);
  if (scanned) yield replace(header, scanned, dump({ [top]: getAt(data, [top])! }));
  yield endLine(header) + dump({ [top]: getAt(data, [top])! });
}

/** Each change is read again before it is trusted; where none can be, the front matter is written anew as a whole. */
export const patchYaml: Patch = (header, data, edits) => {
  const next = structuredClone(data);
  let patched = header.replace(/\r\n/g, '\n');
  for (const { path, value } of edits) {
    setAt(next, path, orderLike(getAt(data, path), value));
    patched = [...candidates(patched, next, path)].find((candidate) => reads(candidate, next)) ?? dump(next);
  }
  return header.includes('\r\n') ? patched.replace(/\n/g, '\r\n') : patched;
};
