import type { Range } from './range';

/** What binds as tightly as a code span, and goes before it where it begins first: an escape, an address, a tag. */
const ESCAPE = /\\[^]/y;
const AUTOLINK = /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>/iy;
const TAG = /<(?:\/[a-z][a-z0-9-]*\s*|[a-z][a-z0-9-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?)>/iy;
const ENCLOSED: readonly (readonly [RegExp, string])[] = [
  [/<!--(?:-?>)?/y, '-->'],
  [/<\?/y, '?>'],
  [/<!\[CDATA\[/y, ']]>'],
  [/<![a-z]/iy, '>'],
];

const endOf = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** Where runs of backticks of one length begin, and the first of them that has not been passed. */
interface Runs {
  places: number[];
  next: number;
}

const runsByLength = (text: string): Map<number, Runs> => {
  const byLength = new Map<number, Runs>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const runs = byLength.get(run.length) ?? { places: [], next: 0 };
    runs.places.push(index);
    byLength.set(run.length, runs);
  }
  return byLength;
};

/**
 * Finds the code spans of a paragraph (CommonMark, 6.1).
 *
 * @param isTable true where a '|' that nothing escapes ends a cell, and with it every span
 */
export const codeSpans = (text: string, isTable: boolean): Range[] => {
  const runs = runsByLength(text);
  const missing = new Set<string>();
  const spans: Range[] = [];

  const endOfMarkup = (at: number): number => {
    const end = Math.max(endOf(AUTOLINK, text, at), endOf(TAG, text, at));
    if (end >= 0) return end;
    for (const [opening, closing] of ENCLOSED) {
      const inner = endOf(opening, text, at);
      if (inner < 0) continue;
      if (text.charAt(inner - 1) === '>') return inner;
      if (missing.has(closing)) return -1;
      const found = text.indexOf(closing, inner);
      if (found < 0) missing.add(closing);
      return found < 0 ? -1 : found + closing.length;
    }
    return -1;
  };

  for (let at = text.search(/[\\`<]/); at >= 0 && at < text.length;) {
    const character = text.charAt(at);
    let end = at + 1;
    if (character === '`') {
      while (text.charAt(end) === '`') end += 1;
      const same = runs.get(end - at);
      while (same && same.places[same.next]! < end) same.next += 1;
      const closer = same?.places[same.next];
      const span = closer === undefined ? undefined : { start: at, end: closer + end - at };
      if (span && !(isTable && /(?<!\\)[|\n]/.test(text.slice(span.start, span.end)))) {
        spans.push(span);
        ({ end } = span);
      }
    } else if (character === '\\') end = Math.max(end, endOf(ESCAPE, text, at));
    else if (character === '<') end = Math.max(end, endOfMarkup(at));
    at = end;
    while (at < text.length && !/[\\`<]/.test(text.charAt(at))) at += 1;
  }
  return spans;
};
