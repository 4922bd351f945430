import { asTaken, conflictText, type MergeOptions } from '../plan/compare';
import { mergeAgain, type Since } from '../plan/merge-again';
import { addNames } from '../plan/names';
import type { Conflict, Operation, Remove, Touch, Update } from '../plan/operation';
import type { Plan } from '../plan/plan';
import { assignField, emptyState } from '../plan/state';
import { problem, type Problem } from '../source/problem';
import type { Host } from './host';
import type { Image } from './journal';
import { readNames } from './open-database';

/** An operation that came to something else than planned: an editor saved or deleted its entry in the meantime. */
export interface Overtaken {
  planned: Update | Remove;
  /** What was written in its place; undefined where the entry is gone and nothing was. */
  written?: Update | Touch;
  /** Conflicts that the plan does not know of. */
  conflicts: Conflict[];
}

/**
 * Operations as they are to be written to entries that may have changed since the plan was made.
 *
 * @param before what is there now
 * @param described the alternative texts that somebody gave pictures since, by their documentIds
 */
export const overtake = (
  operations: readonly Operation[],
  before: ReadonlyMap<string, Image>,
  options: MergeOptions,
  described: Since['described'],
): { operations: Operation[]; overtaken: Overtaken[] } => {
  const overtaken: Overtaken[] = [];
  const toWrite = operations.flatMap((planned) => {
    if (planned.action !== 'update' && planned.action !== 'remove') return planned;
    const { draft, published = null, ledger } = before.get(planned.documentId) ?? {};
    if (!draft) {
      overtaken.push({ planned, conflicts: [] });
      return [];
    }
    if (planned.action === 'remove') return planned;
    const { operation: written, conflicts } = mergeAgain(planned, { draft, published }, options, {
      assets: ledger?.base.assets ?? {},
      described,
    });
    if (conflicts.length > 0 || written.action !== 'update') overtaken.push({ planned, written, conflicts });
    return written;
  });
  return { operations: toWrite, overtaken };
};

const countsOf = (operation: Update | Touch | undefined) => {
  const isUpdate = operation?.action === 'update';
  const isOpen = operation?.conflicts.some(({ taken }) => taken === 'keep') ?? false;
  return { updated: Number(isUpdate), conflicts: Number(isOpen), unchanged: Number(!isUpdate && !isOpen) };
};

/** Counts what was written instead of what was planned. */
export const recount = ({ counts, byType }: Plan, { planned, written }: Overtaken): void => {
  for (const each of [counts, byType[planned.type]]) {
    if (planned.action === 'remove') each.removed -= 1;
    else {
      const [was, is] = [countsOf(planned), countsOf(written)];
      for (const key of ['updated', 'conflicts', 'unchanged'] as const) each[key] += is[key] - was[key];
    }
  }
};

/** What is told of operations that were overtaken, when nothing is written any more. An entry that both sides wanted gone is not worth a word. */
export const tellOvertaken = async (host: Host, { names }: Plan, overtaken: readonly Overtaken[]): Promise<Problem[]> => {
  const problems: Problem[] = [];
  for (const { planned, written, conflicts } of overtaken) {
    const { type, label, ledger } = planned;
    const saved = conflicts.map((conflict) => {
      const state = emptyState();
      assignField(state, { ...emptyState(), [conflict.kind]: { [conflict.attribute]: conflict.current } }, conflict);
      return state;
    });
    await addNames(names, type, saved, { namesOf: (of, documentIds) => readNames(host, of, documentIds) });
    const told = (conflict: Conflict) => problem('record/conflict', ledger.path, conflictText(conflict, names));
    problems.push(...conflicts.map((conflict) => asTaken(told(conflict), conflict)));
    if (!written && planned.action === 'update') {
      problems.push(problem('record/deleted', ledger.path, `"${label}" was deleted in Strapi and is not brought back.`));
    }
  }
  return problems;
};
