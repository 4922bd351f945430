import { InvalidArgumentError, Option, type Command } from 'commander';

import { readRuns } from '../apply/runs';
import { EXIT, type ExitCode } from '../errors';
import { runsText } from '../report/runs';
import { withApp } from './app';
import { withStrapi, type AppOptions } from './options';
import { print } from './output';

const count = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is a number.');
  return Number(text);
};

/** `curation runs`: what was imported and undone, by whom and when. */
export const addRuns = (program: Command, finish: (code: ExitCode) => void): void => {
  withStrapi(program.command('runs'))
    .description('list past runs, the newest first')
    .addOption(new Option('--limit <number>', 'how many').argParser(count).default(20))
    .addOption(new Option('--format <format>', 'how the list is written').choices(['text', 'json']).default('text'))
    .action(async ({ app, limit, format }: AppOptions & { limit: number; format: 'text' | 'json' }) => {
      const runs = await withApp(app, ({ host }) => readRuns(host, limit));
      await print(format === 'json' ? `${JSON.stringify({ runs }, null, 2)}\n` : runsText(runs));
      finish(EXIT.ok);
    });
};
