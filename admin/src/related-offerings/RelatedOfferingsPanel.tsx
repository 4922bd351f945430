import { UIDS } from '../../../content-types/uids';
import type { Panel } from '../content-manager';
import { useText } from '../texts/useText';

/** The side panel of a story. */
export const RelatedOfferingsPanel: Panel = ({ model }) => {
  const text = useText();
  if (model !== UIDS['curated-content']) return null;
  return { title: text('relatedOfferings.title'), content: null };
};
