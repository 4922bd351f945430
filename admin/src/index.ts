import type { StrapiApp } from '@strapi/strapi/admin';

import { PLUGIN_ID } from '../../content-types/uids';

import { FEATURES } from './features';
import { watchPanel } from './refresh';
import { registerTrads } from './texts/registerTrads';

export default {
  register(app: StrapiApp) {
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
    watchPanel(app);
    for (const feature of FEATURES) feature.register?.(app);
  },
  bootstrap(app: Pick<StrapiApp, 'getPlugin' | 'registerHook'>) {
    for (const feature of FEATURES) feature.bootstrap?.(app);
  },
  registerTrads,
};
