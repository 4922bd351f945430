import { contentManager } from '../content-manager';
import type { Feature } from '../feature';

import { RelatedOfferingsPanel } from './RelatedOfferingsPanel';

/** Finding, ordering and making the offerings that belong to a story. */
export const relatedOfferings: Feature = {
  bootstrap(app) {
    contentManager(app).addEditViewSidePanel([RelatedOfferingsPanel]);
  },
};
