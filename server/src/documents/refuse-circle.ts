import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';

import { UIDS } from '../../../content-types';

import { referred } from './references';
import type { Write } from './prepare';

interface Topic {
  documentId: string;
  name: string;
  parent: { documentId: string } | null;
}

/**
 * Refuses a topic's parent that stands below the topic itself: nobody could show such topics as a tree, and none of them would have a path.
 *
 * @throws ValidationError at `parent`
 */
export const refuseCircle = async (strapi: Core.Strapi, { type, action, documentId, data, locale }: Write): Promise<void> => {
  if (type !== 'topic' || action !== 'update') return;
  const find = (where: object): Promise<Topic | null> =>
    strapi.db.query(UIDS.topic).findOne({
      select: ['documentId', 'name'],
      where: { ...where, ...(locale !== null && { locale }) },
      populate: { parent: { select: ['documentId'] } },
    });
  const [named] = referred(data.parent);
  if (named === undefined) return;

  const parent = await find({ $or: [{ documentId: named }, ...(/^\d{1,9}$/.test(named) ? [{ id: Number(named) }] : [])] });
  // A circle that is there already leads nowhere.
  const seen = new Set<string>();
  for (let at = parent; at && !seen.has(at.documentId); at = at.parent && (await find({ documentId: at.parent.documentId }))) {
    seen.add(at.documentId);
  }
  if (!parent || !seen.has(documentId!)) return;
  const message =
    parent.documentId === documentId
      ? 'A topic cannot be its own parent.'
      : `The topic "${parent.name}" stands below this one, and cannot be its parent.`;
  throw new errors.ValidationError(message, { errors: [{ path: ['parent'], message, name: 'ValidationError' }] });
};
