import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../../content-types';

/** What a caller may see besides stories. Whoever has the same rights gets the same bytes. */
export interface Rights {
  topics: boolean;
  offerings: boolean;
}

interface Caller {
  auth?: unknown;
}

/** Asks Strapi what it would ask to fill in a relation: whether the caller may `find` its target. */
export const rightsOf = async (strapi: Core.Strapi, { auth }: Caller): Promise<Rights> => {
  const service: { verify(auth: unknown, config: { scope: string[] }): Promise<void> } = strapi.get('auth');
  const may = (uid: string) =>
    service.verify(auth, { scope: [`${uid}.find`] }).then(
      () => true,
      () => false,
    );
  const [topics, offerings] = await Promise.all([may(UIDS.topic), may(UIDS.offering)]);
  return { topics, offerings };
};
