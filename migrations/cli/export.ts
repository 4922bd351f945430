import path from 'node:path';

import { Option, type Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { exportArchive } from '../export-archive';
import { isError } from '../source/problem';
import { withApp } from './app';
import { folderArgument, withMapping, withReport, withStrapi, type AppOptions, type CommonOptions } from './options';
import { printReport } from './output';
import { createProgress } from './progress';

interface ExportCommandOptions extends CommonOptions, AppOptions {
  drafts?: boolean;
}

/** `curation export DIR`: write records back to files. */
export const addExport = (program: Command, finish: (code: ExitCode) => void): void => {
  withMapping(withStrapi(withReport(program.command('export'))), 'how records become front matter')
    .description('write records back to files; what nobody edited comes back to the byte')
    .argument('<dir>', 'the folder to write into', folderArgument)
    .addOption(new Option('--assets <dir>', 'write pictures that are missing there').argParser((value) => path.resolve(value)))
    .option('--drafts', 'write what is saved, published or not')
    .action(async (folder: string, options: ExportCommandOptions) => {
      const { app, mapping, assets, drafts, quiet } = options;
      const progress = createProgress({ quiet });
      const report = await withApp(app, ({ host }) =>
        exportArchive(host, { folder, mapping, assets, drafts, onProgress: (done, total) => progress(done, total, 'records') }),
      ).finally(() => progress.end());
      await printReport(report, options);
      finish(report.problems.some(isError) ? EXIT.refused : EXIT.ok);
    });
};
