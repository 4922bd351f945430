/** How a caller of the Document Service names an entry. */
export type Reference = string | number | { id?: number | string; documentId?: string };

/** What a form tells of a relation: what is to change about the entries that are stored. */
export interface Change {
  connect?: Reference | Reference[];
  disconnect?: Reference | Reference[];
}

export const list = (references: Reference | Reference[] = []): Reference[] => (Array.isArray(references) ? references : [references]);

/** The change that `data` asks of a relation; none where it says what the relation is to be as a whole. */
export const changeOf = (value: unknown): Change => {
  if (typeof value !== 'object' || value === null || 'set' in value) return {};
  return value;
};

/** The documentId by which an entry is named, or the id where there is no other. */
const nameOf = (reference: Reference): string => String(typeof reference === 'object' ? (reference.documentId ?? reference.id) : reference);

export const namesOf = ({ connect, disconnect }: Change): string[] => [...list(connect), ...list(disconnect)].map(nameOf);

/** The entries that a relation leads to by what is written of it, whatever else it leads to already. */
export const referred = (value: unknown): string[] => {
  if (value === undefined || value === null) return [];
  const isChange = typeof value === 'object' && ('connect' in value || 'disconnect' in value);
  const whole = typeof value === 'object' && 'set' in value ? value.set : value;
  const references = isChange ? changeOf(value).connect : (whole as Reference | Reference[] | null);
  return list(references ?? []).map(nameOf);
};
