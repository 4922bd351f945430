import { SCHEMAS, type ContentType } from '../../content-types';
import { aliasesOf, readAlias } from '../../content-types/rules/aliases';
import { pathOf } from '../../content-types/rules/path-of';
import { pathKey } from '../../content-types/rules/site-path';
import type { JsonObject } from '../source/json';
import type { FieldChange, Operation, Update } from './operation';

/** A path that leads to an entry from the next run on, and where the entry stands then. */
export interface PlannedRedirect {
  from: string;
  to: string;
}

const withSide = (values: JsonObject, changes: readonly FieldChange[], side: 'before' | 'after'): JsonObject => {
  const changed = changes.filter(({ kind }) => kind === 'values').map(({ attribute, [side]: value }) => [attribute, value]);
  return { ...values, ...(Object.fromEntries(changed) as JsonObject) };
};

/** Every path that leads to an entry with these values, by its key. Which hosts are the site's own is not known here; apply leaves out the others. */
const aliasPaths = ({ aliases }: JsonObject): Map<string, string> =>
  new Map(
    aliasesOf(aliases).flatMap((value) => {
      const alias = readAlias(value, () => true);
      return 'path' in alias ? [[alias.key, alias.path] as const] : [];
    }),
  );

const added = (type: ContentType, before: JsonObject | undefined, after: JsonObject): PlannedRedirect[] => {
  const to = pathOf(type, after);
  if (to === null) return [];
  const coming = aliasPaths(after);
  if (before) {
    for (const key of aliasPaths(before).keys()) coming.delete(key);
    const old = pathOf(type, before);
    if (old !== null) coming.set(pathKey(old), old);
  }
  coming.delete(pathKey(to));
  return [...coming.values()].map((from) => ({ from, to }));
};

const ofUpdate = ({ type, ledger, draft, published, publication }: Update): PlannedRedirect[] => {
  const { values } = ledger.base;
  if (publication === 'unpublish') return [];
  // Only what sites see has a place on them.
  if (publication === 'publish') return added(type, undefined, withSide(values, draft, 'after'));
  const changes = SCHEMAS[type].options.draftAndPublish ? published : draft;
  return added(type, withSide(values, changes, 'before'), withSide(values, changes, 'after'));
};

/** The redirects that an operation adds: those that a record's aliases ask for, and one from where its page stood before. */
export const plannedRedirects = (operation: Operation): PlannedRedirect[] => {
  if (operation.action === 'create') return operation.isPublished ? added(operation.type, undefined, operation.state.values) : [];
  return operation.action === 'update' ? ofUpdate(operation) : [];
};
