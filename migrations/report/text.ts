import pc from 'picocolors';

import { isError, type Problem } from '../source/problem';
import { operationText } from './plan-text';
import { printable } from './printable';
import { problemsText } from './problems-text';
import type { ExportReport, LintReport, Report, RunReport } from './report';
import { draftsText, plural } from './words';

type Colors = ReturnType<typeof pc.createColors>;

const problemCounts = (problems: readonly Problem[]): string => {
  const errors = problems.filter(isError).length;
  return `${plural(errors, 'error')}, ${plural(problems.length - errors, 'warning')}`;
};

const leftOutText = (count = 0): string => (count > 0 ? `; ${plural(count, 'file')} left out by the mapping` : '');

const lintText = ({ counts, problems, leftOut }: LintReport, { green, red, bold }: Colors): string => {
  const verdict = counts.errors > 0 ? red('✖') : green('✔');
  return `${verdict} ${bold(plural(counts.files, 'file'))} checked: ${problemCounts(problems)}${leftOutText(leftOut)}`;
};

const TYPE_NAMES = { topic: 'topics', offering: 'offerings', 'curated-content': 'stories' } as const;

const runText = (
  { run, dryRun, counts, byType, problems, leftOut, missing = 0, publishedDrafts = 0, seconds }: RunReport,
  colors: Colors,
): string[] => {
  const { bold, dim, green, yellow } = colors;
  const columns = ['created', 'updated', 'unchanged', 'conflicts', 'refused', 'removed'] as const;
  const heading = (column: (typeof columns)[number]) => (dryRun ? column.replace(/^(create|update|remove)d$/, 'to $1') : column);
  const width = (text: string | number) => String(text).padStart(10);
  const table = [
    dim(`  ${''.padEnd(10)}${columns.map((column) => width(heading(column))).join('')}`),
    ...Object.entries(TYPE_NAMES).map(([type, name]) => {
      const cells = columns.map((column) => {
        const count = byType[type as keyof typeof TYPE_NAMES][column];
        return count === 0 ? dim(width('–')) : width(count);
      });
      return `  ${name.padEnd(10)}${cells.join('')}`;
    }),
  ];
  const isHeldUp = counts.refused > 0 || counts.conflicts > 0;
  const mark = isHeldUp ? yellow('!') : green('✔');
  const what =
    run !== null ? `Run ${run} is done` : dryRun || isHeldUp ? 'Nothing was written' : 'Everything was in step, nothing was written';
  const refused = counts.refused > 0 ? `; ${plural(counts.refused, 'file')} refused` : '';
  // What becomes of them otherwise is in the table, and each is named.
  const gone = missing > 0 && counts.removed === 0 ? `; ${plural(missing, 'file')} gone, which \`curation status DIR\` lists` : '';
  const told = problems.length > 0 ? `; ${problemCounts(problems)}` : '';
  return [
    ...table,
    '',
    ...(publishedDrafts > 0 ? [`${yellow('!')} ${draftsText(publishedDrafts, !dryRun)}`] : []),
    `${mark} ${bold(what)}: ${counts.files > 0 ? `${plural(counts.files, 'file')} in ` : ''}${seconds.toFixed(1)} s${refused}${leftOutText(leftOut)}${gone}${told}`,
  ];
};

const exportText = ({ counts, seconds }: ExportReport, { bold, green }: Colors): string => {
  const skipped =
    counts.skipped > 0 ? `; ${plural(counts.skipped, 'unpublished story', 'unpublished stories')} left out (--drafts takes them)` : '';
  const foreign = counts.foreign > 0 ? `; ${plural(counts.foreign, 'record')} of other archives left out` : '';
  return `${green('✔')} ${bold(plural(counts.files, 'file'))}: ${counts.created} new, ${counts.updated} changed, ${counts.unchanged} as they were, in ${seconds.toFixed(1)} s${skipped}${foreign}`;
};

const joined = (lines: readonly string[]): string => lines.map((line) => `${printable(line)}\n`).join('');

/** A report for people. */
export function* toText(report: Report, { color, verbose }: { color: boolean; verbose?: boolean }): Generator<string> {
  const colors = pc.createColors(color);
  yield joined(problemsText(report.problems, colors, { verbose }));
  if ('operations' in report) for (const operation of report.operations ?? []) yield joined(operationText(operation, colors));
  const summary =
    'seconds' in report ? ('byType' in report ? runText(report, colors) : [exportText(report, colors)]) : [lintText(report, colors)];
  yield joined(summary);
}
