import { ChartPie } from '@strapi/icons';

import { PLUGIN_ID, UIDS } from '../../../content-types/uids';
import type { Feature } from '../feature';
import { getTranslation } from '../texts/getTranslation';

/** What stories lack, on the home page. */
export const overview: Feature = {
  register(app) {
    app.widgets.register({
      id: 'overview',
      pluginId: PLUGIN_ID,
      title: { id: getTranslation('overview.title'), defaultMessage: 'Curated content' },
      icon: ChartPie,
      component: async () => (await import('./OverviewWidget')).OverviewWidget,
      permissions: [{ action: 'plugin::content-manager.explorer.read', subject: UIDS['curated-content'] }],
    });
  },
};
