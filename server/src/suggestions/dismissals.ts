import { TABLES } from '../../../content-types/tables/uids';
import type { Core } from '@strapi/strapi';

import type { DismissalRequest } from '../contracts/picker';

/** Offerings that are not to be suggested for a story again, by document id. */
export const dismissedFor = async (strapi: Core.Strapi, story: string): Promise<string[]> => {
  const rows = await strapi.db.query(TABLES.dismissal).findMany({ select: ['offeringId'], where: { storyId: story } });
  return rows.map(({ offeringId }: { offeringId: string }) => offeringId);
};

/** Remembers that an offering is not wanted for a story, or forgets it. */
export const dismiss = async (strapi: Core.Strapi, { story, offering, dismissed }: DismissalRequest): Promise<void> => {
  const where = { storyId: story, offeringId: offering };
  if (!dismissed) {
    await strapi.db.query(TABLES.dismissal).deleteMany({ where });
    return;
  }
  const isKnown = async () => (await strapi.db.query(TABLES.dismissal).count({ where })) > 0;
  if (await isKnown()) return;
  try {
    await strapi.db.query(TABLES.dismissal).create({ data: where });
  } catch (error) {
    // Two editors may dismiss it at once: the unique index keeps one.
    if (!(await isKnown())) throw error;
  }
};
