import { SCHEMAS } from '../../content-types';
import { withoutLastBreak } from '../mappings/check-value';
import { withoutActiveHtml, type HtmlOptions } from '../mappings/clean-text';
import { sameJson, type JsonObject } from '../source/json';
import type { Problem } from '../source/problem';
import { mergeAltTexts, type AltText, type KnownAltText } from './alt-texts';
import type { CurrentRecord } from './database';
import type { Base, LedgerEntry } from './ledger';
import { keptAssets } from './kept-assets';
import { merge } from './merge';
import { named } from './names';
import type { Conflict, Operation, Update } from './operation';
import { reportAt, type Resolved } from './resolver';
import { emptyState, type Field, type State } from './state';

/** Whose value stands where both changed it: one answer for all, or one for each `type documentId attribute` and what Strapi says there. */
export type OnConflict = Conflict['taken'] | ((key: string, current: unknown) => Conflict['taken']);

export interface MergeOptions extends HtmlOptions {
  onConflict: OnConflict;
}

/** Whose value stands in each field of one record. */
export const onConflictOf =
  (onConflict: OnConflict, type: LedgerEntry['type'], documentId: string) =>
  ({ attribute }: Pick<Field, 'attribute'>, current: unknown): Conflict['taken'] =>
    typeof onConflict === 'string' ? onConflict : onConflict(`${type} ${documentId} ${attribute}`, current);

/** What a field of a record would hold had an editor's text come from a file. */
export const asReadOf =
  (type: LedgerEntry['type'], html: HtmlOptions) =>
  ({ attribute }: Field, text: string): string => {
    const { type: kind } = SCHEMAS[type].attributes[attribute]!;
    if (kind === 'richtext') return withoutActiveHtml(text, html);
    return kind === 'string' ? withoutLastBreak(text) : text;
  };

/** What a record is called in reports: its title or name. */
export const labelOf = ({ title, name }: JsonObject): string => String(title ?? name ?? '');

/** Of a record whose file was renamed, where it was. */
export const formerPathOf = (entry: LedgerEntry | undefined, { path, hasFile }: LedgerEntry): { formerPath?: string } =>
  entry?.hasFile && hasFile && entry.path !== path ? { formerPath: entry.path } : {};

const tell = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** What a conflict was about, and what came of it. */
export const conflictText = ({ kind, attribute, taken, ...values }: Conflict, names: Readonly<Record<string, string>>): string => {
  const shown = (value: unknown) => tell(kind === 'values' ? value : named(value, names));
  const { base, file, current } = values;
  const outcome = taken === 'keep' ? "The editor's value stays." : "The file's value is taken.";
  return `"${attribute}" was ${shown(base)}; the file says ${shown(file)}, Strapi says ${shown(current)}. ${outcome}`;
};

/** The problem that tells of a conflict. Where the file's value is taken there is nothing left to settle. */
export const asTaken = (told: Problem, { taken }: Conflict): Problem =>
  taken === 'keep' ? told : { ...told, remedy: "Nothing is left to do; undo the run to have the editor's value back." };

/** Whether a record is to be published or withdrawn: only where the file changed its mind, and Strapi does not agree already. */
const publicationOf = ({ type, base }: LedgerEntry, entry: LedgerEntry | undefined, current: CurrentRecord): Update['publication'] => {
  const hasMoved = entry ? entry.base.isPublished !== base.isPublished : base.isPublished;
  const isPublished = current.published !== null;
  if (!SCHEMAS[type].options.draftAndPublish || !hasMoved || isPublished === base.isPublished) return null;
  return base.isPublished ? 'publish' : 'unpublish';
};

/**
 * Compares a record that is there with what its file wants.
 *
 * @param next the row of the id map as it would be if all went as the file wants
 * @param names what linked records are called
 * @returns what is to be written, if anything, and the conflicts
 */
export const compare = (
  { record, documentId, entry, altTexts = [] }: Resolved & { altTexts?: readonly AltText[] },
  next: LedgerEntry,
  state: State,
  current: CurrentRecord & { altTexts?: ReadonlyMap<string, KnownAltText> },
  { onConflict, ...html }: MergeOptions,
  names: Readonly<Record<string, string>>,
): { operation: Operation | undefined; isOpen: boolean; problems: Problem[] } => {
  const decide = onConflictOf(onConflict, next.type, documentId);
  const {
    draft,
    published,
    conflicts,
    base: merged,
  } = merge(entry?.base ?? emptyState(), state, current, decide, asReadOf(next.type, html));
  const described = mergeAltTexts(altTexts, current.altTexts ?? new Map(), decide);
  conflicts.push(...described.conflicts);
  const isOpen = conflicts.some(({ taken }) => taken === 'keep');
  const base: Base = { ...next.base, ...merged, assets: keptAssets(next.base.assets, entry?.base.assets ?? {}, conflicts) };
  // With a conflict open the file is looked at again, changed or not.
  const ledger: LedgerEntry = { ...next, base, hash: isOpen ? '' : next.hash };
  const source = record.file?.text;
  const planned = { type: record.type, documentId, label: labelOf(record.values), ledger, source, ...formerPathOf(entry, next), conflicts };
  const publication = publicationOf(next, entry, current);
  const problems = conflicts.map((conflict) => {
    const place = record.placeOf?.(conflict.attribute.split('.')[0]!) ?? [];
    return asTaken(reportAt(record, 'record/conflict', place, conflictText(conflict, names)), conflict);
  });

  const { changes } = described;
  if (draft.length > 0 || published.length > 0 || publication || changes.length > 0) {
    const update = { draft, published, publication, ...(changes.length > 0 ? { altTexts: changes } : {}), timestamps: record.timestamps };
    return { operation: { action: 'update', ...planned, ...update }, isOpen, problems };
  }
  const isInStep = entry !== undefined && sameJson(entry, ledger);
  return { operation: isInStep ? undefined : { action: 'touch', ...planned }, isOpen, problems };
};

/** True where a file says of an entry that no import made nothing but what the entry says itself: taking one for the other overwrites nothing. */
export const saysTheSame = (resolved: Resolved, next: LedgerEntry, state: State, current: CurrentRecord): boolean => {
  const { operation } = compare(resolved, next, state, current, { onConflict: 'keep', html: 'keep' }, {});
  if (operation?.action === 'touch') return operation.conflicts.length === 0;
  if (operation?.action !== 'update' || operation.conflicts.length > 0 || operation.publication) return false;
  // What stands in the file for no attribute, such as that it is a draft, an entry that was made in Strapi cannot have.
  return [...operation.draft, ...operation.published].every(({ attribute }) => attribute === 'extra');
};
