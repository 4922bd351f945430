import { targetOf, type ContentType } from '../../content-types';
import type { Database } from './database';
import type { State } from './state';

/** Names in place of what only a database understands. */
export const named = (value: unknown, names: Readonly<Record<string, string>>): unknown => {
  if (Array.isArray(value)) return value.map((each) => named(each, names));
  return typeof value === 'string' ? (names[value] ?? value) : value;
};

/** Adds the names of what some records of one type are linked to, as far as they are not known yet. */
export const addNames = async (
  names: Record<string, string>,
  type: ContentType,
  states: readonly Pick<State, 'links' | 'media'>[],
  database: Pick<Database, 'namesOf'>,
): Promise<void> => {
  const unknown = new Map<ContentType | 'file', Set<string>>();
  const add = (target: ContentType | 'file', documentId: string | null | undefined) => {
    if (!documentId || documentId in names || documentId.startsWith('sha256:')) return;
    unknown.set(target, (unknown.get(target) ?? new Set()).add(documentId));
  };
  for (const { links, media } of states) {
    for (const [attribute, documentIds] of Object.entries(links)) {
      const target = targetOf(type, attribute);
      documentIds.forEach((documentId) => add(target, documentId));
    }
    Object.values(media).forEach((documentId) => add('file', documentId));
  }
  for (const [target, documentIds] of unknown) {
    for (const [documentId, name] of await database.namesOf(target, [...documentIds])) names[documentId] = name;
  }
};
