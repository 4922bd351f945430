import { InvalidArgumentError, type Command } from 'commander';

import type { ExitCode } from '../errors';
import { undoArchive } from '../undo-archive';
import { withApp } from './app';
import { exitCodeOf } from './exit-code';
import { withReport, withStrapi, type AppOptions, type CommonOptions } from './options';
import { printReport } from './output';

const runNumber = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is the number of a run; `curation runs` lists them.');
  return Number(text);
};

/** `curation undo RUN`: put back what a run changed. */
export const addUndo = (program: Command, finish: (code: ExitCode) => void): void => {
  withStrapi(withReport(program.command('undo')))
    .description('put back what a run changed; what somebody changed since is left alone and told')
    .argument('<run>', 'the number of the run', runNumber)
    .action(async (run: number, options: CommonOptions & AppOptions) => {
      const report = await withApp(options.app, ({ host }) => undoArchive(host, run));
      await printReport(report, options);
      finish(exitCodeOf(report));
    });
};
