import type { StrapiApp } from '@strapi/strapi/admin';
import type { ComponentType, ReactNode } from 'react';

/** What the Content Manager tells a side panel. */
export interface PanelProps {
  /** The state that is shown: the draft, or what the site has. Null where a type has no draft. */
  activeTab: 'draft' | 'published' | null;
  /** The uid of the type. */
  model: string;
  /** Undefined while an entry is made. */
  documentId?: string;
  document?: { documentId?: string; updatedAt?: string; locale?: string | null; [attribute: string]: unknown };
}

/**
 * A side panel of the edit view. Strapi calls it like a component. The form's hooks belong inside `content`: panels are also called where no
 * form is.
 */
export type Panel = (props: PanelProps) => { title: string; content: ReactNode } | null;

interface Dialog {
  type: 'modal';
  title: string;
  content: ComponentType<{ onClose: () => void }>;
}

interface Action {
  label: string;
  icon?: ReactNode;
  variant?: 'tertiary';
  dialog: Dialog;
}

/** An entry of the menus of an entry. Called like a component, in the list and in the edit view. */
export interface DocumentAction {
  (props: PanelProps): (Action & { position: 'header'[] }) | null;
  /** Told ahead, so that it is called there alone. */
  position?: 'header'[];
  /** What Strapi knows its own ones by. */
  type?: string;
}

/** A button above the list, for the entries that are selected. Called like a component. */
export type BulkAction = (props: { model: string; documents: { documentId: string }[] }) => Action | null;

/** What plugins add to the Content Manager; Strapi's own types of it cannot be imported without its package. */
interface ContentManager {
  addEditViewSidePanel(panels: Panel[]): void;
  addBulkAction(actions: BulkAction[]): void;
  addDocumentAction(arrange: (actions: DocumentAction[]) => DocumentAction[]): void;
}

export const contentManager = (app: Pick<StrapiApp, 'getPlugin'>): ContentManager =>
  app.getPlugin('content-manager').apis as unknown as ContentManager;
