import { formatReport } from '../../migrations/report/formats';
import { statusText } from '../../migrations/report/status';
import { problem } from '../../migrations/source/problem';

const HOSTILE = 'a\u001b[2J\nb\u007f\u009b31m\u001b[31m\u202e.md';

it('shows what would move the cursor of a terminal or break a line as characters', () => {
  const report = {
    counts: { files: 1, errors: 1, warnings: 0 },
    problems: [problem('front-matter/missing', HOSTILE, 'The file "x\u0007" is wrong.')],
  };
  const text = [...formatReport(report, 'text', { color: true })].join('');
  expect(text).toContain('a␛[2J␊b␡�31m␛[31m�.md');
  expect(text).toContain('"x␇"');
  // Its own colours stay.
  expect(text).toContain('\u001b[31m');
  expect([...formatReport(report, 'github', { color: false })].join('')).not.toContain('\u001b');
});

it('does so in a status too', () => {
  const status = {
    answers: { isBuilt: true, waiting: 0 },
    counts: { records: 1, inStep: 0, refused: 0 },
    edited: [{ type: 'topic', path: HOSTILE, label: 'L\u001b]0;x\u0007' }],
    deleted: [],
    changedInFiles: [],
    newInFiles: [],
    conflicts: [],
    refused: [],
    missing: [HOSTILE],
    lastRun: null,
    lease: null,
  };
  const text = statusText(status, { color: false });
  expect(text).toContain('topic "L␛]0;x␇" a␛[2J␊b␡�31m␛[31m�.md');
  expect(text.split('\n').filter((line) => line === '  a␛[2J␊b␡�31m␛[31m�.md')).toHaveLength(1);
});
