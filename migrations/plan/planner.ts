import { SCHEMAS, targetOf, type ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import { topicIdentities } from '../mappings/identity';
import type { WantedRecord } from '../mappings/wanted-record';
import type { Assets } from '../source/assets';
import { sameJson } from '../source/json';
import { detached, type Problem } from '../source/problem';
import { compare, formerPathOf, labelOf, type MergeOptions } from './compare';
import type { CurrentRecord, Database } from './database';
import type { Base, Ledger, LedgerEntry } from './ledger';
import { addNames } from './names';
import type { Operation } from './operation';
import type { PlannedStory } from './operations';
import type { Plan } from './plan';
import { reportAt, type Resolved, type Resolver } from './resolver';
import { targetState, type TargetState } from './target-state';

/** How records are compared. */
export interface CompareOptions extends MergeOptions {
  /** The mapping and the options that shape records. */
  mapping: string;
  publish: 'as-source' | 'all' | 'none';
  /** Bring back what an editor deleted. */
  resurrect: boolean;
}

/** A record with what it is to be. */
export type Target = Resolved & TargetState & { story?: PlannedStory };

const isPublished = ({ type, isDraft }: WantedRecord, publish: CompareOptions['publish']): boolean =>
  !SCHEMAS[type].options.draftAndPublish || publish === 'all' || (publish === 'as-source' && !isDraft);

/** True for a topic whose own file calls it something else than at the last import. */
const isRenamed = ({ type, values, file }: WantedRecord, entry: LedgerEntry): boolean => {
  const { name } = entry.base.values;
  return (
    type === 'topic' &&
    file !== undefined &&
    entry.hasFile &&
    !isBlank(name) &&
    !sameJson(topicIdentities(name), topicIdentities(values.name))
  );
};

/**
 * What a record is known by from now on. A story by the surest that its file gives: one that got its id later is found by that when the file
 * is renamed. Topics and offerings by what they were called first, but for a topic that its file calls something else: its old name is free.
 */
const identityOf = (record: WantedRecord, entry: LedgerEntry | undefined): string =>
  !entry || record.type === 'curated-content' || isRenamed(record, entry) ? record.identities[0]! : entry.identity;

/** What other files may call a topic by that its own file has renamed. Its new name is among it: where an editor's stays, nothing else says it. */
const alsoCalledOf = (record: WantedRecord, entry: LedgerEntry | undefined): Pick<Base, 'alsoCalled'> => {
  const known = entry?.base.alsoCalled ?? [];
  const more = entry && isRenamed(record, entry) ? [entry.identity, ...topicIdentities(entry.base.values.name), ...record.identities] : [];
  const alsoCalled = [...new Set([...known, ...more])];
  return alsoCalled.length > 0 ? { alsoCalled } : {};
};

/** The row of the id map that a record will have. */
export const ledgerOf = (target: Target, { mapping, publish }: CompareOptions): LedgerEntry => {
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
    base: { ...state, isPublished: isPublished(record, publish), assets, ...alsoCalledOf(record, entry) },
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
export interface Compared {
  direct: [Operation, PlannedStory?][];
  compared: [Operation, PlannedStory?][];
}

/** Compares records with the database, a few at a time, and notes in a plan what comes of it; the operations are the caller's to put in order. */
export class Planner {
  /** The documentIds of topics and offerings that are made, or made again: no link to them is there that an editor could have removed. */
  private readonly returning = new Set<string>();

  constructor(
    readonly plan: Plan,
    readonly resolver: Resolver,
    readonly database: Database,
    private readonly assets: Assets,
    readonly options: CompareOptions,
  ) {}

  report(problems: readonly Problem[]): void {
    detached(problems).forEach((problem) => this.plan.problems.push(problem));
  }

  /** Notes which topics and offerings will be there that are not there now. To be called before anything that names them is aimed. */
  expect(named: readonly Resolved[]): void {
    for (const { record, documentId } of named) {
      const isDeleted = this.wasDeleted(record.type, documentId, this.database.ledger);
      if (!this.database.exists(record.type, documentId) && (this.options.resurrect || !isDeleted)) this.returning.add(documentId);
    }
  }

  /** What a record is to be, with its pictures among those to upload. */
  async aim(each: Resolved, story?: PlannedStory): Promise<Target> {
    const { plan, returning, resolver, database } = this;
    const resolved = { ...each, entry: withoutLinksTo(returning, each.entry) };
    const target = await targetState(resolved, resolver, database, this.assets, (type, documentId) => this.isNowhere(type, documentId));
    const { record, entry, isToldOnly } = each;
    if (entry && isToldOnly && returning.has(each.documentId)) {
      const { links, media } = entry.base;
      for (const [attribute, documentIds] of Object.entries(links)) {
        const type = targetOf(record.type, attribute);
        target.state.links[attribute] = documentIds.filter((documentId) => database.exists(type, documentId) || returning.has(documentId));
      }
      target.state.media = { ...media };
    }
    this.report(target.problems);
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
  }

  /** The operations that make records what they are to be. */
  async compare(type: ContentType, targets: readonly Target[], ledger = this.database.ledger): Promise<Compared> {
    const { plan, database, options } = this;
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
      } else if (!options.resurrect && this.wasDeleted(type, documentId, ledger)) {
        counts.unchanged += 1;
        this.report([reportAt(record, 'record/deleted', [], `"${planned.label}" was deleted in Strapi and is not brought back.`)]);
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
      this.report(problems);
      if (isOpen) {
        counts.conflicts += 1;
        plan.conflicts.push({ type, documentId, path: next.path, label: labelOf(record.values) });
      }
      if (record.isDraft && operation?.action === 'update' && operation.publication === 'publish') plan.publishedDrafts += 1;
      if (operation?.action === 'update') counts.updated += 1;
      else if (!isOpen) counts.unchanged += 1;
    }
    return found;
  }

  private wasDeleted(type: ContentType, documentId: string, ledger: Ledger): boolean {
    return ledger.ofDocument(type, documentId) !== undefined && !this.database.exists(type, documentId);
  }

  private isNowhere(type: ContentType, documentId: string): boolean {
    return this.wasDeleted(type, documentId, this.database.ledger) && !this.returning.has(documentId);
  }
}
