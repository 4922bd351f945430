import { ArrowsCounterClockwise } from '@strapi/icons';
import { useRBAC } from '@strapi/strapi/admin';
import { useMemo } from 'react';

import { UIDS } from '../../../content-types/uids';
import type { DocumentAction } from '../content-manager';
import { useText } from '../texts/useText';

import { MergeDialog } from './MergeDialog';

const PERMISSIONS = [{ action: 'plugin::curation.topics.merge', subject: null }];

/** "Merge into…" in the menu of a topic. */
export const MergeAction: DocumentAction = ({ model, documentId }) => {
  const text = useText();
  const { allowedActions } = useRBAC(PERMISSIONS);
  const content = useMemo(() => {
    // One component for as long as the menu is there: another one would begin anew while somebody chooses.
    const Content = ({ onClose }: { onClose: () => void }) => <MergeDialog source={documentId ?? ''} onClose={onClose} />;
    return Content;
  }, [documentId]);
  if (model !== UIDS.topic || !documentId || !allowedActions.canMerge) return null;
  return {
    label: text('merge.action'),
    icon: <ArrowsCounterClockwise />,
    position: ['header'],
    dialog: { type: 'modal', title: text('merge.title'), content },
  };
};
MergeAction.position = ['header'];
