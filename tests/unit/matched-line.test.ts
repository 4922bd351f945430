import { matchedLine } from '../../admin/src/related-offerings/dialog/matchedLine';
import type { Hit } from '../../server/src/contracts/picker';

const NO_MARKS: Hit['marks'] = { name: [], summary: [], permalink: [], offeringId: [], topics: {} };
const hit = (marks: Partial<Hit['marks']>, summary: string | null = 'Short.') =>
  ({ name: 'Flow', summary, permalink: '/offering/flow', offeringId: 5641, marks: { ...NO_MARKS, ...marks } }) as Hit;
const marked = ({ text, ranges }: ReturnType<typeof matchedLine>) => ranges.map(([from, to]) => text.slice(from, to));

describe('below the name of a result stands', () => {
  it('its summary', () => {
    expect(matchedLine(hit({ name: [[0, 4]], permalink: [[10, 14]] }))).toEqual({ text: 'Short.', ranges: [] });
  });

  it('its permalink or its number, where that is what was searched for', () => {
    expect(marked(matchedLine(hit({ permalink: [[0, 14]] })))).toEqual(['/offering/flow']);
    expect(marked(matchedLine(hit({ offeringId: [[0, 4]] })))).toEqual(['5641']);
  });

  it('its permalink where it has no summary', () => {
    expect(matchedLine(hit({}, null)).text).toBe('/offering/flow');
  });

  it('the part of a long summary in which the words are', () => {
    const summary = `${'Before it there is much to say. '.repeat(12)}Then comes telemetry, at last.`;
    const at = summary.indexOf('telemetry');
    const line = matchedLine(hit({ summary: [[at, at + 9]] }, summary));
    expect(line.text).toMatch(/^…\S/);
    expect(line.text.indexOf('telemetry')).toBeLessThan(60);
    expect(marked(line)).toEqual(['telemetry']);
  });

  it('a long summary from its beginning where that shows the words', () => {
    const summary = `Telemetry comes first. ${'After it there is much to say. '.repeat(12)}`;
    expect(matchedLine(hit({ summary: [[0, 9]] }, summary)).text).toBe(summary);
  });
});
