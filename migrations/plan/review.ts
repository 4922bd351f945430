import type { FieldChange, Operation } from './operation';
import { named } from './names';
import type { Plan } from './plan';
import { plannedRedirects, type PlannedRedirect } from './planned-redirects';
import type { State } from './state';

/** An operation as a person reviews it: without the file itself and without the row of the id map. */
export type Review = Operation extends infer Each
  ? Each extends Operation
    ? Omit<Each, 'ledger' | 'source'> & { path: string; redirects: PlannedRedirect[] }
    : never
  : never;

const namedValues = <T>(values: Record<string, T>, names: Plan['names']): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([attribute, value]) => [attribute, named(value, names) as T]));

const namedState = (state: State, names: Plan['names']): State => ({
  ...state,
  links: namedValues(state.links, names),
  media: namedValues(state.media, names),
});

const namedChange = (change: FieldChange, names: Plan['names']): FieldChange =>
  change.kind === 'values' ? change : { ...change, before: named(change.before, names), after: named(change.after, names) };

const review = (planned: Operation, names: Plan['names']): Review => {
  const redirects = plannedRedirects(planned);
  const {
    source: _,
    ledger: { path },
    ...operation
  } = planned;
  if (operation.action === 'create') return { path, ...operation, state: namedState(operation.state, names), redirects };
  if (operation.action !== 'update') return { path, ...operation, redirects };
  const [draft, published] = [operation.draft, operation.published].map((changes) => changes.map((change) => namedChange(change, names)));
  return { path, ...operation, draft: draft!, published: published!, redirects };
};

/** The operations of a plan, for a person: related records and pictures by their names. One after the other, each time it is asked. */
export const reviewOf = ({ operations, names }: Plan): Iterable<Review> => ({
  *[Symbol.iterator]() {
    for (const operation of operations) yield review(operation, names);
  },
});
