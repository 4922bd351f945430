import { useRBAC } from '@strapi/strapi/admin';
import { useMemo } from 'react';

import { UIDS } from '../../../content-types/uids';
import type { BulkAction } from '../content-manager';
import { useText } from '../texts/useText';

import { ChangeLinksDialog } from './ChangeLinksDialog';

const PERMISSIONS = [{ action: 'plugin::content-manager.explorer.update', subject: UIDS['curated-content'] }];

/** "Offerings and topics…" above the list, for the stories that are selected. */
export const ChangeLinksAction: BulkAction = ({ model, documents }) => {
  const text = useText();
  const { allowedActions } = useRBAC(PERMISSIONS);
  const selected = documents.map(({ documentId }) => documentId).join(' ');
  const content = useMemo(() => {
    // One component for as long as the selection stays: another one would begin anew while somebody chooses.
    const documentIds = selected.split(' ');
    const Content = ({ onClose }: { onClose: () => void }) => <ChangeLinksDialog documentIds={documentIds} onClose={onClose} />;
    return Content;
  }, [selected]);
  if (model !== UIDS['curated-content'] || !allowedActions.canUpdate) return null;
  return {
    label: text('links.action'),
    variant: 'tertiary',
    dialog: { type: 'modal', title: text('links.title', { count: documents.length }), content },
  };
};
