import { sha256 } from '../../content-types/rules/sha256';
import { stripActiveHtml } from '../source/active-html/strip-active-html';
import type { Path } from '../source/json';
import { createPositions } from '../source/locate';
import { problemAt, type ParsedFile } from '../source/parsed-file';
import { problem, type Problem } from '../source/problem';

export interface HtmlOptions {
  /** What becomes of active HTML in a body: it is taken out, which is the default, or kept. */
  html?: 'strip' | 'keep';
  /** Hosts whose frames stay, beside those of videos. */
  frames?: readonly string[];
}

/** A file that holds more than that was not written by hand, and nobody reads on. */
const MAX_TOLD = 500;

/** A line that is longer says nothing to the eye. */
const MAX_LINE = 10_000;

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
  const shown = removed.slice(0, MAX_TOLD);
  const rest = removed.length - shown.length;
  if (rest > 0) shown[MAX_TOLD - 1] = { ...shown.at(-1)!, message: `${rest + 1} more things are taken out from here on.` };

  if (text !== file.body) return { text: clean, problems: shown.map(({ message }) => problemAt(file, 'html/active', place, message)) };
  const bodyStart = file.text.length - text.length;
  const positionOf = shown.length > 0 ? createPositions(file.text) : undefined;
  const problems = shown.map(({ offset, message }) => {
    const { line, column, source } = positionOf!(bodyStart + offset);
    const told = problem('html/active', file.path, message, { line, column });
    return source.length > MAX_LINE ? told : { ...told, source };
  });
  return { text: clean, problems };
};

const digest = (frames: readonly string[]): string => sha256([...frames].sort().join()).slice(0, 12);

/** The options in a few letters, for the id map: a record that was shaped by others is looked at again. */
export const htmlShape = ({ html = 'strip', frames = [] }: HtmlOptions): string[] => [
  ...(html === 'keep' ? ['html=keep'] : []),
  ...(html === 'strip' && frames.length > 0 ? [`frames=${digest(frames)}`] : []),
];
