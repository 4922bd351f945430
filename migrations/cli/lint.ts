import type { Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { lintArchive } from '../lint-archive';
import { DEFAULT_LIMITS } from '../source/limits';
import { folderArgument, withFailOn, withReading, withReport, type CommonOptions } from './options';
import { printReport } from './output';

/** `curation lint DIR`: parse and check every file; no Strapi, no database. */
export const addLint = (program: Command, finish: (code: ExitCode) => void): void => {
  withReport(withFailOn(withReading(program.command('lint'))))
    .description('parse and check every file; needs no Strapi and no database')
    .argument('<dir>', 'the folder of Markdown files', folderArgument)
    .action(async (folder: string, options: CommonOptions) => {
      const { mapping, assets, only, html, frames, limits, failOn } = options;
      const report = await lintArchive({ folder, mapping, assets, only, html, frames, limits: { ...DEFAULT_LIMITS, ...limits } });
      await printReport(report, { ...options, folder });
      const { errors, warnings } = report.counts;
      finish(errors > 0 || (failOn === 'warning' && warnings > 0) ? EXIT.refused : EXIT.ok);
    });
};
