import { contentManager, type DocumentAction } from '../content-manager';
import type { Feature } from '../feature';

import { MergeAction } from './MergeAction';

/** What takes an entry away stands last in a menu. */
const beforeDelete = (actions: DocumentAction[]): DocumentAction[] => {
  const found = actions.findIndex(({ type }) => type === 'delete');
  const at = found < 0 ? actions.length : found;
  return [...actions.slice(0, at), MergeAction, ...actions.slice(at)];
};

/** One topic into another. */
export const merge: Feature = {
  bootstrap(app) {
    contentManager(app).addDocumentAction(beforeDelete);
  },
};
