import { contentManager } from '../content-manager';
import type { Feature } from '../feature';

import { ChangeLinksAction } from './ChangeLinksAction';
import { UndoLast } from './UndoLast';

/** Offerings and topics of many stories at once. */
export const links: Feature = {
  bootstrap(app) {
    contentManager(app).addBulkAction([ChangeLinksAction]);
    app.getPlugin('content-manager').injectComponent('listView', 'actions', { name: 'curation-undo-last', Component: UndoLast });
  },
};
