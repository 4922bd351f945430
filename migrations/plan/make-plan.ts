import { CONTENT_TYPES, SCHEMAS, type ContentType } from '../../content-types';
import { documentIdOf } from '../../content-types/rules/document-id';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import type { MediaReference, Reference } from '../mappings/mapping';
import { unresolved, type Wanted, type WantedRecord } from '../mappings/to-records';
import type { Assets } from '../source/assets';
import { sameJson, type JsonObject } from '../source/json';
import { problemAt } from '../source/parsed-file';
import { problem, type Problem, type RuleName } from '../source/problem';
import type { Database } from './database';
import type { Base, LedgerEntry } from './ledger';
import { merge } from './merge';
import type { Counts, Operation, Plan } from './plan';
import { emptyState, type State } from './state';

export interface PlanOptions {
  publish: 'as-source' | 'all' | 'none';
  onConflict: 'keep' | 'file';
  /** Bring back what an editor deleted. */
  resurrect: boolean;
  /** Name of the mapping and of what else shapes records; see LedgerEntry. */
  mapping: string;
}

/** A wanted record that has found its place in the database. */
interface Resolved {
  record: WantedRecord;
  documentId: string;
  entry: LedgerEntry | undefined;
  /** True where an entry that no import made is what the files mean. */
  isAdopted: boolean;
}

const SUFFIXES = 10_000;

const labelOf = ({ title, name }: JsonObject): string => String(title ?? name ?? '');

const isPublished = (record: WantedRecord, publish: PlanOptions['publish']): boolean =>
  !SCHEMAS[record.type].options.draftAndPublish || publish === 'all' || (publish === 'as-source' && !record.isDraft);

const emptyCounts = (): Omit<Counts, 'files'> => ({ created: 0, updated: 0, unchanged: 0, conflicts: 0, refused: 0, removed: 0 });

/** Finds for each record the entry that it is, and a slug that is free; refuses what would overwrite somebody else's entry. */
class Resolver {
  readonly resolved: Resolved[] = [];
  readonly problems: Problem[] = [];
  readonly refused: WantedRecord[] = [];
  private readonly documents = new Map<string, string>();
  private readonly claimed = new Map<string, string>();

  constructor(private readonly database: Database) {}

  add(record: WantedRecord): void {
    const { type, identities } = record;
    const { ledger } = this.database;
    const entry = ledger.find(type, identities);
    const adopted = entry ? undefined : this.adopt(record);
    const documentId = entry?.documentId ?? adopted ?? documentIdOf(type, identities[0]!);

    // A slug that no file gives is chosen once: it does not follow when a title changes.
    if (record.isSlugDerived && entry?.base.values.slug) record.values.slug = entry.base.values.slug;
    else if (!adopted && !this.claimKeys(record, documentId)) return;
    for (const identity of identities) this.documents.set(`${type} ${identity}`, documentId);
    this.resolved.push({ record, documentId, entry, isAdopted: adopted !== undefined });
  }

  /** The documentId of what a file refers to. */
  find({ type, identities }: Reference): string | undefined {
    for (const identity of identities) {
      const found = this.documents.get(`${type} ${identity}`);
      if (found) return found;
    }
    return this.database.ledger.find(type, identities)?.documentId;
  }

  /** An editor's own topic or offering that is what the files mean, or an entry whose id map was lost. */
  private adopt({ type, values, identities }: WantedRecord): string | undefined {
    if (type !== 'curated-content') {
      const keys = uniqueKeys(type, values, 'published');
      for (const { column } of uniqueColumns(type)) {
        const holder = column === 'slugKey' || !keys[column] ? undefined : this.database.holderOf(type, column, keys[column]);
        if (holder) return holder;
      }
    }
    const derived = documentIdOf(type, identities[0]!);
    return this.database.exists(type, derived) ? derived : undefined;
  }

  private holderOf(type: ContentType, column: string, key: string, documentId: string): string | undefined {
    const holder = this.claimed.get(`${type} ${column} ${key}`) ?? this.database.holderOf(type, column, key);
    return holder === documentId ? undefined : holder;
  }

  private claimKeys(record: WantedRecord, documentId: string): boolean {
    const { type, values } = record;
    const keysNow = () => (['draft', 'published'] as const).flatMap((state) => Object.entries(uniqueKeys(type, values, state)));
    const isTaken = ([column, key]: [string, string | null]) => key !== null && this.holderOf(type, column, key, documentId);

    const { slug } = values;
    for (let suffix = 2; record.isSlugDerived && suffix < SUFFIXES && keysNow().some((key) => key[0] === 'slugKey' && isTaken(key)); suffix += 1) {
      values.slug = `${String(slug)}-${suffix}`;
    }
    for (const key of keysNow()) {
      const holder = isTaken(key);
      if (!holder) continue;
      const attribute = uniqueColumns(type).find(({ column }) => column === key[0])!.of[0]!;
      const message = `An entry in Strapi (${holder}) already has the ${attribute} "${String(values[attribute])}"; it is not overwritten.`;
      this.problems.push(reportAt(record, 'content/slug-duplicate', [attribute], message));
      this.refused.push(record);
      return false;
    }
    for (const [column, key] of keysNow()) if (key) this.claimed.set(`${type} ${column} ${key}`, documentId);
    return true;
  }
}

const reportAt = (record: WantedRecord, rule: RuleName, place: MediaReference['place'], message: string): Problem =>
  record.file ? problemAt(record.file, rule, place, message) : problem(rule, record.path, message);

/** Topics whose parents lead back to themselves: the link that closes the circle. */
const findCircles = (states: ReadonlyMap<string, State>): Set<string> => {
  const circles = new Set<string>();
  for (const start of states.keys()) {
    const seen = new Set([start]);
    let at = states.get(start)?.links.parent?.[0];
    while (at && !circles.has(at)) {
      if (seen.has(at)) {
        circles.add(start);
        break;
      }
      seen.add(at);
      at = states.get(at)?.links.parent?.[0];
    }
  }
  return circles;
};

/** Parents first: a link needs the row at its other end. */
const byDepth = (operations: Operation[]): Operation[] => {
  const parents = new Map(
    operations.flatMap((operation) =>
      operation.action === 'create' ? [[operation.documentId, operation.state.links.parent?.[0]] as const] : [],
    ),
  );
  const depth = (documentId: string | undefined): number => (documentId && parents.has(documentId) ? 1 + depth(parents.get(documentId)) : 0);
  return operations
    .map((operation) => ({ operation, level: operation.type === 'topic' ? depth(operation.documentId) : 0 }))
    .sort((a, b) => a.level - b.level)
    .map(({ operation }) => operation);
};

/**
 * Third station: compares what the files want with what the last import knew and with what Strapi holds.
 *
 * @param wanted from `toRecords`
 * @returns all that has to be written; nothing is written here
 */
export const makePlan = async (
  wanted: Wanted & { seen: number },
  database: Database,
  assets: Assets,
  { publish, onConflict, resurrect, mapping }: PlanOptions,
): Promise<Plan> => {
  const resolver = new Resolver(database);
  for (const type of CONTENT_TYPES) wanted.records.filter((record) => record.type === type).forEach((record) => resolver.add(record));

  const plan: Plan = {
    operations: [],
    uploads: new Map(),
    counts: { files: wanted.seen, ...emptyCounts() },
    byType: { topic: emptyCounts(), offering: emptyCounts(), 'curated-content': emptyCounts() },
    problems: [...wanted.problems, ...resolver.problems],
  };
  resolver.refused.forEach(({ type }) => (plan.byType[type].refused += 1));

  const isGone = (type: ContentType, documentId: string): boolean =>
    !resurrect && database.ledger.ofDocument(type, documentId) !== undefined && !database.exists(type, documentId);

  const stateOf = async ({ record }: Resolved): Promise<{ state: State; assets: Base['assets'] }> => {
    const state: State = { ...emptyState(), values: record.values };
    const named: Base['assets'] = {};
    for (const [attribute, references] of Object.entries(record.links)) {
      const found = references.flatMap((reference) => {
        const target = resolver.find(reference);
        if (!target) plan.problems.push(reportAt(record, 'reference/unresolved', reference.place, unresolved(reference)));
        return target ?? [];
      });
      state.links[attribute] = [...new Set(found)];
    }
    for (const [attribute, reference] of Object.entries(record.media)) {
      state.media[attribute] = null;
      if (!reference) continue;
      const asset = await assets.find(reference.href);
      named[attribute] = { href: reference.href, sha256: 'sha256' in asset ? asset.sha256 : null };
      if ('rule' in asset) {
        plan.problems.push(reportAt(record, asset.rule, reference.place, asset.message));
        continue;
      }
      const key = `sha256:${asset.sha256}`;
      state.media[attribute] = database.fileOf(asset.sha256) ?? key;
      if (state.media[attribute] === key && !plan.uploads.has(key)) {
        plan.uploads.set(key, { ...asset, alternativeText: reference.alternativeText });
      }
    }
    return { state, assets: named };
  };

  const states = new Map<string, State>();
  const named = new Map<string, Base['assets']>();
  for (const each of resolver.resolved) {
    const { state, assets: found } = await stateOf(each);
    const key = `${each.record.type} ${each.documentId}`;
    states.set(key, state);
    named.set(key, found);
  }

  const topics = new Map(
    resolver.resolved.flatMap(({ record, documentId }) =>
      record.type === 'topic' ? [[documentId, states.get(`topic ${documentId}`)!] as const] : [],
    ),
  );
  for (const documentId of findCircles(topics)) {
    const { record } = resolver.resolved.find((each) => each.record.type === 'topic' && each.documentId === documentId)!;
    topics.get(documentId)!.links.parent = [];
    plan.problems.push(reportAt(record, 'topic/circle', ['parent'], 'The parents of this topic lead back to it; it is left without one.'));
  }

  for (const type of CONTENT_TYPES) {
    const counts = plan.byType[type];
    const operations: Operation[] = [];
    const toCompare: { each: Resolved; next: LedgerEntry; state: State }[] = [];

    for (const each of resolver.resolved) {
      const { record, documentId, entry, isAdopted } = each;
      if (record.type !== type) continue;
      // What has a file of its own is what that file says, whoever else names it.
      if (entry?.hasFile && !record.file) {
        counts.unchanged += 1;
        continue;
      }
      const key = `${type} ${documentId}`;
      const state = states.get(key)!;
      for (const [attribute, targets] of Object.entries(state.links)) {
        const targetType = CONTENT_TYPES.find((candidate) => SCHEMAS[type].attributes[attribute]!.target === `plugin::curation.${candidate}`)!;
        state.links[attribute] = targets.filter((target) => !isGone(targetType, target));
      }
      const wantedBase: Base = { ...state, isPublished: isPublished(record, publish), assets: named.get(key)! };
      const next: LedgerEntry = {
        type,
        documentId,
        identity: entry?.identity ?? record.identities[0]!,
        path: record.file ? record.path : (entry?.path ?? record.path),
        hasFile: record.file !== undefined,
        mapping,
        hash: record.file?.hash ?? '',
        base: wantedBase,
      };
      const label = labelOf(record.values);
      const source = record.file?.text;

      if (entry && sameJson(entry.base, wantedBase)) {
        counts.unchanged += 1;
        if (!sameJson(entry, next)) operations.push({ action: 'touch', type, documentId, label, ledger: next, source, conflicts: [] });
      } else if (isAdopted && !record.file) {
        counts.unchanged += 1;
        operations.push({ action: 'touch', type, documentId, label, ledger: next, source, conflicts: [] });
      } else if (isGone(type, documentId)) {
        counts.unchanged += 1;
        plan.problems.push(reportAt(record, 'record/deleted', [], `"${label}" was deleted in Strapi and is not brought back.`));
      } else if (!isAdopted && !database.exists(type, documentId)) {
        counts.created += 1;
        const { timestamps } = record;
        operations.push({ action: 'create', type, documentId, label, ledger: next, source, state, isPublished: wantedBase.isPublished, timestamps });
      } else toCompare.push({ each, next, state });
    }

    const current = await database.read(
      type,
      toCompare.map(({ each }) => each.documentId),
    );
    for (const { each, next, state } of toCompare) {
      const { record, documentId, entry } = each;
      const label = labelOf(record.values);
      const now = current.get(documentId)!;
      const merged = merge(entry?.base ?? emptyState(), state, now, onConflict);
      const { conflicts } = merged;

      const wasPublished = now.published !== null;
      const fileMoved = entry ? entry.base.isPublished !== next.base.isPublished : next.base.isPublished;
      const publication =
        SCHEMAS[type].options.draftAndPublish && fileMoved && wasPublished !== next.base.isPublished
          ? next.base.isPublished
            ? 'publish'
            : 'unpublish'
          : null;

      const isOpen = conflicts.some(({ taken }) => taken === 'keep');
      const base: Base = { ...next.base, ...merged.base };
      const ledger: LedgerEntry = { ...next, base, hash: isOpen ? '' : next.hash };
      const common = { type, documentId, label, ledger, source: record.file?.text, conflicts };
      counts.conflicts += isOpen ? 1 : 0;
      if (merged.draft.length > 0 || merged.published.length > 0 || publication) {
        counts.updated += 1;
        const { draft, published } = merged;
        operations.push({ action: 'update', ...common, draft, published, publication, timestamps: record.timestamps });
      } else {
        counts.unchanged += isOpen ? 0 : 1;
        if (!entry || !sameJson(entry, ledger)) operations.push({ action: 'touch', ...common });
      }
      for (const { attribute, base: before, file, current: found } of conflicts) {
        const told = `"${attribute}" was ${tell(before)}; the file says ${tell(file)}, Strapi says ${tell(found)}`;
        plan.problems.push(reportAt(record, 'record/conflict', [], `${told}. ${isOpen ? "The editor's value stays." : "The file's value is taken."}`));
      }
    }
    plan.operations.push(...byDepth(operations));
  }

  for (const counts of Object.values(plan.byType)) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) plan.counts[key] += counts[key];
  }
  // A file that could not be read or accepted has no type.
  plan.counts.refused += wanted.refused;
  return plan;
};

const tell = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
