import { contentManager } from '../content-manager';
import type { Feature } from '../feature';

import { MergeAction } from './MergeAction';

/** One topic into another. */
export const merge: Feature = {
  bootstrap(app) {
    contentManager(app).addDocumentAction([MergeAction]);
  },
};
