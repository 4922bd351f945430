import type { Position } from './problem';
import { rememberLast } from './remember-last';

/** A line that is longer says nothing to the eye. */
const MAX_LINE = 10_000;

const positionsIn = rememberLast((text: string) => {
  const starts = [0];
  return (offset: number): Position => {
    // No further than it is asked for: most of what is told stands in the front matter.
    for (let end = text.indexOf('\n', starts.at(-1)); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    const start = low === 0 && text.startsWith('\uFEFF') ? 1 : starts[low]!;
    const end = text.indexOf('\n', start);
    const source = text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
    return { line: low + 1, column: Math.max(1, offset - start + 1), ...(source.length > MAX_LINE ? {} : { source }) };
  };
});

/** Line and column of an offset, and the line itself. `\r\n` and a byte order mark count as editors count them. */
export const positionAt = (text: string, offset: number): Position => positionsIn(text)(offset);
