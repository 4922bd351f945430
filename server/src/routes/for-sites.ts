import { PLUGIN_ID } from '../../../content-types';
import type { delivery } from '../controllers/delivery';
import type { SiteController } from '../controllers/site';
import type { Context } from '../delivery/http/context';

interface Controllers {
  delivery: ReturnType<typeof delivery>;
  site: SiteController;
}

/** The permission that a route asks for; there are two, and the handlers of the controller `delivery` of these names give them to Strapi. */
export const scopeOf = (action: 'find' | 'findOne') => ({ auth: { scope: [`plugin::${PLUGIN_ID}.delivery.${action}`] } });

/** Goes to a controller without Strapi taking the handler's name for a permission of its own. */
export const handlerOf =
  <Name extends keyof Controllers>(name: Name) =>
  (action: keyof Controllers[Name]) =>
  (ctx: Context) => {
    const controller: Controllers[Name] = strapi.plugin(PLUGIN_ID).controller(name);
    return (controller[action] as (ctx: Context) => Promise<void>)(ctx);
  };
