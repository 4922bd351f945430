import { contentManager } from '../content-manager';
import type { Feature } from '../feature';

import { ChangeLinksAction } from './ChangeLinksAction';

/** Offerings and topics of many stories at once. */
export const links: Feature = {
  bootstrap(app) {
    contentManager(app).addBulkAction([ChangeLinksAction]);
  },
};
