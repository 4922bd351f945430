import type pc from 'picocolors';

import type { FieldChange } from '../plan/plan';
import type { Review } from '../plan/review';
import type { State } from '../plan/state';

type Colors = ReturnType<typeof pc.createColors>;

const WIDTH = 70;

const short = (value: unknown): string => {
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ') : JSON.stringify(value);
  const quoted = typeof value === 'string' ? `"${text}"` : text;
  return quoted.length > WIDTH ? `${quoted.slice(0, WIDTH - 1)}…` : quoted;
};

const isEmpty = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0);

const stateLines = (state: State, { green, dim }: Colors): string[] =>
  (['values', 'links', 'media'] as const).flatMap((kind) =>
    Object.entries(state[kind]).flatMap(([attribute, value]) =>
      isEmpty(value) ? [] : [`    ${green('+')} ${attribute} ${dim(short(value))}`],
    ),
  );

const changeLine = ({ attribute, before, after }: FieldChange, { yellow, dim }: Colors): string =>
  `    ${yellow('~')} ${attribute} ${dim(`${short(before)} →`)} ${short(after)}`;

/** What a plan would do, record by record and field by field, for a person to review. */
export const planText = (operations: readonly Review[], colors: Colors): string[] => {
  const { bold, dim, green, yellow, red } = colors;
  return operations.flatMap((operation) => {
    const { type, label, path } = operation;
    const head = (mark: string, what: string) => `${mark} ${what} ${type} ${bold(`"${label}"`)} ${dim(path)}`;
    switch (operation.action) {
      case 'create':
        return [head(green('+'), 'create'), ...stateLines(operation.state, colors), ''];
      case 'update': {
        const own = operation.published.filter(
          (change) => !operation.draft.some(({ attribute, after }) => attribute === change.attribute && after === change.after),
        );
        return [
          head(yellow('~'), operation.publication ? `update and ${operation.publication}` : 'update'),
          ...operation.draft.map((change) => changeLine(change, colors)),
          ...(own.length > 0 ? [dim('    in the published version:'), ...own.map((change) => changeLine(change, colors))] : []),
          '',
        ];
      }
      case 'remove':
        return [head(red('-'), operation.mode), ''];
      default:
        return [];
    }
  });
};
