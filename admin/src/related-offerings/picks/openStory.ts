import type { PanelProps } from '../../content-manager';

/** The story whose form is open: what the Content Manager tells the panel of it. */
export type OpenStory = Omit<PanelProps, 'model'>;

/** A translation that is not made yet is a new story: Strapi tells the documentId of the others and an entry without anything in it. */
export const openStory = ({ activeTab, documentId, document }: OpenStory): OpenStory =>
  document && !document.documentId ? { activeTab } : { activeTab, documentId, document };
