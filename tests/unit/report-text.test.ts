import type { RunReport } from '../../migrations/report/report';
import { toText } from '../../migrations/report/text';

const NONE = { created: 0, updated: 0, unchanged: 0, conflicts: 0, refused: 0, removed: 0 };

/** The last line, which says what became of it. */
const verdict = (run: number | null, dryRun: boolean, counts: Partial<RunReport['counts']>) => {
  const byType = { topic: NONE, offering: NONE, 'curated-content': NONE };
  const report = { run, dryRun, counts: { files: 1, ...NONE, ...counts }, byType, problems: [], seconds: 0.1 } as unknown as RunReport;
  return [...toText(report, { color: false })].join('').trimEnd().split('\n').at(-1);
};

it.each([
  ['a run', 3, false, { created: 1 }, '✔ Run 3 is done: 1 file in 0.1 s'],
  ['a run with a refused file', 3, false, { created: 1, refused: 1 }, '! Run 3 is done: 1 file in 0.1 s; 1 file refused'],
  ['nothing to do', null, false, { unchanged: 1 }, '✔ Everything was in step, nothing was written: 1 file in 0.1 s'],
  ['nothing but refused files', null, false, { refused: 1 }, '! Nothing was written: 1 file in 0.1 s; 1 file refused'],
  ['nothing but conflicts', null, false, { conflicts: 1 }, '! Nothing was written: 1 file in 0.1 s'],
  ['a look ahead', null, true, { created: 1 }, '✔ Nothing was written: 1 file in 0.1 s'],
] as const)('says in one line what became of it: %s', (_, run, dryRun, counts, line) => expect(verdict(run, dryRun, counts)).toBe(line));
