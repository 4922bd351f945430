import { sha256 } from '../../content-types/rules/sha256';
import { stripActiveHtml } from '../source/active-html/strip-active-html';
import type { Path } from '../source/json';
import { positionAt } from '../source/position';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { firstFew, problem, type Problem } from '../source/problem';

export interface HtmlOptions {
  /** What becomes of active HTML in a body: it is taken out, which is the default, or kept. */
  html?: 'strip' | 'keep';
  /** Hosts whose frames stay, beside those of videos. */
  frames?: readonly string[];
}

/** A text as it would be read from a file. */
export const withoutActiveHtml = (text: string, { html = 'strip', frames }: HtmlOptions): string =>
  html === 'keep' ? text : stripActiveHtml(text, { frames }).text;

/**
 * Takes active HTML out of what is read from a file.
 *
 * @param place where the text comes from, if it is not what stands below the front matter
 */
export const cleanText = (
  file: ParsedFile,
  text: string,
  place: Path,
  { html = 'strip', frames }: HtmlOptions,
): { text: string; problems: Problem[] } => {
  if (html === 'keep') return { text, problems: [] };
  const { text: clean, removed } = stripActiveHtml(text, { frames });
  const shown = firstFew(removed);
  if (text !== file.body) return { text: clean, problems: shown.map(({ message }) => problemAt(file, 'html/active', place, message)) };
  const bodyStart = file.text.length - text.length;
  const problems = shown.map(({ offset, message }) =>
    problem('html/active', file.path, message, positionAt(file.text, bodyStart + offset)),
  );
  return { text: clean, problems };
};

const digest = (frames: readonly string[]): string => sha256([...frames].sort().join()).slice(0, 12);

/** The options in a few letters, for the id map: a record that was shaped by others is looked at again. */
export const htmlShape = ({ html = 'strip', frames = [] }: HtmlOptions): string[] => [
  ...(html === 'keep' ? ['html=keep'] : []),
  ...(html === 'strip' && frames.length > 0 ? [`frames=${digest(frames)}`] : []),
];
