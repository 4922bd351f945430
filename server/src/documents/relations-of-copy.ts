import { SCHEMAS, type ContentType } from '../../../content-types';
import type { Values } from '../unique-keys/changed-keys';

import { changeOf, list, namesOf } from './references';

interface Linked {
  id: number | string;
  documentId: string;
}

/** The relations to many entries about which `data` says what is to change. */
export const changedRelations = (type: ContentType, data: Values): string[] =>
  Object.entries(SCHEMAS[type].attributes)
    .filter(([name, { relation }]) => relation === 'manyToMany' && namesOf(changeOf(data[name])).length > 0)
    .map(([name]) => name);

/**
 * The relations of a copy, whose form shows those of its source: they are connected before what the form connects. Strapi takes that alone, and
 * refuses it where its place is one beside an entry of the source. Given its own answer it gives it again, as a second attempt needs.
 *
 * @param source the entry that is copied, with its changed relations in order
 */
export const relationsOfCopy = (type: ContentType, data: Values, source: Values): Values =>
  Object.fromEntries(
    changedRelations(type, data).map((name) => {
      const change = changeOf(data[name]);
      const named = namesOf(change);
      const kept = (source[name] as Linked[]).filter(({ id, documentId }) => !named.includes(documentId) && !named.includes(String(id)));
      return [name, { ...change, connect: [...kept.map(({ documentId }) => ({ documentId })), ...list(change.connect)] }];
    }),
  );
