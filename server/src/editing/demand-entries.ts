import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';
import { demand, type Editor } from './editor';

/**
 * Demands that an editor may read the names of some topics or offerings, as far as these are there: an answer will tell them.
 *
 * @throws ForbiddenError
 */
export const demandEntries = async (
  strapi: Core.Strapi,
  editor: Editor,
  type: Exclude<ContentType, 'curated-content'>,
  documentIds: readonly string[],
): Promise<void> => {
  const checker = editor.of(type);
  demand(checker.may('read', 'name'));
  const count = (...where: object[]): Promise<number> =>
    strapi.db.query(UIDS[type]).count({ where: { $and: [{ documentId: { $in: documentIds } }, ...where] } });
  demand((await count()) === (await count(checker.where('read', 'name'))));
};
