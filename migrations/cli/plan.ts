import type { Command } from 'commander';

import type { ExitCode } from '../errors';
import { planArchive, planReport } from '../import-archive';
import { reviewOf } from '../plan/review';
import { savePlan } from '../saved-plan';
import { withApp } from './app';
import { archiveOptions } from './archive-options';
import { exitCodeOf } from './exit-code';
import { folderArgument, withImporting, type ImportingOptions } from './options';
import { printReport, tell } from './output';

/** `curation plan DIR`: what an import would do, field by field; writes nothing. */
export const addPlan = (program: Command, finish: (code: ExitCode) => void): void => {
  const command = withImporting(program.command('plan'));
  command.options.find(({ long }) => long === '--out')!.description = 'save the plan into a file, for apply';
  command
    .description('show what an import would do, field by field; --out saves it for apply')
    .argument('<dir>', 'the folder of Markdown files', folderArgument)
    .action(async (folder: string, options: ImportingOptions) => {
      const { app, out, mappingName, failOn, quiet } = options;
      const { plan, report, given } = await withApp(app, async ({ host, limits }) => {
        const started = performance.now();
        const given = archiveOptions(folder, options, limits);
        const plan = await planArchive(host, given);
        return { plan, given, report: { ...planReport(plan, started), operations: reviewOf(plan) } };
      });
      if (out) {
        const { assets, only, html, frames, publish, onConflict, resurrect, missing, maxMissing } = given;
        const saved = { folder, mapping: mappingName, assets, only, html, frames, publish, onConflict, resurrect, missing, maxMissing };
        await savePlan(out, { ...saved, limits: options.limits }, plan);
        if (!quiet) tell(`The plan is saved in ${out}; \`curation apply ${out}\` carries it out.`);
      }
      await printReport(report, { ...options, folder, out: undefined });
      plan.operations.close();
      finish(exitCodeOf(report, failOn));
    });
};
