import nodePath from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

import { CONTENT_TYPES } from '../../content-types';
import type { Wanted } from '../mappings/register';
import type { Assets } from '../source/assets';
import { inChunks } from '../spool/in-chunks';
import { KeyTable } from '../spool/key-table';
import { labelOf, onConflictOf, saysTheSame } from './compare';
import { addTally, noTallies, noTally } from './counts';
import type { Database } from './database';
import { findHeldPaths } from './held-paths';
import { mappingName, type LedgerEntry } from './ledger';
import { planMissing, type MissingOptions } from './missing';
import { Operations } from './operations';
import { findCircles, parentsFirst } from './parents';
import type { Plan } from './plan';
import { ledgerOf, Planner, type CompareOptions, type Target } from './planner';
import { withRenamedFiles } from './renamed-files';
import { isWaiting, reportAt, Resolver, type Resolved, type Waiting } from './resolver';
import type { Seen } from './seen';
import { asWaitingStory, settleNamed, settleStories, type WaitingStory } from './settle-waiting';

/** Stories that are compared with the database at once: few enough for the next one to find the memory of the last one free. */
const CHUNK = 200;

export interface PlanOptions extends MissingOptions, CompareOptions {}

/** What stories name, and nobody names stories. */
const NAMED = CONTENT_TYPES.filter((type) => type !== 'curated-content');

const emptyPlan = (operations: Operations, { paths, problems, leftOut }: Wanted & Seen): Plan => ({
  operations,
  uploads: new Map(),
  counts: { files: paths.size, ...noTally() },
  byType: noTallies(),
  problems: [...problems],
  leftOut,
  publishedDrafts: 0,
  assetProblems: 0,
  names: {},
  conflicts: [],
  missing: [],
});

/** What topics and offerings come to, and which of them take unique keys over from others. */
const resolveNamed = async ({ resolver, database, options }: Planner, { records }: Wanted) => {
  const named: Resolved[] = [];
  /** By documentId. */
  const taking = new Set<string>();
  for (const type of NAMED) {
    const waiting: Waiting[] = [];
    for (const record of records.ofType(type)) {
      const resolved = resolver.add(record);
      if (resolved && isWaiting(resolved)) waiting.push(resolved);
      else if (resolved) named.push(resolved);
    }
    for (const resolved of await settleNamed(type, waiting, [...named, ...waiting], resolver, database, options.onConflict)) {
      named.push(resolved);
      taking.add(resolved.documentId);
    }
  }
  return { named, taking };
};

/** Takes the parents away that would lead in a circle. */
const openCircles = async (planner: Planner, targets: readonly Target[]): Promise<void> => {
  const { database, options } = planner;
  const topics = new Map(targets.flatMap((target) => (target.record.type === 'topic' ? [[target.documentId, target] as const] : [])));
  for (const documentId of await findCircles(topics, database, (id) => onConflictOf(options.onConflict, 'topic', id))) {
    const { record, state } = topics.get(documentId)!;
    state.links.parent = [];
    const place = record.placeOf?.('parent') ?? [];
    planner.report([reportAt(record, 'topic/circle', place, 'The parents of this topic lead back to it; it is left without one.')]);
  }
};

/** Topics and offerings, whole: every story may name them. */
const planNamed = async (planner: Planner, wanted: Wanted): Promise<void> => {
  const { plan } = planner;
  const { named, taking } = await resolveNamed(planner, wanted);
  planner.expect(named);
  const targets: Target[] = [];
  for (const resolved of named) {
    targets.push(await planner.aim(resolved));
    plan.names[resolved.documentId] = labelOf(resolved.record.values);
  }
  await openCircles(planner, targets);

  for (const type of NAMED) {
    const { direct, compared } = await planner.compare(
      type,
      targets.filter(({ record }) => record.type === type),
    );
    const [add, addTaking] = [plan.operations.part(), plan.operations.part('together')];
    for (const operation of parentsFirst([...direct, ...compared].map(([operation]) => operation))) {
      (taking.has(operation.documentId) ? addTaking : add)(operation);
    }
  }
};

/** Stories, a few at a time. @returns those that wait for a key which another one may leave */
const planStories = async (planner: Planner, { records: wanted }: Wanted): Promise<WaitingStory[]> => {
  const { plan, resolver, database } = planner;
  const [addDirect, addCompared] = [plan.operations.part(), plan.operations.part()];
  const waiting: WaitingStory[] = [];
  let index = 0;
  for (const records of inChunks(wanted.ofType('curated-content'), CHUNK)) {
    await breathe();
    const ledger = await database.ledgerOf(records);
    const stories: Target[] = [];
    for (const record of records) {
      const resolved = resolver.add(record, ledger, index);
      if (resolved && isWaiting(resolved)) waiting.push(asWaitingStory(resolved, index));
      else if (resolved) stories.push(await planner.aim(resolved, { index, record }));
      index += 1;
    }
    planner.report(await findHeldPaths(stories, database));
    const { direct, compared } = await planner.compare('curated-content', stories, ledger);
    direct.forEach((each) => addDirect(...each));
    compared.forEach((each) => addCompared(...each));
  }
  return waiting;
};

/** Stories that waited, now that it is known who gives up what. They are written together, or not at all. */
const planWaiting = async (
  planner: Planner,
  waiting: readonly WaitingStory[],
  { records }: Wanted,
  isDeleted: (documentId: string) => boolean,
): Promise<void> => {
  const { plan, resolver, database, options } = planner;
  const add = plan.operations.part('together');
  for await (const { stories, claims, ledger } of settleStories(waiting, records, resolver, database, isDeleted, options.onConflict)) {
    const settled: Target[] = [];
    for (const { index, resolved } of stories) settled.push(await planner.aim(resolved, { index, record: resolved.record }));
    const claimed = await database.read(
      'curated-content',
      claims.map(({ resolved }) => resolved.documentId),
    );
    for (const { index, resolved, refuse } of claims) {
      const target = await planner.aim(resolved, { index, record: resolved.record });
      if (saysTheSame(target, ledgerOf(target, options), target.state, claimed.get(target.documentId)!)) settled.push(target);
      else refuse();
    }
    planner.report(await findHeldPaths(settled, database));
    const { direct, compared } = await planner.compare('curated-content', settled, ledger);
    [...direct, ...compared].forEach((each) => add(...each));
  }
};

const fillPlan = async (planner: Planner, wanted: Wanted & Seen, options: PlanOptions): Promise<Plan> => {
  const { plan, resolver, database } = planner;
  await planNamed(planner, wanted);

  // A slug that a story leaves behind is free for the next one.
  const addStoryRemove = plan.operations.part();
  const waiting = await planStories(planner, wanted);

  // With the stories written that named them, few do any more.
  const addRemove = plan.operations.part('last');
  const deleted = new KeyTable();
  const gone = await planMissing(
    database,
    wanted,
    ({ type, documentId }) => resolver.isWanted(type, documentId),
    (path) => resolver.describes(path),
    options,
    (operation) => {
      (operation.type === 'curated-content' ? addStoryRemove : addRemove)(operation);
      if (operation.mode === 'delete') deleted.set(`${operation.type} ${operation.documentId}`, 0);
      plan.byType[operation.type].removed += 1;
    },
  );
  await planWaiting(planner, waiting, wanted, (documentId) => deleted.has(`curated-content ${documentId}`));

  for (const problem of [...gone.problems, ...resolver.problems]) plan.problems.push(problem);
  plan.missing = gone.gone;
  for (const type of CONTENT_TYPES) plan.byType[type].refused += resolver.refused[type];
  plan.byType.topic.unchanged += resolver.merged;
  for (const type of CONTENT_TYPES) addTally(plan.counts, plan.byType[type]);
  // A file that could not be read or accepted has no type.
  plan.counts.refused += wanted.refused;
  return plan;
};

/**
 * Third station: compares what the files want with what the last import knew and with what Strapi holds. Topics and offerings first, and
 * whole, for stories name them; stories then go through in chunks, and their operations out into a temporary file.
 *
 * @param wanted from `readArchive`, and what the folder was seen to hold; it belongs to the plan from here on
 * @returns all that has to be written; nothing is written here. To be closed
 */
export const makePlan = async (wanted: Wanted & Seen, database: Database, assets: Assets, options: PlanOptions): Promise<Plan> => {
  const folders = await database.folders();
  const known = withRenamedFiles(database, wanted, options);
  const operations = new Operations(wanted.records);
  const foreignFolder = ({ mapping }: LedgerEntry, run: number | undefined): string | undefined => {
    const from = run === undefined ? undefined : folders.get(run);
    // A mapping may be renamed, and an archive may be somewhere else each time.
    const isOwn = mappingName(mapping) === mappingName(options.mapping) || from === nodePath.resolve(options.folder);
    return isOwn ? undefined : from;
  };
  const resolver = new Resolver(database, options.resurrect, wanted.isGiven, foreignFolder, wanted, wanted.isDescribed);
  try {
    const planner = new Planner(emptyPlan(operations, wanted), resolver, known, assets, options);
    return await fillPlan(planner, wanted, options);
  } catch (error) {
    operations.close();
    throw error;
  } finally {
    resolver.close();
  }
};
