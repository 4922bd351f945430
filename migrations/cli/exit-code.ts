import { EXIT, type ExitCode } from '../errors';
import type { RunReport } from '../report/report';

/** What a run's report means to a script. */
export const exitCodeOf = ({ counts, problems }: RunReport, failOn: 'error' | 'warning' = 'error'): ExitCode => {
  if (counts.refused > 0 || problems.some(({ severity }) => severity === 'error' || failOn === 'warning')) return EXIT.refused;
  // What an undo left alone need not be a record: an alternative text belongs to a picture.
  const isLeft = counts.conflicts > 0 || problems.some(({ rule }) => rule === 'undo/changed-since');
  return isLeft ? EXIT.conflicts : EXIT.ok;
};
