import { isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair } from 'yaml';

import type { Path } from '../../json';
import { rememberLast } from '../../remember-last';

/** Reads YAML for where things stand. Slow, and therefore only for a file that is reported or patched. */
export const parsePositions = (header: string): Document =>
  parseDocument(header, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });

const documentOf = rememberLast(parsePositions);

export const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '');

/** Offset in the header of the value at a path, or of the nearest thing above it that exists. */
const offsetOf = (document: Document, path: Path): number => {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => keyOf(item) === String(step));
      if (!pair) return offset;
      offset = (pair.key as Node).range![0];
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!node) return offset;
      offset = (node as Node).range![0];
    } else return offset;
  }
  return offset;
};

/** A key at the start of a line; a quoted value goes with it, for its lines may look like keys. */
const KEY =
  /^( *)(?:"([^"\\\r\n]*)"|'([^'\r\n]*)'|([^\s"'#-](?:[^:\r\n]*[^\s:])?)) *:(?=[ \r\n]|$)(?: +(?:"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'))?/gm;

/**
 * Finds a key in plain block style without a parser: an archive of which every picture is missing has as many places to tell as files.
 * Undefined where the front matter is written in any other way.
 */
const findKey = (header: string, path: Path): number | undefined => {
  let [start, from, to, indent] = [0, 0, header.length, -1];
  for (const step of path) {
    KEY.lastIndex = from;
    let match = KEY.exec(header);
    const level = match?.[1]!.length ?? -1;
    if (level <= indent) return undefined;
    while (match && match.index < to && (match[1]!.length !== level || (match[2] ?? match[3] ?? match[4]) !== step)) {
      if (match[1]!.length < level) return undefined;
      match = KEY.exec(header);
    }
    if (!match || match.index >= to) return undefined;
    [start, from, indent] = [match.index + level, match.index + match[0].length, level];
    const sibling = new RegExp(`^ {0,${level}}[^\\s]`, 'gm');
    sibling.lastIndex = from;
    to = Math.min(to, sibling.exec(header)?.index ?? to);
  }
  return start;
};

/** As `offsetOf`, where the parser stumbled: what stands above the place is found without it. */
const nearestKey = (header: string, path: Path): number | undefined => {
  for (let length = path.length - 1; length > 0; length -= 1) {
    const found = findKey(header, path.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Offset in the header of the value at a path: its key, or its place in a list. Where it is missing: what should hold it. */
export const findOffset = (header: string, path: Path): number => {
  const isInList = path.some((step) => typeof step === 'number');
  const key = isInList ? undefined : findKey(header, path);
  if (key !== undefined) return key;
  const document = documentOf(header);
  return (document.errors.length > 0 ? nearestKey(header, path) : undefined) ?? offsetOf(document, path);
};
