import { sameJson, type JsonObject } from '../source/json';

/** What one row of a record holds, in the form in which file, last import and database are compared. */
export interface State {
  /** Attributes that are columns. */
  values: JsonObject;
  /** The documentIds that a relation points at, in order. */
  links: Record<string, string[]>;
  /** The documentId of the file in the media library; `sha256:…` for one that is not there yet. */
  media: Record<string, string | null>;
}

/** One attribute of a state, whichever kind it is. */
export type Field = { kind: keyof State; attribute: string };

export const fieldsOf = (state: State): Field[] =>
  (['values', 'links', 'media'] as const).flatMap((kind) => Object.keys(state[kind]).map((attribute) => ({ kind, attribute })));

const EMPTY = { values: null, links: [], media: null } as const;

/** What a state holds in a field; what it does not mention is empty. */
export const valueOf = (state: State, { kind, attribute }: Field): unknown => state[kind][attribute] ?? EMPTY[kind];

export const sameField = (a: State, b: State, field: Field): boolean => sameJson(valueOf(a, field), valueOf(b, field));

/** Takes one field over from another state. */
export const assignField = (target: State, source: State, field: Field): void => {
  (target[field.kind] as Record<string, unknown>)[field.attribute] = valueOf(source, field);
};

export const emptyState = (): State => ({ values: {}, links: {}, media: {} });
