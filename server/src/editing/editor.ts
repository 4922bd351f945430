import { errors } from '@strapi/utils';
import type { Core } from '@strapi/strapi';

import type { ContentType } from '../../../content-types';
import { checkerOf, type Checker } from './checker';

/** Somebody who is logged in to the panel. */
export interface Editor {
  /** By which runs remember who it was. */
  name: string;
  /** True where a role gives an action of the plugin's own. */
  can(action: string): boolean;
  of(type: ContentType): Checker;
}

/** As much of a request of the panel as says who makes it. */
export interface EditorContext {
  state: { user: { email: string }; userAbility: { can(action: string): boolean } };
}

export const editorOf = (strapi: Core.Strapi, { state: { user, userAbility } }: EditorContext): Editor => ({
  name: user.email,
  can: (action) => userAbility.can(action),
  of: (type) => checkerOf(strapi, userAbility, type),
});

/** @throws ForbiddenError */
export const demand = (isAllowed: boolean): void => {
  if (!isAllowed) throw new errors.ForbiddenError();
};
