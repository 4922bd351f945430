import MarkdownIt from 'markdown-it';

import { codeSpans } from './code-spans';
import { rangeAt, type Range } from './range';

type Token = ReturnType<MarkdownIt['parse']>[number];

/** The parser that Strapi's own editor previews a text with. */
const markdown = new MarkdownIt('commonmark');

const MAY_BE_CODE = /`|~~~| {4}|\t/;
/** The line below the head of a table. */
const TABLE = /^(?=[^\n]*\|)[\t |:-]+$/m;

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

/** Finds the parts of Markdown that are shown as they are: fenced and indented code, and code spans. */
export const findCode = (text: string): Range[] => {
  if (!MAY_BE_CODE.test(text)) return [];
  const lines = linesOf(text);
  const startOf = (line: number): number => lines[line]?.start ?? text.length;
  const tokens: Token[] = [];
  markdown.block.parse(lines.map((line) => line.text).join('\n'), markdown, {}, tokens);

  const code: Range[] = [];
  const indented: Range[] = [];
  for (const { type, map, content } of tokens) {
    if (!map) continue;
    const whole = { start: startOf(map[0]), end: startOf(map[1]) };
    if (type === 'fence') code.push(whole);
    else if (type === 'code_block') indented.push(whole);
    else if (type === 'inline' && content.includes('`')) {
      const locate = createLocator(content, map[0], lines);
      for (const span of codeSpans(content, TABLE.test(content))) {
        const start = locate(span.start);
        const end = locate(span.end);
        if (start !== undefined && end !== undefined) code.push({ start, end });
      }
    }
  }
  return withoutIndented(text, code, indented);
};
