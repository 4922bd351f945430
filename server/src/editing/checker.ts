import type { Core } from '@strapi/strapi';

import { UIDS, type ContentType } from '../../../content-types';

type Action = 'read' | 'update' | 'publish';

/** As much of what Strapi knows of an administrator as is asked here. */
interface Ability {
  can(action: string, subject: string, field?: string): boolean;
  rulesFor(action: string, subject: string, field?: string): unknown[];
}

interface PermissionsManager {
  /** Null where no rule allows the action. */
  getQuery(action: string): object | null;
}

/** What an administrator may do with the entries of one type: the Content Manager's own permissions, fields and conditions included. */
export interface Checker {
  /** True where it is allowed of some entries at least. */
  may(action: Action, field?: string): boolean;
  /** True where no condition narrows it to some entries. */
  mayEverywhere(action: Action, field?: string): boolean;
  /** What an entry has to be for it, as a query of the database: of two roles, one may narrow a field to other entries than the other. */
  where(action: Action, field?: string): object;
}

const NOTHING = { id: { $null: true } };

export const checkerOf = (strapi: Core.Strapi, userAbility: unknown, type: ContentType): Checker => {
  const ability = userAbility as Ability;
  const model = UIDS[type];
  const nameOf = (action: Action) => `plugin::content-manager.explorer.${action}`;
  const queryOf = (action: Action, field?: string) => {
    // Strapi itself asks for the rules of the action alone, whichever fields they are about.
    const ofField = { rulesFor: (name: string, subject: string) => ability.rulesFor(name, subject, field) };
    const manager: PermissionsManager = strapi.service('admin::permission').createPermissionsManager({ ability: ofField, model });
    return manager.getQuery(nameOf(action));
  };
  return {
    may: (action, field) => ability.can(nameOf(action), model, field),
    mayEverywhere(action, field) {
      const query = queryOf(action, field);
      return query !== null && Object.keys(query).length === 0;
    },
    where(action, field) {
      const { where = {} } = strapi.get('query-params').transform(model, { filters: queryOf(action, field) ?? NOTHING });
      return where as object;
    },
  };
};
