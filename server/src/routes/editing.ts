import { UIDS } from '../../../content-types';
import { actionOf } from '../constants';

import { only, READ, UPDATE } from './for-editors';

const merging = only(actionOf('topics.merge'), [READ, UIDS.topic]);
const changing = only([UPDATE, UIDS['curated-content']]);

/** What the panel asks around stories. */
export const editingRoutes = [
  {
    method: 'GET',
    path: '/offerings/:documentId/stories',
    handler: 'editing.usedIn',
    config: only([READ, UIDS.offering], [READ, UIDS['curated-content']]),
  },
  { method: 'GET', path: '/topics/:documentId/usage', handler: 'editing.topicUsage', config: only([READ, UIDS.topic]) },
  { method: 'POST', path: '/topics/merge/preview', handler: 'editing.previewMerge', config: merging },
  { method: 'POST', path: '/topics/merge', handler: 'editing.merge', config: merging },
  { method: 'POST', path: '/stories/links/preview', handler: 'editing.previewLinks', config: changing },
  { method: 'POST', path: '/stories/links', handler: 'editing.changeLinks', config: changing },
  { method: 'GET', path: '/overview', handler: 'editing.overview', config: only([READ, UIDS['curated-content']]) },
  // Which runs somebody may undo depends on the run.
  { method: 'POST', path: '/runs/:run/undo', handler: 'editing.undo', config: only() },
];
