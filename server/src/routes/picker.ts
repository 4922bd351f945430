import { UIDS } from '../../../content-types';

/** Who picks must be able to read what is picked; the same rule as for the native relation field. */
const config = {
  policies: [
    'admin::isAuthenticatedAdmin',
    { name: 'admin::hasPermissions', config: { actions: [['plugin::content-manager.explorer.read', UIDS.offering]] } },
  ],
};

/** What the panel asks while an editor picks offerings. */
export const pickerRoutes = [
  { method: 'POST', path: '/picker/search', handler: 'picker.search', config },
  { method: 'POST', path: '/picker/suggestions', handler: 'picker.suggestions', config },
  { method: 'POST', path: '/picker/offerings', handler: 'picker.offerings', config },
  {
    method: 'PUT',
    path: '/picker/dismissals',
    handler: 'picker.dismiss',
    config: {
      policies: [
        ...config.policies,
        { name: 'admin::hasPermissions', config: { actions: [['plugin::content-manager.explorer.update', UIDS['curated-content']]] } },
      ],
    },
  },
];
