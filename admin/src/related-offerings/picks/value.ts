/** The attribute of a story that all of this is about. */
export const FIELD = 'relatedOfferings';

/** A relation in the form that is not saved, whoever put it there. */
export interface FormItem {
  id: number;
  /** Orders what the field shows, connected and saved relations alike; made by fractional-indexing. */
  __temp_key__: string;
  label: string;
  /** Where Strapi filled a translation in from another locale: such an item has no `apiData`. */
  documentId?: string;
  apiData?: ApiData;
}

/** A relation as the native field holds it in the form. Only `apiData` is sent; the rest is what the field shows. */
export interface ConnectItem extends FormItem {
  name: string;
  href: string;
  apiData: ApiData;
}

interface ApiData {
  id: number;
  documentId: string;
  isTemporary?: boolean;
  position?: Position;
}

type Position = { before: string; status: 'draft' } | { end: true };

interface DisconnectItem {
  id: number;
  apiData: { id: number; documentId: string };
}

/** The form's value of a relation: what is to change about the saved ones. */
export interface RelationValue<Item extends FormItem = FormItem> {
  connect: Item[];
  disconnect: DisconnectItem[];
}

/** An offering that belongs to the story, as far as the form knows it. */
export interface Pick {
  id: number;
  documentId: string;
  name: string;
}

export const UNCHANGED: RelationValue<ConnectItem> = { connect: [], disconnect: [] };
