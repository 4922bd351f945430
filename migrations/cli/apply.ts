import path from 'node:path';

import type { Command } from 'commander';

import type { ExitCode } from '../errors';
import { importArchive } from '../import-archive';
import { loadMapping } from '../mappings';
import type { Plan } from '../plan/plan';
import { assertFresh, readSavedPlan } from '../saved-plan';
import { withApp } from './app';
import { exitCodeOf } from './exit-code';
import { isInteractive } from './ask';
import { askFirst } from './import';
import { withReport, withStrapi, type AppOptions, type CommonOptions } from './options';
import { printReport } from './output';
import { createProgress } from './progress';

/** `curation apply FILE`: carry out a saved plan exactly, or refuse it. */
export const addApply = (program: Command, finish: (code: ExitCode) => void): void => {
  withStrapi(withReport(program.command('apply')))
    .description('carry out a plan that `plan --out` saved; refused (6) if a file or a record changed since')
    .argument('<file>', 'the saved plan', (value: string) => path.resolve(value))
    .option('--yes', 'do not ask first')
    .action(async (file: string, options: CommonOptions & AppOptions & { yes?: boolean }) => {
      const { app, yes, quiet } = options;
      const { options: saved, digests } = await readSavedPlan(file);
      const mapping = await loadMapping(saved.mapping);
      const progress = createProgress({ quiet });
      const check = (plan: Plan) => assertFresh(digests, plan);
      const confirm = isInteractive() && !yes ? askFirst : undefined;
      const report = await withApp(app, ({ host, limits }) =>
        importArchive(host, {
          ...saved,
          mapping,
          limits: { ...limits, ...saved.limits },
          kind: 'apply',
          check,
          confirm,
          onProgress: progress,
        }),
      ).finally(() => progress.end());
      await printReport(report, { ...options, folder: saved.folder });
      finish(exitCodeOf(report));
    });
};
