import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';

type Action = 'read' | 'update' | 'publish';

/** The part of the Content Manager's permission checker that is used here. */
interface PermissionChecker {
  can: Record<Action, (entity: null, field?: string) => boolean>;
  sanitizedQuery: Record<Action, (query: object) => Promise<Record<string, unknown>>>;
}

/** What an administrator may do with the entries of one type: the Content Manager's own permissions, fields and conditions included. */
export interface Checker {
  may(action: Action, field?: string): boolean;
  /** What an entry has to be for it, as a query of the database: a permission may be narrowed to some entries. */
  where(action: Action): Promise<object>;
}

export const checkerOf = (strapi: Core.Strapi, userAbility: unknown, type: ContentType): Checker => {
  const model = UIDS[type];
  const checker: PermissionChecker = strapi.plugin('content-manager').service('permission-checker').create({ userAbility, model });
  return {
    may: (action, field) => checker.can[action](null, field),
    async where(action) {
      const { where = {} } = strapi.get('query-params').transform(model, await checker.sanitizedQuery[action]({}));
      return where as object;
    },
  };
};
