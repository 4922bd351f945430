import pc from 'picocolors';

import type { ExplainedAttribute } from '../mappings/explain';
import type { Explanation } from '../explain-file';
import { printable } from './printable';
import { problemsText } from './problems-text';

const WIDTH = 60;

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const short = (value: unknown): string => {
  const text = Array.isArray(value) ? value.map(plain).join(', ') : JSON.stringify(value);
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
};

const origin = ({ how, from }: ExplainedAttribute): string => {
  if (how === 'read') return `← ${from}`;
  if (how === 'derived') return from ? `← ${from} (derived)` : '(derived)';
  return how === 'default' ? '(default)' : '–';
};

const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, index) => Math.max(all[index] ?? 0, cell.length)), []);
  return rows.map((row) =>
    `  ${row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index]!))).join('  ')}`.trimEnd(),
  );
};

const VERDICTS = {
  taken: 'The file is imported.',
  refused: 'The file is refused.',
  'left-out': 'The file is left out: the mapping does not include it.',
} as const;

/** An explanation for people: one line an attribute, its place in the file, its value and what was tried before. */
export const explanationText = (explanation: Explanation, { color }: { color: boolean }): string => {
  const colors = pc.createColors(color);
  const { bold, dim, green, red, yellow } = colors;
  const { file, mapping, collection, verdict, attributes, extra, identities, isDraft, problems } = explanation;
  const rows = attributes.map((each) => {
    const tried = each.tried.length > 0 && each.how !== 'empty' ? `nothing in ${each.tried.join(', ')}` : '';
    const value = each.how === 'empty' ? `nothing in ${each.tried.join(', ') || 'the file'}` : short(each.value);
    return [each.attribute, origin(each), value, tried] as const;
  });
  const mark = { taken: green('✔'), refused: red('✖'), 'left-out': yellow('–') }[verdict];
  const about = collection
    ? `  ${collection.type}, by collections[${collection.index}] of the mapping "${mapping}"`
    : `  the mapping "${mapping}"`;
  const facts = [
    ...(extra.length > 0 ? [['kept for the export', extra.join(', ')]] : []),
    ...(identities.length > 0 ? [['found again by', identities.join(', ')]] : []),
    ...(isDraft ? [['state', 'draft: published all the same, unless an import is told --publish as-source']] : []),
  ];
  return [
    `${bold(file)}${dim(about)}`,
    '',
    ...(rows.length > 0 ? [...table(rows), ''] : []),
    ...(facts.length > 0 ? [...table(facts), ''] : []),
    ...problemsText(problems, colors, { verbose: true }),
    `${mark} ${bold(VERDICTS[verdict])}`,
    '',
  ]
    .map(printable)
    .join('\n');
};
