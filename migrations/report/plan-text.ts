import type pc from 'picocolors';

import type { FieldChange } from '../plan/operation';
import type { Review } from '../plan/review';
import type { State } from '../plan/state';
import { sameJson } from '../source/json';
import { differencesOf, valueText } from './change-text';
import { uncoloured } from './printable';

type Colors = ReturnType<typeof pc.createColors>;

/** The attribute of front matter that no other attribute holds. */
const EXTRA = 'extra';
const KEPT = 'kept for the export';

const isEmpty = (value: unknown): boolean => value === null || value === undefined || (Array.isArray(value) && value.length === 0);

const stateLines = (state: State, { green, dim }: Colors): string[] =>
  (['values', 'links', 'media'] as const).flatMap((kind) =>
    Object.entries(state[kind]).flatMap(([attribute, value]) =>
      isEmpty(value) ? [] : [`    ${green('+')} ${attribute === EXTRA ? `${KEPT}:` : attribute} ${dim(valueText(value))}`],
    ),
  );

const changeLines = ({ attribute, before, after }: FieldChange, { yellow, dim }: Colors): string[] =>
  differencesOf(before, after).map((difference) => {
    const [shown, kept] = attribute === EXTRA ? [difference.path, dim(` (${KEPT})`)] : [[attribute, difference.path], ''];
    const name = Array.isArray(shown) ? shown.filter(Boolean).join('.') : shown || KEPT;
    return `    ${yellow('~')} ${name}${kept} ${dim(`${difference.before} →`)} ${difference.after}`;
  });

const redirectLines = (redirects: Review['redirects'], { green, dim }: Colors): string[] =>
  redirects.map(({ from, to }) => `    ${green('+')} redirect ${dim(`${from} →`)} ${to}`);

/** What a plan would do to one record, field by field, for a person to review. */
export const operationText = (operation: Review, colors: Colors): string[] => {
  const { bold, dim, green, yellow, red } = colors;
  const { type, label, formerPath } = operation;
  const path = formerPath ? `${operation.path} (was ${formerPath})` : operation.path;
  const redirects = redirectLines(operation.redirects, colors);
  const head = (mark: string, what: string, as = '') =>
    `${mark} ${what} ${type} ${bold(`"${uncoloured(label)}"`)}${as} ${dim(uncoloured(path))}`;
  switch (operation.action) {
    case 'create': {
      const as = type === 'curated-content' && !operation.isPublished ? ' as a draft' : '';
      return [
        head(green('+'), operation.isReturning ? 'bring back' : 'create', as),
        ...stateLines(operation.state, colors),
        ...redirects,
        '',
      ];
    }
    case 'update': {
      const own = operation.published.filter((change) => !operation.draft.some((other) => sameJson(other, change)));
      return [
        head(yellow('~'), operation.publication ? `update and ${operation.publication}` : 'update'),
        ...operation.draft.flatMap((change) => changeLines(change, colors)),
        ...(operation.altTexts ?? []).flatMap(({ attribute, ...change }) =>
          changeLines({ kind: 'values', attribute: `${attribute}.alt`, ...change }, colors),
        ),
        ...(own.length > 0 ? [dim('    in the published version:'), ...own.flatMap((change) => changeLines(change, colors))] : []),
        ...redirects,
        '',
      ];
    }
    case 'remove':
      return [head(red('-'), operation.mode), ''];
    default:
      return [];
  }
};
