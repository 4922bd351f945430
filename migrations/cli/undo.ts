import { InvalidArgumentError, type Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { undoArchive } from '../undo-archive';
import { withApp } from './app';
import { askYesNo, isInteractive } from './ask';
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
    .option('--yes', 'do not ask first')
    .action(async (run: number, options: CommonOptions & AppOptions & { yes?: boolean }) => {
      if (isInteractive() && !options.yes && !(await askYesNo(`Take back what run ${run} did?`))) {
        finish(EXIT.ok);
        return;
      }
      const report = await withApp(options.app, ({ host }) => undoArchive(host, run));
      await printReport(report, options);
      finish(exitCodeOf(report));
    });
};
