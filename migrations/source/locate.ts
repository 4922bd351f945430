import { isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair } from 'yaml';

import type { Path } from './json';
import type { Position } from './problem';

/** Line and column of an offset. `\r\n` and a byte order mark count as editors count them. */
export const positionAt = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - (before.lastIndexOf('\n') + 1) + 1;
  return { line, column: line === 1 && text.startsWith('\uFEFF') ? Math.max(1, column - 1) : column };
};

/** Reads YAML for where things stand. Slow, and therefore only for a file that is reported or patched. */
export const parsePositions = (header: string): Document => parseDocument(header, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });

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

/** Where the value at a path stands in a file: its key, or its place in a list. Where it is missing: what should hold it. */
export const locate = (file: { text: string; header: string; headerStart: number }, path: Path): Position =>
  positionAt(file.text, file.headerStart + offsetOf(parsePositions(file.header), path));
