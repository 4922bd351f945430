import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../../content-types';
import { mayFind } from '../../services/may-find';

/** What a caller may see besides stories. Whoever has the same rights gets the same bytes. */
export interface Rights {
  topics: boolean;
  offerings: boolean;
}

interface Caller {
  auth?: unknown;
}

export const rightsOf = async (strapi: Core.Strapi, { auth }: Caller): Promise<Rights> => {
  const [topics, offerings] = await Promise.all([mayFind(strapi, auth, UIDS.topic), mayFind(strapi, auth, UIDS.offering)]);
  return { topics, offerings };
};
