import type { Command } from 'commander';

import type { ExitCode } from '../errors';
import { importArchive, planArchive } from '../import-archive';
import type { Plan } from '../plan/plan';
import { draftsText, plural } from '../report/words';
import { askYesNo, isInteractive } from './ask';
import { askEach } from './ask-each';
import { withApp } from './app';
import { archiveOptions } from './archive-options';
import { exitCodeOf } from './exit-code';
import { folderArgument, withImporting, type ImportingOptions } from './options';
import { printReport, tell } from './output';
import { createProgress } from './progress';

/** On a terminal a person sees what will be written before it is; elsewhere nobody is there to ask. */
export const askFirst = ({ counts, problems, publishedDrafts }: Plan): Promise<boolean> => {
  const parts = [
    `${plural(counts.created, 'record')} to create`,
    `${counts.updated} to update`,
    ...(counts.removed > 0 ? [`${counts.removed} to remove`] : []),
    ...(counts.refused > 0 ? [`${plural(counts.refused, 'file')} refused`] : []),
    ...(problems.length > 0 ? [`${plural(problems.length, 'problem')}, which \`curation plan\` shows`] : []),
  ];
  tell(`${plural(counts.files, 'file')}: ${parts.join(', ')}.`);
  if (publishedDrafts > 0) tell(draftsText(publishedDrafts, false));
  return askYesNo('Write this to the database?');
};

/** `curation import DIR`: plan and apply. */
export const addImport = (program: Command, finish: (code: ExitCode) => void): void => {
  withImporting(program.command('import'))
    .description('bring files into Strapi; what is there already and did not change is not touched')
    .argument('<dir>', 'the folder of Markdown files', folderArgument)
    .option('--yes', 'do not ask first')
    .action(async (folder: string, options: ImportingOptions & { yes?: boolean }) => {
      const { app, conflict, yes, quiet, failOn } = options;
      const progress = createProgress({ quiet });
      const confirm = isInteractive() && !yes ? askFirst : undefined;
      const report = await withApp(app, async ({ host, limits }) => {
        const archive = archiveOptions(folder, options, limits);
        const onConflict = conflict === 'ask' && isInteractive() ? await askEach(await planArchive(host, archive)) : archive.onConflict;
        return importArchive(host, { ...archive, onConflict, confirm, onProgress: progress });
      }).finally(() => progress.end());
      await printReport(report, { ...options, folder });
      finish(exitCodeOf(report, failOn));
    });
};
