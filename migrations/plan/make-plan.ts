import nodePath from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';

import { CONTENT_TYPES, SCHEMAS, targetOf, type ContentType } from '../../content-types';
import type { Wanted } from '../mappings/register';
import type { WantedRecord } from '../mappings/wanted-record';
import type { Assets } from '../source/assets';
import { sameJson } from '../source/json';
import { detached, type Problem } from '../source/problem';
import { inChunks } from '../spool/in-chunks';
import { KeyTable } from '../spool/key-table';
import { compare, formerPathOf, labelOf, onConflictOf, saysTheSame, type MergeOptions } from './compare';
import type { CurrentRecord, Database } from './database';
import { findHeldPaths } from './held-paths';
import { mappingName, type Ledger, type LedgerEntry } from './ledger';
import { planMissing, type MissingOptions } from './missing';
import { Operations, type PlannedStory } from './operations';
import { findCircles, parentsFirst } from './parents';
import { addNames } from './names';
import type { Operation } from './operation';
import { noTallies, noTally } from './counts';
import type { Plan } from './plan';
import { withRenamedFiles } from './renamed-files';
import { isWaiting, reportAt, Resolver, type Resolved, type Waiting } from './resolver';
import { asWaitingStory, settleNamed, settleStories, type WaitingStory } from './settle-waiting';
import type { Seen } from './seen';
import { targetState, type TargetState } from './target-state';

/** Stories that are compared with the database at once: few enough for the next one to find the memory of the last one free. */
const CHUNK = 200;

export interface PlanOptions extends MissingOptions, MergeOptions {
  publish: 'as-source' | 'all' | 'none';
  /** Bring back what an editor deleted. */
  resurrect: boolean;
}

type Target = Resolved & TargetState & { story?: PlannedStory };

/** What stories name, and nobody names stories. */
const NAMED = CONTENT_TYPES.filter((type) => type !== 'curated-content');

const isPublished = ({ type, isDraft }: WantedRecord, publish: PlanOptions['publish']): boolean =>
  !SCHEMAS[type].options.draftAndPublish || publish === 'all' || (publish === 'as-source' && !isDraft);

/**
 * What a record is known by from now on. A story by the surest that its file gives: one that got its id later is found by that when the file
 * is renamed. Topics and offerings are found by all that they were ever called.
 */
const identityOf = ({ type, identities }: WantedRecord, entry: LedgerEntry | undefined): string =>
  type === 'curated-content' ? identities[0]! : (entry?.identity ?? identities[0]!);

/** The row of the id map that a record will have. */
const ledgerOf = (target: Target, { mapping, publish }: PlanOptions): LedgerEntry => {
  const { record, documentId, entry, isToldOnly, state, assets, problems } = target;
  if (entry && isToldOnly) return { ...entry, base: { ...entry.base, ...state } };
  return {
    type: record.type,
    documentId,
    identity: identityOf(record, entry),
    path: record.file ? record.path : (entry?.path ?? record.path),
    hasFile: record.file !== undefined,
    mapping,
    // What a reference did not find today may be there tomorrow: the file is looked at again.
    hash: problems.some(({ rule }) => rule === 'reference/unresolved') ? '' : (record.file?.hash ?? ''),
    base: { ...state, isPublished: isPublished(record, publish), assets },
  };
};

/** What the last import knew, without links to what was deleted since and comes back, at once or later: they are to be written again. */
const withoutLinksTo = (returning: ReadonlySet<string>, entry: LedgerEntry | undefined): LedgerEntry | undefined => {
  const all = Object.entries(entry?.base.links ?? {});
  if (!entry || !all.some(([, links]) => links.some((link) => returning.has(link)))) return entry;
  const links = Object.fromEntries(all.map(([attribute, each]) => [attribute, each.filter((link) => !returning.has(link))]));
  return { ...entry, base: { ...entry.base, links } };
};

/**
 * A picture that no import brought is not known by its bytes: an editor chose it and an export wrote it beside its file, or it came with its entry
 * from another environment. By its name it is the one that the file names, and no second copy.
 */
const adoptPictures = ({ entry, state }: Target, { draft }: CurrentRecord, names: Readonly<Record<string, string>>): void => {
  for (const [attribute, name] of Object.entries(state.media)) {
    const shown = draft.media[attribute];
    const isImported = entry !== undefined && shown === entry.base.media[attribute];
    if (shown && !isImported && name?.startsWith('sha256:') && names[shown] === names[name]) state.media[attribute] = shown;
  }
};

/** The operations for some records: those that are told by the id map alone, and those that took a look at the rows. */
interface Compared {
  direct: [Operation, PlannedStory?][];
  compared: [Operation, PlannedStory?][];
}

const fillPlan = async (
  operations: Operations,
  resolver: Resolver,
  wanted: Wanted & Seen,
  database: Database,
  assets: Assets,
  options: PlanOptions,
): Promise<Plan> => {
  const plan: Plan = {
    operations,
    uploads: new Map(),
    counts: { files: wanted.paths.size, ...noTally() },
    byType: noTallies(),
    problems: [...wanted.problems],
    publishedDrafts: 0,
    assetProblems: 0,
    names: {},
    conflicts: [],
    missing: [],
  };
  const report = (problems: readonly Problem[]) => detached(problems).forEach((problem) => plan.problems.push(problem));

  const wasDeleted = (type: ContentType, documentId: string, ledger: Ledger): boolean =>
    ledger.ofDocument(type, documentId) !== undefined && !database.exists(type, documentId);
  /** The documentIds of topics and offerings that are made, or made again: no link to them is there that an editor could have removed. */
  const returning = new Set<string>();
  const isNowhere = (type: ContentType, documentId: string): boolean =>
    wasDeleted(type, documentId, database.ledger) && !returning.has(documentId);

  const aim = async (each: Resolved, story?: PlannedStory): Promise<Target> => {
    const resolved = { ...each, entry: withoutLinksTo(returning, each.entry) };
    const target = await targetState(resolved, resolver, database, assets, isNowhere);
    const { record, entry, isToldOnly } = each;
    if (entry && isToldOnly && returning.has(each.documentId)) {
      const { links, media } = entry.base;
      for (const [attribute, documentIds] of Object.entries(links)) {
        const type = targetOf(record.type, attribute);
        target.state.links[attribute] = documentIds.filter((documentId) => database.exists(type, documentId) || returning.has(documentId));
      }
      target.state.media = { ...media };
    }
    report(target.problems);
    plan.assetProblems += target.problems.filter(({ rule }) => rule.startsWith('image/')).length;
    for (const { name, asset, alternativeText } of target.uploads) {
      const known = plan.uploads.get(name);
      if (known) {
        known.alternativeText ??= alternativeText;
        continue;
      }
      plan.uploads.set(name, { ...asset, alternativeText });
      plan.names[name] = asset.name;
    }
    return { ...resolved, ...target, story };
  };

  const planTargets = async (type: ContentType, targets: readonly Target[], ledger = database.ledger): Promise<Compared> => {
    const counts = plan.byType[type];
    const found: Compared = { direct: [], compared: [] };
    const toCompare: { target: Target; next: LedgerEntry }[] = [];

    for (const target of targets) {
      const { record, documentId, entry, isAdopted, state, story } = target;
      const next = ledgerOf(target, options);
      const source = record.file?.text;
      const planned = { type, documentId, label: labelOf(record.values), ledger: next, source, ...formerPathOf(entry, next) };
      const isToReturn = options.resurrect && !database.exists(type, documentId);
      const isInStep = entry !== undefined && !isToReturn && sameJson(entry.base, next.base);

      // What has a file of its own is what that file says, whoever else names it.
      if (target.isToldOnly && !isToReturn) counts.unchanged += 1;
      else if (isInStep || (isAdopted && !record.file)) {
        counts.unchanged += 1;
        if (!sameJson(entry, next)) found.direct.push([{ action: 'touch', ...planned, conflicts: [] }, story]);
      } else if (!options.resurrect && wasDeleted(type, documentId, ledger)) {
        counts.unchanged += 1;
        report([reportAt(record, 'record/deleted', [], `"${planned.label}" was deleted in Strapi and is not brought back.`)]);
      } else if (!isAdopted && !database.exists(type, documentId)) {
        counts.created += 1;
        const { isPublished } = next.base;
        if (record.isDraft && isPublished) plan.publishedDrafts += 1;
        const returning = entry ? { isReturning: true } : {};
        found.direct.push([{ action: 'create', ...planned, state, isPublished, ...returning, timestamps: record.timestamps }, story]);
      } else toCompare.push({ target, next });
    }

    const current = await database.read(
      type,
      toCompare.map(({ target }) => target.documentId),
    );
    const shown = toCompare.flatMap(({ target: { documentId, entry, state } }) => {
      const { draft, published } = current.get(documentId)!;
      return [draft, ...(published ? [published] : []), ...(entry ? [entry.base] : []), state];
    });
    const made = found.direct.flatMap(([operation]) => (operation.action === 'create' ? operation.state : []));
    await addNames(plan.names, type, [...made, ...shown], database);
    const altTexts = await database.altTextsOf(toCompare.flatMap(({ target }) => target.altTexts.map(({ documentId }) => documentId)));
    for (const { target, next } of toCompare) {
      const { record, documentId, state } = target;
      const there = { ...current.get(documentId)!, altTexts };
      adoptPictures(target, there, plan.names);
      const { operation, isOpen, problems } = compare(target, next, state, there, options, plan.names);
      if (operation) found.compared.push([operation, target.story]);
      report(problems);
      if (isOpen) {
        counts.conflicts += 1;
        plan.conflicts.push({ type, documentId, path: next.path, label: labelOf(record.values) });
      }
      if (record.isDraft && operation?.action === 'update' && operation.publication === 'publish') plan.publishedDrafts += 1;
      if (operation?.action === 'update') counts.updated += 1;
      else if (!isOpen) counts.unchanged += 1;
    }
    return found;
  };

  const named: Resolved[] = [];
  /** The documentIds of those that take unique keys over from others. */
  const taking = new Set<string>();
  for (const type of NAMED) {
    const waiting: Waiting[] = [];
    for (const record of wanted.records.ofType(type)) {
      const resolved = resolver.add(record);
      if (resolved && isWaiting(resolved)) waiting.push(resolved);
      else if (resolved) named.push(resolved);
    }
    for (const resolved of await settleNamed(type, waiting, [...named, ...waiting], resolver, database, options.onConflict)) {
      named.push(resolved);
      taking.add(resolved.documentId);
    }
  }
  for (const { record, documentId } of named) {
    const isDeleted = wasDeleted(record.type, documentId, database.ledger);
    if (!database.exists(record.type, documentId) && (options.resurrect || !isDeleted)) returning.add(documentId);
  }
  const targets: Target[] = [];
  for (const resolved of named) {
    targets.push(await aim(resolved));
    plan.names[resolved.documentId] = labelOf(resolved.record.values);
  }

  const topics = new Map(targets.flatMap((target) => (target.record.type === 'topic' ? [[target.documentId, target] as const] : [])));
  for (const documentId of await findCircles(topics, database, (id) => onConflictOf(options.onConflict, 'topic', id))) {
    const { record, state } = topics.get(documentId)!;
    state.links.parent = [];
    report([reportAt(record, 'topic/circle', ['parent'], 'The parents of this topic lead back to it; it is left without one.')]);
  }

  for (const type of NAMED) {
    const { direct, compared } = await planTargets(
      type,
      targets.filter(({ record }) => record.type === type),
    );
    const [add, addTaking] = [plan.operations.part(), plan.operations.part('together')];
    for (const operation of parentsFirst([...direct, ...compared].map(([operation]) => operation))) {
      (taking.has(operation.documentId) ? addTaking : add)(operation);
    }
  }

  // A slug that a story leaves behind is free for the next one.
  const [addStoryRemove, addDirect, addCompared] = [plan.operations.part(), plan.operations.part(), plan.operations.part()];
  const waiting: WaitingStory[] = [];
  let index = 0;
  for (const records of inChunks(wanted.records.ofType('curated-content'), CHUNK)) {
    await breathe();
    const ledger = await database.ledgerOf(records);
    const stories: Target[] = [];
    for (const record of records) {
      const resolved = resolver.add(record, ledger, index);
      if (resolved && isWaiting(resolved)) waiting.push(asWaitingStory(resolved, index));
      else if (resolved) stories.push(await aim(resolved, { index, record }));
      index += 1;
    }
    report(await findHeldPaths(stories, database));
    const { direct, compared } = await planTargets('curated-content', stories, ledger);
    direct.forEach((each) => addDirect(...each));
    compared.forEach((each) => addCompared(...each));
  }

  const isWanted = ({ type, documentId }: { type: ContentType; documentId: string }) => resolver.isWanted(type, documentId);
  // With the stories written that named them, few do any more.
  const addRemove = plan.operations.part('last');
  const deleted = new KeyTable();
  const gone = await planMissing(
    database,
    wanted,
    isWanted,
    (path) => resolver.describes(path),
    options,
    (operation) => {
      (operation.type === 'curated-content' ? addStoryRemove : addRemove)(operation);
      if (operation.mode === 'delete') deleted.set(`${operation.type} ${operation.documentId}`, 0);
      plan.byType[operation.type].removed += 1;
    },
  );

  const addTaking = plan.operations.part('together');
  const isDeleted = (documentId: string) => deleted.has(`curated-content ${documentId}`);
  for await (const { stories, claims, ledger } of settleStories(
    waiting,
    wanted.records,
    resolver,
    database,
    isDeleted,
    options.onConflict,
  )) {
    const settled: Target[] = [];
    for (const { index, resolved } of stories) settled.push(await aim(resolved, { index, record: resolved.record }));
    const claimed = await database.read(
      'curated-content',
      claims.map(({ resolved }) => resolved.documentId),
    );
    for (const { index, resolved, refuse } of claims) {
      const target = await aim(resolved, { index, record: resolved.record });
      if (saysTheSame(target, ledgerOf(target, options), target.state, claimed.get(target.documentId)!)) settled.push(target);
      else refuse();
    }
    report(await findHeldPaths(settled, database));
    const { direct, compared } = await planTargets('curated-content', settled, ledger);
    [...direct, ...compared].forEach((each) => addTaking(...each));
  }
  for (const problem of [...gone.problems, ...resolver.problems]) plan.problems.push(problem);
  plan.missing = gone.gone;

  for (const type of CONTENT_TYPES) plan.byType[type].refused += resolver.refused[type];
  plan.byType.topic.unchanged += resolver.merged;
  for (const counts of Object.values(plan.byType)) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) plan.counts[key] += counts[key];
  }
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
  const resolver = new Resolver(database, options.resurrect, wanted.isGiven, foreignFolder, wanted.isInScope);
  try {
    return await fillPlan(operations, resolver, wanted, known, assets, options);
  } catch (error) {
    operations.close();
    throw error;
  } finally {
    resolver.close();
  }
};
