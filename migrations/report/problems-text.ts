import type pc from 'picocolors';

import { isError, type Problem } from '../source/problem';
import { uncoloured } from './printable';

type Colors = ReturnType<typeof pc.createColors>;

const FRAME = 100;

/** How many warnings of one rule are shown where not all are asked for. An error refuses a file, so each is shown. */
const SHOWN_WARNINGS = 5;

/** The line that is meant, cut to a readable width around the place, and a marker below it. */
const frame = ({ line, column, source }: Problem, { dim, red }: Colors): string[] => {
  if (!source?.trim()) return [];
  const start = Math.max(0, Math.min(column - 1 - 20, source.length - FRAME));
  const shown = source.slice(start, start + FRAME).replace(/\t/g, ' ');
  const gutter = `${line} │ `;
  const marker = ' '.repeat(Math.max(0, column - 1 - start));
  return [
    `    ${dim(gutter)}${start > 0 ? '…' : ''}${uncoloured(shown)}`,
    `    ${' '.repeat(gutter.length + (start > 0 ? 1 : 0))}${marker}${red('^')}`,
  ];
};

const problemLines = (each: Problem, colors: Colors): string[] => {
  const { line, column, severity, rule, remedy } = each;
  const message = uncoloured(each.message);
  const { dim, red, yellow } = colors;
  const label = severity === 'error' ? red('error') : yellow('warning');
  return [`  ${dim(`${line}:${column}`)}  ${label}  ${message}  ${dim(rule)}`, ...frame(each, colors), `    ${dim('→')} ${remedy}`];
};

/** The problems that are shown, and for each rule how many are not. One more than the limit is not worth a line of its own. */
const chosen = (problems: readonly Problem[]): { shown: readonly Problem[]; hidden: Map<string, number> } => {
  const totals = new Map<string, number>();
  for (const { rule } of problems) totals.set(rule, (totals.get(rule) ?? 0) + 1);
  const hidden = new Map<string, number>();
  const seen = new Map<string, number>();
  const shown = problems.filter((each) => {
    const count = (seen.get(each.rule) ?? 0) + 1;
    seen.set(each.rule, count);
    if (isError(each) || count <= SHOWN_WARNINGS || totals.get(each.rule)! <= SHOWN_WARNINGS + 1) return true;
    hidden.set(each.rule, (hidden.get(each.rule) ?? 0) + 1);
    return false;
  });
  return { shown, hidden };
};

/**
 * Problems by file, each with its line and what to do.
 *
 * @param verbose show every warning; without it the first few of each rule, and how many more there are
 */
export const problemsText = (problems: readonly Problem[], colors: Colors, { verbose = false } = {}): string[] => {
  const { shown, hidden } = verbose ? { shown: problems, hidden: new Map<string, number>() } : chosen(problems);
  const files = new Map<string, Problem[]>();
  for (const each of shown) files.set(each.file, [...(files.get(each.file) ?? []), each]);
  const rest = [...hidden].map(([rule, count], index, { length }) => {
    const how = index === length - 1 ? '; --verbose shows all' : '';
    return `… and ${count.toLocaleString('en-US')} more ${rule} ${count === 1 ? 'warning' : 'warnings'}${how}`;
  });
  return [
    ...[...files].flatMap(([file, found]) => [
      colors.underline(uncoloured(file)),
      ...found.flatMap((each) => problemLines(each, colors)),
      '',
    ]),
    ...(rest.length > 0 ? [...rest, ''] : []),
  ];
};
