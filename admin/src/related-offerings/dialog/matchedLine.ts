import type { Hit } from '../../../../server/src/contracts/picker';

type Ranges = Hit['marks']['summary'];

interface Line {
  text: string;
  ranges: Ranges;
}

/** Characters of which two lines show at least as many, on a laptop too. */
const SEEN = 110;
/** So many characters of a summary lead to what is marked in it. */
const LEAD = 40;

/** A summary from a little before its first mark on, where the two lines that are shown would end before that. */
const fromFirstMark = (text: string, ranges: Ranges): Line => {
  const [first] = ranges;
  if (!first || first[1] <= SEEN) return { text, ranges };
  const space = text.indexOf(' ', Math.max(0, first[0] - LEAD));
  const start = space === -1 || space >= first[0] ? first[0] : space + 1;
  const shift = 1 - start;
  return { text: `…${text.slice(start)}`, ranges: ranges.map(([from, to]) => [from + shift, to + shift]) };
};

/** What stands below a result's name: what the search found it by, where name and topics do not show that; else what it is. */
export const matchedLine = ({ summary, permalink, offeringId, marks }: Hit): Line => {
  const isShown = marks.name.length > 0 || marks.summary.length > 0 || Object.keys(marks.topics).length > 0;
  if (!isShown && marks.permalink.length > 0) return { text: permalink!, ranges: marks.permalink };
  if (!isShown && marks.offeringId.length > 0) return { text: String(offeringId), ranges: marks.offeringId };
  return summary ? fromFirstMark(summary, marks.summary) : { text: permalink ?? '', ranges: marks.permalink };
};
