import { contentManager } from '../content-manager';
import type { Feature } from '../feature';

import { TopicPanel } from './TopicPanel';
import { UsedInPanel } from './UsedInPanel';

/** Where offerings and topics are used. */
export const usage: Feature = {
  bootstrap(app) {
    contentManager(app).addEditViewSidePanel([UsedInPanel, TopicPanel]);
  },
};
