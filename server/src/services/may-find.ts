import type { Core } from '@strapi/strapi';

interface Auth {
  verify(auth: unknown, config: { scope: string[] }): Promise<void>;
}

/**
 * Whether a caller of the content API may `find` entries of a type: what Strapi asks, too, before it fills in a relation.
 *
 * @param auth `ctx.state.auth`
 */
export const mayFind = async (strapi: Core.Strapi, auth: unknown, uid: string): Promise<boolean> => {
  const service: Auth = strapi.get('auth');
  return service.verify(auth, { scope: [`${uid}.find`] }).then(
    () => true,
    () => false,
  );
};
