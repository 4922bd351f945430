import { FRAME_HOSTS } from './active-values';
import { findCode } from './code';
import { apply, arrange, before, widen, type Edit } from './edits';
import { findLinks } from './find-links';
import { findTags, type TagOptions } from './find-tags';
import type { Finding } from './finding';

export interface StripOptions {
  /** Hosts whose frames stay beside those of videos. */
  frames?: readonly string[];
  /** True for what is HTML and nothing else: what would be code in Markdown is read by browsers there. */
  isHtml?: boolean;
}

/** What was taken out, and where it stood. */
export interface Removal {
  offset: number;
  message: string;
}

export interface Stripped {
  text: string;
  removed: Removal[];
}

const QUOTED_LINE = /[\r\n][\t ]*>/;

/** The text as Markdown reads a quote that goes on: without the '>' at the start of lines. Every place stays where it is. */
const withoutQuoteMarks = (text: string): string => text.replace(/(?<=[\r\n])[\t ]*>[\t >]*/g, (marks) => ' '.repeat(marks.length));

/** The second view is looked at where the first one shows nothing: a '>' at the start of a line may be the end of a tag as well. */
const findInMarkdown = (text: string, { code, frames, isDeep }: TagOptions): Finding[] => {
  const find = (view: string): Finding[] => [...findTags(view, { code, frames, isDeep }), ...findLinks(view, code)];
  const found = find(text);
  if ((found.length > 0 && !isDeep) || !QUOTED_LINE.test(text)) return found;
  return [...found, ...find(withoutQuoteMarks(text))];
};

/** Makes text of what would be a tag. */
const defuse = (finding: Finding): Finding =>
  finding.tag === undefined ? finding : { ...finding, start: finding.tag, end: finding.tag + 1, replacement: '&lt;', at: finding.tag };

/** What is left after so many rounds was made to last. */
const ROUNDS = 5;

/**
 * Takes out of a text, HTML or Markdown, what a browser would run or fetch a page from: scripts, event handlers, `javascript:` addresses,
 * frames from hosts that are not known, elements that change the page around them. Code of Markdown stays, and so does every other byte.
 * What comes out goes through a second time unchanged.
 */
export const stripActiveHtml = (text: string, { frames = [], isHtml = false }: StripOptions = {}): Stripped => {
  const removed: Removal[] = [];
  if (!text.includes('<') && !text.includes('](') && !text.includes(']:')) return { text, removed };
  const hosts = [...FRAME_HOSTS, ...frames.map((host) => host.toLowerCase())];
  const find = isHtml ? findTags : findInMarkdown;
  const rounds: Edit[][] = [];
  let current = text;

  // What is left may make a whole again: `<scr<script></script>ipt>`.
  for (;;) {
    const isLast = rounds.length >= ROUNDS;
    let found = find(current, { code: [], frames: hosts, isDeep: isLast });
    // Most texts hold nothing of the kind, and to find code takes longer than to find tags.
    const code = found.length > 0 && !isLast && !isHtml ? findCode(current) : [];
    if (code.length > 0) found = find(current, { code, frames: hosts });
    if (found.length === 0) return { text: current, removed: removed.sort((a, b) => a.offset - b.offset) };

    const made = arrange(isLast ? found.map(defuse) : found);
    let places = made.map(({ at }) => at).sort((a, b) => a - b);
    for (const earlier of rounds.toReversed()) places = before(earlier, places);
    made.forEach(({ message }, index) => message && removed.push({ offset: places[index]!, message }));
    const edits = isLast ? made : widen(current, made);
    rounds.push(edits);
    current = apply(current, edits);
  }
};
