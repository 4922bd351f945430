/** The attribute of a story that all of this is about. */
export const FIELD = 'relatedOfferings';

/** A relation as the native field holds it in the form while it is not saved. Only `apiData` is sent; the rest is what the field shows. */
export interface ConnectItem {
  id: number;
  /** Orders what the field shows, connected and saved relations alike; made by fractional-indexing. */
  __temp_key__: string;
  name: string;
  label: string;
  href: string;
  apiData: { id: number; documentId: string; isTemporary?: boolean; position?: Position };
}

type Position = { before: string; status: 'draft' } | { end: true };

interface DisconnectItem {
  id: number;
  apiData: { id: number; documentId: string };
}

/** The form's value of a relation: what is to change about the saved ones. */
export interface RelationValue {
  connect: ConnectItem[];
  disconnect: DisconnectItem[];
}

/** An offering that belongs to the story, as far as the form knows it. */
export interface Pick {
  id: number;
  documentId: string;
  name: string;
}

export const UNCHANGED: RelationValue = { connect: [], disconnect: [] };
