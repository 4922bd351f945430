import { EXIT, type ExitCode } from '../errors';
import type { RunReport } from '../report/report';

/** What a run's report means to a script. */
export const exitCodeOf = ({ counts, problems }: RunReport, failOn: 'error' | 'warning' = 'error'): ExitCode => {
  if (counts.refused > 0 || problems.some(({ severity }) => severity === 'error' || failOn === 'warning')) return EXIT.refused;
  return counts.conflicts > 0 ? EXIT.conflicts : EXIT.ok;
};
