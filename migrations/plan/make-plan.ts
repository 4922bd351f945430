import { CONTENT_TYPES, SCHEMAS, type ContentType } from '../../content-types';
import type { Wanted, WantedRecord } from '../mappings/to-records';
import type { Assets } from '../source/assets';
import { sameJson } from '../source/json';
import { compare, labelOf, type OnConflict } from './compare';
import type { Database } from './database';
import { findHeldPaths } from './held-paths';
import type { LedgerEntry } from './ledger';
import { planMissing, type MissingOptions, type Seen } from './missing';
import { findCircles, parentsFirst } from './parents';
import type { Counts, Operation, Plan } from './plan';
import { reportAt, Resolver, type Resolved } from './resolver';
import { targetState, type TargetState } from './target-state';

export interface PlanOptions extends MissingOptions {
  publish: 'as-source' | 'all' | 'none';
  onConflict: OnConflict;
  /** Bring back what an editor deleted. */
  resurrect: boolean;
}

type Target = Resolved & TargetState;

const isPublished = ({ type, isDraft }: WantedRecord, publish: PlanOptions['publish']): boolean =>
  !SCHEMAS[type].options.draftAndPublish || publish === 'all' || (publish === 'as-source' && !isDraft);

const emptyCounts = (): Omit<Counts, 'files'> => ({ created: 0, updated: 0, unchanged: 0, conflicts: 0, refused: 0, removed: 0 });

/** The row of the id map that a record will have. */
const ledgerOf = ({ record, documentId, entry, state, assets, problems }: Target, { mapping, publish }: PlanOptions): LedgerEntry => ({
  type: record.type,
  documentId,
  identity: entry?.identity ?? record.identities[0]!,
  path: record.file ? record.path : (entry?.path ?? record.path),
  hasFile: record.file !== undefined,
  mapping,
  // What a reference did not find today may be there tomorrow: the file is looked at again.
  hash: problems.some(({ rule }) => rule === 'reference/unresolved') ? '' : (record.file?.hash ?? ''),
  base: { ...state, isPublished: isPublished(record, publish), assets },
});

/**
 * Third station: compares what the files want with what the last import knew and with what Strapi holds.
 *
 * @param wanted from `toRecords`, and what the folder was seen to hold
 * @returns all that has to be written; nothing is written here
 */
export const makePlan = async (wanted: Wanted & Seen, database: Database, assets: Assets, options: PlanOptions): Promise<Plan> => {
  const resolver = new Resolver(database);
  for (const type of CONTENT_TYPES) wanted.records.filter((record) => record.type === type).forEach((record) => resolver.add(record));

  const plan: Plan = {
    operations: [],
    uploads: new Map(),
    counts: { files: wanted.paths.size, ...emptyCounts() },
    byType: { topic: emptyCounts(), offering: emptyCounts(), 'curated-content': emptyCounts() },
    problems: [...wanted.problems, ...resolver.problems],
    names: {},
    missing: [],
  };
  resolver.refused.forEach(({ type }) => (plan.byType[type].refused += 1));

  const isGone = (type: ContentType, documentId: string): boolean =>
    !options.resurrect && database.ledger.ofDocument(type, documentId) !== undefined && !database.exists(type, documentId);

  const targets: Target[] = [];
  for (const each of resolver.resolved) {
    const target = await targetState(each, resolver, database, assets, isGone);
    targets.push({ ...each, ...target });
    plan.names[each.documentId] = labelOf(each.record.values);
    plan.problems.push(...target.problems);
    for (const { name, asset, alternativeText } of target.uploads) {
      if (plan.uploads.has(name)) continue;
      plan.uploads.set(name, { ...asset, alternativeText });
      plan.names[name] = asset.name;
    }
  }

  plan.problems.push(...(await findHeldPaths(targets, database)));

  const topics = new Map(targets.flatMap((target) => (target.record.type === 'topic' ? [[target.documentId, target] as const] : [])));
  for (const documentId of findCircles(new Map([...topics].map(([id, { state }]) => [id, state])))) {
    const { record, state } = topics.get(documentId)!;
    state.links.parent = [];
    plan.problems.push(reportAt(record, 'topic/circle', ['parent'], 'The parents of this topic lead back to it; it is left without one.'));
  }

  for (const type of CONTENT_TYPES) {
    const counts = plan.byType[type];
    const operations: Operation[] = [];
    const toCompare: { target: Target; next: LedgerEntry }[] = [];

    for (const target of targets.filter(({ record }) => record.type === type)) {
      const { record, documentId, entry, isAdopted, state } = target;
      const next = ledgerOf(target, options);
      const planned = { type, documentId, label: labelOf(record.values), ledger: next, source: record.file?.text };
      const isInStep = entry !== undefined && sameJson(entry.base, next.base);

      // What has a file of its own is what that file says, whoever else names it.
      if (entry?.hasFile && !record.file) counts.unchanged += 1;
      else if (isInStep || (isAdopted && !record.file)) {
        counts.unchanged += 1;
        if (!sameJson(entry, next)) operations.push({ action: 'touch', ...planned, conflicts: [] });
      } else if (isGone(type, documentId)) {
        counts.unchanged += 1;
        plan.problems.push(reportAt(record, 'record/deleted', [], `"${planned.label}" was deleted in Strapi and is not brought back.`));
      } else if (!isAdopted && !database.exists(type, documentId)) {
        counts.created += 1;
        operations.push({ action: 'create', ...planned, state, isPublished: next.base.isPublished, timestamps: record.timestamps });
      } else toCompare.push({ target, next });
    }

    const current = await database.read(
      type,
      toCompare.map(({ target }) => target.documentId),
    );
    for (const { target, next } of toCompare) {
      const { operation, isOpen, problems } = compare(target, next, target.state, current.get(target.documentId)!, options.onConflict);
      if (operation) operations.push(operation);
      plan.problems.push(...problems);
      if (isOpen) counts.conflicts += 1;
      if (operation?.action === 'update') counts.updated += 1;
      else if (!isOpen) counts.unchanged += 1;
    }
    plan.operations.push(...parentsFirst(operations));
  }

  const wantedDocuments = new Set(targets.map(({ record, documentId }) => `${record.type} ${documentId}`));
  const gone = planMissing(database, wanted, ({ type, documentId }) => wantedDocuments.has(`${type} ${documentId}`), options);
  plan.operations.push(...gone.removes);
  plan.problems.push(...gone.problems);
  plan.missing = gone.gone;
  gone.removes.forEach(({ type }) => (plan.byType[type].removed += 1));

  for (const counts of Object.values(plan.byType)) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) plan.counts[key] += counts[key];
  }
  // A file that could not be read or accepted has no type.
  plan.counts.refused += wanted.refused;
  return plan;
};
