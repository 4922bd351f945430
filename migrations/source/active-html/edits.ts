import type { Range } from './range';

/** A stretch of a text, and what stands there afterwards. */
export interface Edit extends Range {
  replacement: string;
}

const BLANK = /^[\t ]*$/;

/** How far is looked around. */
const NEAR = 2000;

/** Where the line begins of which there is nothing but blanks in front of a place; undefined where there is more. */
const blankFrom = (text: string, place: number): number | undefined => {
  let start = place;
  while (start > 0 && /[\t ]/.test(text.charAt(start - 1))) start -= 1;
  return start === 0 || /[\r\n]/.test(text.charAt(start - 1)) ? start : undefined;
};

/**
 * Takes the whole line where an edit leaves nothing of it: a blank line would end the HTML around it. Between two paragraphs the blank line
 * stays, for they would become one.
 */
const withLine = (text: string, edit: Edit): Edit => {
  const start = edit.replacement === '' ? blankFrom(text, edit.start) : undefined;
  if (start === undefined) return edit;
  const rest = /^[\t ]*(?:\r\n?|\n|$)/.exec(text.slice(edit.end, edit.end + NEAR));
  if (!rest) return edit;
  const end = edit.end + rest[0].length;
  const above = text
    .slice(Math.max(0, start - NEAR), start)
    .split(/(?:\r\n?|\n)[\t ]*(?=[\r\n])/)
    .at(-1)!
    .trim();
  const lineBelow = /^[^\r\n]*/.exec(text.slice(end, end + NEAR))![0];
  const isBetweenText = above !== '' && !above.startsWith('<') && !BLANK.test(lineBelow);
  return isBetweenText ? edit : { start, end, replacement: '' };
};

/** Brings edits in their order; of two that overlap the second is dropped. */
export const arrange = <Each extends Edit>(edits: readonly Each[]): Each[] => {
  const arranged: Each[] = [];
  let end = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < end) continue;
    arranged.push(edit);
    ({ end } = edit);
  }
  return arranged;
};

/** Makes one edit of those that follow each other at once, and takes the line that they would leave blank. */
export const widen = (text: string, edits: readonly Edit[]): Edit[] => {
  const joined: Edit[] = [];
  for (const { start, end, replacement } of edits) {
    const last = joined.at(-1);
    if (last && last.replacement === '' && replacement === '' && BLANK.test(text.slice(last.end, start))) last.end = end;
    else joined.push({ start, end, replacement });
  }
  return joined.map((edit) => withLine(text, edit));
};

/** The text with edits made, which are in their order. */
export const apply = (text: string, edits: readonly Edit[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, replacement } of edits) {
    parts.push(text.slice(at, start), replacement);
    at = end;
  }
  return parts.join('') + text.slice(at);
};

/** Where places of an edited text were before; both are in their order. */
export const before = (edits: readonly Edit[], places: readonly number[]): number[] => {
  let index = 0;
  let shift = 0;
  return places.map((place) => {
    for (let edit = edits[index]; edit; edit = edits[index]) {
      if (edit.start >= place + shift) break;
      const after = edit.end - edit.start - edit.replacement.length;
      if (place + shift < edit.start + edit.replacement.length) return edit.start;
      shift += after;
      index += 1;
    }
    return place + shift;
  });
};
