import { createInterface } from 'node:readline/promises';

import { Option, type Command } from 'commander';

import { EXIT, type ExitCode } from '../errors';
import { importArchive } from '../import-archive';
import type { PlanOptions } from '../plan/make-plan';
import type { Plan } from '../plan/plan';
import { plural } from '../report/text';
import type { RunReport } from '../report/report';
import { withApp } from './app';
import { folderArgument, withReading, withReport, withStrapi, type AppOptions, type CommonOptions } from './options';
import { printReport, tell } from './output';
import { createProgress } from './progress';

interface ImportCommandOptions extends CommonOptions, AppOptions {
  publish: PlanOptions['publish'];
  conflict: PlanOptions['onConflict'];
  resurrect?: boolean;
  yes?: boolean;
}

/** On a terminal a person sees what will be written before it is; elsewhere nobody is there to ask. */
const askFirst = async ({ counts, problems }: Plan): Promise<boolean> => {
  const refused = counts.refused > 0 ? `; ${plural(counts.refused, 'file')} refused` : '';
  const told = problems.length > 0 ? `; ${plural(problems.length, 'problem')} (see \`curation lint\`)` : '';
  tell(`${plural(counts.files, 'file')}: ${plural(counts.created, 'record')} to create, ${counts.updated} to update${refused}${told}.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Write this to the database? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
};

const exitCodeOf = ({ counts, problems }: RunReport, failOn: 'error' | 'warning'): ExitCode => {
  if (counts.refused > 0 || problems.some(({ severity }) => severity === 'error' || failOn === 'warning')) return EXIT.refused;
  return counts.conflicts > 0 ? EXIT.conflicts : EXIT.ok;
};

/** `curation import DIR`: plan and apply. */
export const addImport = (program: Command, finish: (code: ExitCode) => void): void => {
  withStrapi(withReport(withReading(program.command('import'))))
    .description('bring files into Strapi; what is there already and did not change is not touched')
    .argument('<dir>', 'the folder of Markdown files', folderArgument)
    .addOption(
      new Option('--publish <which>', 'which stories are published; as-source leaves those with "draft: true" drafts')
        .choices(['as-source', 'all', 'none'])
        .default('all'),
    )
    .addOption(
      new Option('--conflict <whose>', "whose value stands where both an editor and a file changed it: keep the editor's, or take the file's")
        .choices(['keep', 'file'])
        .default('keep'),
    )
    .option('--resurrect', 'bring back entries that were deleted in Strapi')
    .option('--yes', 'do not ask first')
    .action(async (folder: string, options: ImportCommandOptions) => {
      const { app, mapping, assets, only, publish, conflict, resurrect = false, yes, quiet, failOn } = options;
      const isInteractive = Boolean(process.stdin.isTTY && process.stderr.isTTY);
      const progress = createProgress({ quiet });
      const report = await withApp(app, ({ host, limits }) =>
        importArchive(host, {
          folder,
          mapping,
          assets,
          only,
          limits,
          publish,
          onConflict: conflict,
          resurrect,
          confirm: isInteractive && !yes ? askFirst : undefined,
          onProgress: progress,
        }),
      ).finally(() => progress.end());
      await printReport(report, options);
      finish(exitCodeOf(report, failOn));
    });
};
