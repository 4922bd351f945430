import { UIDS } from '../../../content-types/uids';
import type { Panel } from '../content-manager';
import { useText } from '../texts/useText';

import { PanelContent } from './panel/PanelContent';

/** The side panel of a story: its offerings, and those that fit. */
export const RelatedOfferingsPanel: Panel = ({ model, ...story }) => {
  const text = useText();
  if (model !== UIDS['curated-content']) return null;
  return { title: text('relatedOfferings.title'), content: <PanelContent {...story} /> };
};
