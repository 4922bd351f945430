import type { AST } from 'toml-eslint-parser';

import { getAt, isObject, type JsonObject, type JsonValue, type Path } from '../../../source/json';
import { toml } from '../../../source/languages/toml';
import { itemTexts, patchWith, type Change } from '../edit';
import { isDate, isSame, Places, saysDate, startsWith } from './places';
import { print, printKey, printTable, printText, sayable } from './print';

/** A list in place of another: items that stay are as they were, with the comments on their lines. */
const printList = (places: Places, node: AST.TOMLArray, path: Path, after: readonly JsonValue[]): string => {
  const { header, end } = places;
  const data = toml.parse(header) as JsonValue;
  const [from, to] = node.range;
  const isOverLines = header.slice(from, to).includes('\n');
  const items = node.elements.map((each, index) => {
    const [start, stop] = each.range;
    const comment = isOverLines ? /^[ \t]*,?[ \t]*(#[^\r\n]*)?/.exec(header.slice(stop))![1] : undefined;
    return { value: getAt(data, [...path, index])!, text: header.slice(start, stop), comment, start };
  });
  const texts = itemTexts(items, after, print);
  if (texts.length === 0) return '[]';
  if (!isOverLines) {
    const blank = /^\[[ \t]/.test(header.slice(from)) ? ' ' : '';
    return `[${blank}${texts.map(({ text }) => text).join(', ')}${blank}]`;
  }
  const first = items[0]?.start;
  const indent = first === undefined ? '  ' : /^[ \t]*/.exec(header.slice(places.lineStart(first), first))![0];
  const column = /^[ \t]*/.exec(header.slice(places.lineStart(to - 1), to))![0];
  const isClosed = items.length === 0 || /^[ \t]*,/.test(header.slice(node.elements.at(-1)!.range[1]));
  const comma = (index: number) => (isClosed || index < texts.length - 1 ? ',' : '');
  const lines = texts.map(({ text, item }, index) => `${indent}${text}${comma(index)}${item?.comment ? ` ${item.comment}` : ''}${end}`);
  return `[${end}${lines.join('')}${column}]`;
};

function* inPlaceOf(places: Places, node: AST.TOMLContentNode, path: Path, value: JsonValue): Generator<string> {
  const [from, to] = node.range;
  const raw = places.header.slice(from, to);
  if (typeof value === 'string') {
    if (isDate(node) && saysDate(value)) yield places.replace(from, to, value);
    if (/^'(?!'')/.test(raw)) yield places.replace(from, to, `'${value}'`);
    if (/^("""|''')/.test(raw) && value.includes('\n')) {
      const text = printText(value).slice(1, -1).replaceAll('\\n', places.end).replaceAll('\\"', '"');
      yield places.replace(from, to, `"""${places.end}${text}"""`);
    }
  }
  if (Array.isArray(value) && node.type === 'TOMLArray') yield places.replace(from, to, printList(places, node, path, value));
  yield places.replace(from, to, print(value));
}

/** The header without the values at a path, wherever they stand. */
const without = (places: Places, path: Path): string => {
  const { header, pairs, tables } = places;
  const lines = [
    ...pairs.flatMap(({ path: each, node, table }): [number, number][] =>
      table && startsWith(each, path) && !startsWith(table, path)
        ? [[places.lineStart(node.range[0]), places.lineEnd(node.range[1] - 1)]]
        : [],
    ),
    ...tables.filter((table) => startsWith(table.path, path)).map((table) => places.linesOf(table)),
  ];
  const inBraces = pairs.find((pair) => !pair.table && isSame(pair.path, path))?.node;
  if (inBraces?.parent.type === 'TOMLInlineTable') {
    const { body } = inBraces.parent;
    const index = body.indexOf(inBraces);
    const [before, after] = [body[index - 1], body[index + 1]];
    lines.push([after || !before ? inBraces.range[0] : before.range[1], after?.range[0] ?? inBraces.range[1]]);
  }
  return lines.sort(([a], [b]) => b - a).reduce((text, [from, to]) => text.slice(0, from) + text.slice(to), header);
};

/** A line below another, indented like it. */
const lineBelow = (places: Places, offset: number, text: string): string => {
  const { header, end } = places;
  const start = places.lineStart(offset);
  const indent = /^[ \t]*/.exec(header.slice(start))![0];
  const at = places.lineEnd(offset);
  return places.replace(at, at, `${at > 0 && header.charAt(at - 1) !== '\n' ? end : ''}${indent}${text}${end}`);
};

/** Puts a key where there is none: into the table or the braces that hold its neighbours, or else at the top. */
function* insert(places: Places, path: Path, value: JsonValue): Generator<string> {
  const { header, pairs, tables, end } = places;
  for (let length = path.length - 1; length >= 0; length -= 1) {
    const above = path.slice(0, length);
    const braces = places.valueAt(above);
    if (braces?.type === 'TOMLInlineTable') {
      const last = braces.body.at(-1);
      const pair = `${printKey(path.slice(length))} = ${print(value)}`;
      yield last ? places.replace(last.range[1], last.range[1], `, ${pair}`) : places.replace(...braces.range, `{ ${pair} }`);
    }
    const table = tables.find((each) => isSame(each.path, above));
    // What stands in a table of its own is no neighbour, but for dotted keys that lead to where this one belongs.
    const neighbour = pairs.findLast((each) => each.table && each.table.length <= length && startsWith(each.path, above));
    const last = table ? table.node.body.at(-1) : neighbour?.node;
    const of = table?.path ?? neighbour?.table ?? [];
    const pair = `${printKey(path.slice(of.length))} = ${print(value)}`;
    if (last) yield lineBelow(places, last.range[1] - 1, pair);
    else if (table) yield lineBelow(places, table.node.key.range[1], pair);
  }
  yield `${printKey(path)} = ${print(value)}${end}${header}`;
  yield `${header}${end}[${printKey(path.slice(0, -1))}]${end}${printKey(path.slice(-1))} = ${print(value)}${end}`;
}

/** Tables of one name in place of others; those that stay are as they were. */
function* tablesInPlace(places: Places, path: Path, value: readonly JsonObject[]): Generator<string> {
  const { header, tables, end } = places;
  const data = toml.parse(header) as JsonValue;
  const spans = tables
    .filter((table) => startsWith(table.path, path))
    .map((table) => ({ step: table.path[path.length], lines: places.linesOf(table) }));
  const [first, last] = [spans[0], spans.at(-1)];
  // Others between them would go with them.
  const between = tables.filter(({ node }) => node.range[0] >= first!.lines[0] && node.range[0] < last!.lines[1]);
  if (between.length > spans.length) return;
  const starts = spans.filter(({ step }, index) => step !== spans[index - 1]?.step);
  const items = starts.map(({ step, lines: [from] }, index) => ({
    value: getAt(data, [...path, step!])!,
    text: header.slice(from, starts[index + 1]?.lines[0] ?? last!.lines[1]),
  }));
  const blocks = itemTexts(items, value, (each) => printTable(path, each as JsonObject, end)).map(({ text }) => text.trimEnd() + end);
  yield places.replace(first!.lines[0], last!.lines[1], blocks.join(end));
}

function* candidates(header: string, { path, value }: Change): Generator<string> {
  const places = new Places(header);
  const node = places.valueAt(path);
  if (value === undefined) yield without(places, path);
  else if (node) yield* inPlaceOf(places, node, path, value);
  else {
    const isSpread = places.tables.some((table) => startsWith(table.path, path));
    if (isSpread && Array.isArray(value) && value.length > 0 && value.every(isObject)) yield* tablesInPlace(places, path, value);
    yield* insert(
      isSpread || places.pairs.some((pair) => startsWith(pair.path, path)) ? new Places(without(places, path)) : places,
      path,
      value,
    );
  }
}

export const patchToml = patchWith({
  language: toml,
  sayable: (value) => sayable(value) as JsonObject,
  *candidates(header, change) {
    // A line of plus signs would end the front matter.
    for (const candidate of candidates(header, change)) if (!/^\+\+\+/m.test(candidate)) yield candidate;
  },
  write: (data) =>
    Object.entries(data)
      .map(([key, value]) => `${printKey([key])} = ${print(value)}\n`)
      .join(''),
});
