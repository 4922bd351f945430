import type { Operation, Plan } from './plan';

/** An operation as a person reviews it: without the file itself and without the row of the id map. */
export type Review = Operation extends infer Each ? (Each extends Operation ? Omit<Each, 'ledger' | 'source'> & { path: string } : never) : never;

export const reviewOf = ({ operations }: Plan): Review[] =>
  operations.map(({ source: _, ledger: { path }, ...operation }) => ({ path, ...operation }) as Review);
