import type { Feature } from '../feature';

import { arrangeStoryColumns } from './story-columns';
import { QuickFilters } from './QuickFilters';

/** What the list of stories shows beside its own columns and filters. */
export const list: Feature = {
  bootstrap(app) {
    app.registerHook('Admin/CM/pages/ListView/inject-column-in-table', arrangeStoryColumns);
    app.getPlugin('content-manager').injectComponent('listView', 'actions', { name: 'curation-quick-filters', Component: QuickFilters });
  },
};
