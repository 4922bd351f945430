import { useRBAC } from '@strapi/strapi/admin';
import { useMemo } from 'react';

import { UIDS, type ContentType } from '../../../content-types/uids';
import type { BulkAction } from '../content-manager';
import { useText } from '../texts/useText';

import { ChangeLinksDialog, type Attribute } from './ChangeLinksDialog';

const permissions = (action: 'read' | 'update', type: ContentType) => [
  { action: `plugin::content-manager.explorer.${action}`, subject: UIDS[type] },
];

/** Outside of the component, because useRBAC asks again for each new list; each on its own, because it answers by the action alone. */
const UPDATE = permissions('update', 'curated-content');
const READ_OFFERINGS = permissions('read', 'offering');
const READ_TOPICS = permissions('read', 'topic');

/** "Offerings and topics…" above the list, for the stories that are selected. */
export const ChangeLinksAction: BulkAction = ({ model, documents }) => {
  const text = useText();
  const { allowedActions } = useRBAC(UPDATE);
  const { canRead: canReadOfferings } = useRBAC(READ_OFFERINGS).allowedActions;
  const { canRead: canReadTopics } = useRBAC(READ_TOPICS).allowedActions;
  const selected = documents.map(({ documentId }) => documentId).join(' ');
  const content = useMemo(() => {
    // One component for as long as the selection stays: another one would begin anew while somebody chooses.
    const documentIds = selected.split(' ');
    const attributes: Attribute[] = [
      ...(canReadOfferings ? ['relatedOfferings' as const] : []),
      ...(canReadTopics ? ['topics' as const] : []),
    ];
    const Content = ({ onClose }: { onClose: () => void }) => (
      <ChangeLinksDialog documentIds={documentIds} attributes={attributes} onClose={onClose} />
    );
    return Content;
  }, [selected, canReadOfferings, canReadTopics]);
  if (model !== UIDS['curated-content'] || !allowedActions.canUpdate || !(canReadOfferings || canReadTopics)) return null;
  return {
    label: text('links.action'),
    variant: 'tertiary',
    dialog: { type: 'modal', title: text('links.title', { count: documents.length }), content },
  };
};
