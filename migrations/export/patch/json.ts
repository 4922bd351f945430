import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';

import { isObject, type JsonValue } from '../../source/json';
import { json } from '../../source/languages/json';
import { itemTexts, patchWith, type Change } from './edit';

const textOf = (header: string, { offset, length }: Node): string => header.slice(offset, offset + length);

/** What one level is indented by, where the text has lines at all. */
const indentOf = (header: string): string => /\n([ \t]+)/.exec(header)?.[1] ?? '  ';

/** The blanks at the beginning of the line of a place. */
const columnOf = (header: string, offset: number): string =>
  /^[ \t]*/.exec(header.slice(header.lastIndexOf('\n', offset - 1) + 1, offset))![0];

const lineEndOf = (header: string): string => (header.includes('\r\n') ? '\r\n' : '\n');

const commaOf = (header: string): string => (header.includes(',"') ? ',' : ', ');

const colonOf = (header: string): string => (/":\S/.test(header) ? ':' : ': ');

/** A value in the style of the header: over several lines where the value was that stood there, or where all of the header is. */
const print = (header: string, value: JsonValue, offset: number, before: Node | undefined): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [comma, colon] = [commaOf(header), colonOf(header)];
  const inline = (each: JsonValue): string => {
    if (Array.isArray(each)) return `[${each.map(inline).join(comma)}]`;
    if (!isObject(each)) return JSON.stringify(each);
    return `{${Object.entries(each)
      .map(([key, item]) => JSON.stringify(key) + colon + inline(item))
      .join(comma)}}`;
  };
  const hadItems = Array.isArray(value) && before?.type === 'array' && before.children?.length;
  const isOverLines = (hadItems ? textOf(header, before) : Array.isArray(value) && !value.some(isObject) ? '' : header).includes('\n');
  const [indent, column, end] = [indentOf(header), columnOf(header, offset), lineEndOf(header)];
  const overLines = (each: JsonValue, level: string): string => JSON.stringify(each, null, indent).replace(/\n/g, `${end}${level}`);
  if (!Array.isArray(value)) return isOverLines ? overLines(value, column) : inline(value);

  const known = before?.type === 'array' ? (before.children ?? []) : [];
  const items = known.map((node) => ({ text: textOf(header, node), value: json.parse(textOf(header, node)) as JsonValue }));
  const texts = itemTexts(items, value, (each) => (isOverLines ? overLines(each, column + indent) : inline(each))).map(({ text }) => text);
  if (texts.length === 0) return '[]';
  if (!isOverLines) return `[${texts.join(comma)}]`;
  return `[${texts.map((text) => `${end}${column}${indent}${text}`).join(',')}${end}${column}]`;
};

function* candidates(header: string, { path, value }: Change): Generator<string> {
  const root = parseTree(header)!;
  const node = findNodeAtLocation(root, [...path]);
  if (node && value !== undefined) {
    yield header.slice(0, node.offset) + print(header, value, node.offset, node) + header.slice(node.offset + node.length);
  } else if (node) {
    const property = node.parent!;
    const siblings = property.parent!.children!;
    const index = siblings.indexOf(property);
    const [before, after] = [siblings[index - 1], siblings[index + 1]];
    const from = after || !before ? property.offset : before.offset + before.length;
    yield header.slice(0, from) + header.slice(after?.offset ?? property.offset + property.length);
  } else if (value !== undefined) {
    const parent = findNodeAtLocation(root, path.slice(0, -1))!;
    const last = parent.children?.at(-1);
    const at = last ? last.offset + last.length : parent.offset + 1;
    const start = last?.offset ?? at;
    const pair = `${JSON.stringify(path.at(-1))}${colonOf(header)}${print(header, value, start, undefined)}`;
    const isOverLines = header.slice(parent.offset, start).includes('\n');
    const gap = isOverLines ? `,${lineEndOf(header)}${columnOf(header, start)}` : commaOf(header);
    yield header.slice(0, at) + (last ? gap : '') + pair + header.slice(at);
  }
}

export const patchJson = patchWith({
  language: json,
  sayable: (value) => value,
  candidates,
  write: (data) => JSON.stringify(data, null, 2),
});
