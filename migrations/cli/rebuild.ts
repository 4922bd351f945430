import { Option, type Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { plural } from '../report/words';
import { withApp } from './app';
import { withStrapi, type AppOptions } from './options';
import { print } from './output';

/** `curation rebuild`: make the ready answers for sites anew. */
export const addRebuild = (program: Command, finish: (code: ExitCode) => void): void => {
  withStrapi(program.command('rebuild'))
    .description('make the ready answers for sites anew; whoever syncs starts again')
    .addOption(new Option('--format <format>', 'how the outcome is written').choices(['text', 'json']).default('text'))
    .action(async ({ app, format }: AppOptions & { format: 'text' | 'json' }) => {
      const started = performance.now();
      const { right, ...faults } = await withApp(app, async ({ answers }) => {
        await answers.rebuild();
        return answers.check();
      });
      const isRight = Object.values(faults).every((count) => count === 0);
      const seconds = (performance.now() - started) / 1000;
      const text = `${plural(right, 'answer')} made in ${seconds.toFixed(1)} s${isRight ? '' : ', but not all: see `curation status --check`'}.\n`;
      await print(format === 'json' ? `${JSON.stringify({ answers: { right, ...faults }, seconds }, null, 2)}\n` : text);
      finish(isRight ? EXIT.ok : EXIT.failed);
    });
};
