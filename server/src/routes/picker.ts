import { UIDS } from '../../../content-types';

import { only, READ, UPDATE } from './for-editors';

/** Who picks must be able to read what is picked; the same rule as for the native relation field. */
const config = only([READ, UIDS.offering]);

/** What the panel asks while an editor picks offerings. */
export const pickerRoutes = [
  { method: 'POST', path: '/picker/search', handler: 'picker.search', config },
  { method: 'POST', path: '/picker/suggestions', handler: 'picker.suggestions', config },
  { method: 'POST', path: '/picker/offerings', handler: 'picker.offerings', config },
  {
    method: 'PUT',
    path: '/picker/dismissals',
    handler: 'picker.dismiss',
    config: only([READ, UIDS.offering], [UPDATE, UIDS['curated-content']]),
  },
];
