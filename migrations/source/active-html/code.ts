import MarkdownIt from 'markdown-it';

import { codeSpans } from './code-spans';
import { overlap, rangeAt, type Range } from './range';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** CommonMark, and what most renderers make of it: with tables, whose heads may look like code to others. */
const PLAIN = new MarkdownIt('commonmark');
const WITH_TABLES = new MarkdownIt('default', { html: true });

const MAY_BE_CODE = /`|~~~| {4}|\t/;
/** The line below the head of a table, in a quote too. */
const TABLE = /^[\t >|:-]*-[\t >|:-]*$/;
/** A line that has nothing in it but marks of quotes. Code by its indentation alone goes on from anything else, to some parsers. */
const BLANK = /^[\t >]*$/;
/** A label whose address may stand in the next line, whatever that looks like. */
const UNFINISHED = /\]:[\t ]*$/;

/** Elements that are never closed by mistake, and rarely hold Markdown. */
const CONTAINER =
  /<(\/?)(?:html|body|div|section|article|main|header|footer|aside|nav|center|table|ul|ol|dl|form|figure|svg|noscript)(?=[\s/>])/gi;

interface Line {
  text: string;
  start: number;
}

const linesOf = (text: string): Line[] => {
  const lines: Line[] = [];
  for (const { 0: whole, 1: line, index } of text.matchAll(/([^\r\n]*)(?:\r\n?|\n|$)/g)) {
    if (whole !== '' || index < text.length) lines.push({ text: line!, start: index });
  }
  return lines;
};

/** Drops code that is so by its indentation alone and stands inside an element: there it is HTML that was printed prettily. */
const withoutIndented = (text: string, code: Range[], indented: Range[]): Range[] => {
  if (indented.length === 0) return code;
  const kept: Range[] = [];
  let index = 0;
  let depth = 0;
  const pass = (place: number): void => {
    for (; index < indented.length && indented[index]!.start < place; index += 1) if (depth === 0) kept.push(indented[index]!);
  };
  for (const { 1: slash, index: place } of text.matchAll(CONTAINER)) {
    pass(place);
    if (!rangeAt(code, place) && !rangeAt(kept, place)) depth = Math.max(0, depth + (slash ? -1 : 1));
  }
  pass(text.length);
  return [...code, ...kept].sort((a, b) => a.start - b.start);
};

/** Tells where the text of a paragraph stands: it comes without the marks of the quotes and lists that it is in. */
const createLocator = (content: string, first: number, lines: readonly Line[]): ((offset: number) => number | undefined) => {
  const parts = content.split('\n');
  let part = -1;
  /** Where the part begins and ends in the paragraph, and how far that is from where it stands in the text. */
  let [start, end, shift]: [number, number, number | undefined] = [0, -1, undefined];
  return (offset) => {
    while (offset > end) {
      part += 1;
      const text = parts[part]!;
      const line = lines[first + part];
      start = end + 1;
      end = start + text.length;
      const found = line ? line.text.lastIndexOf(text.trim()) : -1;
      shift = found < 0 ? undefined : line!.start + found - (text.length - text.trimStart().length) - start;
    }
    return shift === undefined ? undefined : offset + shift;
  };
};

/** Code spans where each line may be a row of a table, in which none goes on. */
const spansOfRows = (rows: readonly Line[]): Range[] =>
  rows.flatMap((row) => codeSpans(row.text, true).map(({ start, end }) => ({ start: row.start + start, end: row.start + end })));

const codeOf = (markdown: MarkdownIt, text: string, lines: readonly Line[]): Range[] => {
  const startOf = (line: number): number => lines[line]?.start ?? text.length;
  const isTable = (line: number): boolean => TABLE.test(lines[line]?.text ?? '');
  const tokens: Token[] = [];
  markdown.block.parse(lines.map((line) => line.text).join('\n'), markdown, {}, tokens);

  const code: Range[] = [];
  const indented: Range[] = [];
  for (const { type, map, content } of tokens) {
    if (!map) continue;
    const whole = { start: startOf(map[0]), end: startOf(map[1]) };
    const above = lines[map[0] - 1]?.text ?? '';
    if (type === 'fence') {
      if (!UNFINISHED.test(above)) code.push(whole);
    } else if (type === 'code_block') {
      if (BLANK.test(above)) indented.push(whole);
    } else if (type === 'table_open') code.push(...spansOfRows(lines.slice(...map)));
    else if (type === 'inline' && content.includes('`')) {
      const locate = createLocator(content, map[0], lines);
      const spans = codeSpans(content, false);
      const mayBeTable = content.split('\n').some((line) => TABLE.test(line)) || isTable(map[1]);
      for (const span of mayBeTable ? overlap(spans, spansOfRows(linesOf(content))) : spans) {
        const start = locate(span.start);
        const end = locate(span.end);
        if (start !== undefined && end !== undefined) code.push({ start, end });
      }
    }
  }
  return withoutIndented(text, code, indented);
};

/**
 * Finds the parts of Markdown that are shown as they are: fenced and indented code, and code spans. Where there may be a table, parsers differ
 * in what is one, and in what is code around it: only what all of them take for code is.
 */
export const findCode = (text: string): Range[] => {
  if (!MAY_BE_CODE.test(text)) return [];
  const lines = linesOf(text);
  const code = codeOf(PLAIN, text, lines);
  return lines.some((line) => TABLE.test(line.text)) ? overlap(code, codeOf(WITH_TABLES, text, lines)) : code;
};
