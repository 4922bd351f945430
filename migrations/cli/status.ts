import { Option, type Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { statusText } from '../report/status';
import { statusOf } from '../status-archive';
import { withApp } from './app';
import { archiveOptions } from './archive-options';
import { folderArgument, withComparing, type ComparingOptions } from './options';
import { hasColor, print } from './output';

/** `curation status [DIR]`: what is in step, changed by editors, and, with a folder, changed in files. */
export const addStatus = (program: Command, finish: (code: ExitCode) => void): void => {
  withComparing(program.command('status'))
    .description('show what is in step, what editors changed and, with a folder, what its files would change')
    .argument('[dir]', 'the folder of Markdown files', folderArgument)
    .addOption(new Option('--format <format>', 'how the status is written').choices(['text', 'json']).default('text'))
    .option('--check', 'compare every ready answer with what a rebuild would make')
    .action(async (folder: string | undefined, options: ComparingOptions & { check?: boolean }) => {
      const status = await withApp(options.app, async ({ host, limits, answers }) => ({
        ...(await statusOf(host, folder === undefined ? undefined : archiveOptions(folder, options, limits))),
        answers: { ...(await answers.state()), ...(options.check && (await answers.check())) },
      }));
      await print(options.format === 'json' ? `${JSON.stringify(status, null, 2)}\n` : statusText(status, { color: hasColor() }));
      const { stale = 0, missing = 0, extra = 0 } = status.answers;
      if (stale + missing + extra > 0) finish(EXIT.failed);
      else finish(status.counts.conflicts > 0 ? EXIT.conflicts : EXIT.ok);
    });
};
