import { CONTENT_TYPES, SCHEMAS, targetOf, UIDS, type ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import type { Host } from '../apply/host';
import { readEntries } from '../apply/read-ledger';
import { readRecords } from '../apply/read-records';
import { handlesOf } from '../mappings/identity';
import type { CurrentValue, Target } from '../mappings/mapping';
import type { CurrentRecord } from '../plan/database';
import { calledBy, Ledger, type LedgerEntry } from '../plan/ledger';
import { fieldsOf, sameField, type State } from '../plan/state';
import type { StoredFiles } from './stored-files';
import type { ExportRecord } from './write-file';

/** One record, ready to be written into a file. */
export interface Described {
  record: ExportRecord;
  /** True where no other file says all that this record holds. */
  needsFile: boolean;
  media: { href: string; name: string; fileId: number }[];
}

/** What the files that name a topic or an offering say about it. */
const TOLD_BY_OTHERS: Record<'topic' | 'offering', readonly string[]> = {
  topic: ['name', 'label', 'taxonomy', 'slug'],
  offering: ['name', 'slug', 'permalink', 'offeringId', 'topics'],
};

/** What differs from the last import. What others named before it had a file of its own holds more than they said of it. */
const editedFields = (state: State, entry: Pick<LedgerEntry, 'base'> | undefined): Set<string> => {
  if (!entry) return new Set();
  const fields = [...fieldsOf(entry.base), ...fieldsOf(state)];
  return new Set(fields.flatMap((field) => (sameField(state, entry.base, field) ? [] : [field.attribute])));
};

/** True where an editor changed what the files that name this target say about it. */
const isTargetEdited = ({ edited, links }: Target, told: readonly string[]): boolean =>
  told.some((attribute) => edited.has(attribute)) ||
  Object.values(links)
    .flat()
    .some((target) => target.edited.has('name'));

/**
 * Prepares every record for the way back into files: its values, its relations with what they point at, and what was edited since the last
 * import. Topics and offerings are read whole, for stories name them; stories are handed in chunk by chunk.
 *
 * @param drafts describe what is saved instead of what is published
 */
export const describeRecords = async (host: Host, files: StoredFiles, drafts: boolean) => {
  const named = {
    topic: await readRecords(host, 'topic'),
    offering: await readRecords(host, 'offering'),
  };
  const entries: LedgerEntry[] = [];
  for await (const page of readEntries(host, Object.keys(named))) entries.push(...page);
  const ledger = new Ledger(entries);
  const targets = new Map<string, Target>();
  // Which of two topics is described first says nothing of which one names the other.
  const pointedAt = new Set(
    [...named.topic.values()].flatMap(({ draft }) => (draft.links.parent ?? []).map((parent) => `topic ${parent}`)),
  );

  const described = (type: 'topic' | 'offering', documentId: string): Target[] => {
    const key = `${type} ${documentId}`;
    const state = named[type].get(documentId)?.draft;
    if (!state) return [];
    const known = targets.get(key);
    if (known) return [known];
    const entry = ledger.ofDocument(type, documentId);
    const target: Target = {
      identities: [...(entry ? calledBy(entry) : []), ...handlesOf(type, state.values)],
      values: state.values,
      links: type === 'offering' ? { topics: (state.links.topics ?? []).flatMap((topic) => described('topic', topic)) } : {},
      edited: editedFields(state, entry),
    };
    targets.set(key, target);
    return [target];
  };

  /** What the last import found it by; it may be gone since. */
  const identitiesOf = (type: 'topic' | 'offering', documentId: string): string[] => {
    const entry = ledger.ofDocument(type, documentId);
    return [...(entry ? calledBy(entry) : []), ...described(type, documentId).flatMap(({ identities }) => identities)];
  };

  const describe = (
    type: ContentType,
    documentId: string,
    { draft, published }: CurrentRecord,
    entry: Pick<LedgerEntry, 'base'> | undefined,
  ): Described | undefined => {
    const hasDrafts = SCHEMAS[type].options.draftAndPublish;
    const isPublic = !hasDrafts || published !== null;
    // What never had a file is published where nothing says that it is not.
    const wasPublic = entry === undefined || entry.base.isPublished || entry.base.isWithdrawn === true;
    // What was imported as a draft goes back as one; what was withdrawn or never published stays in Strapi.
    if (!isPublic && !drafts && wasPublic) return undefined;
    const state = drafts ? draft : (published ?? draft);
    const edited = new Set([...editedFields(state, entry), ...(entry?.base.undone ?? [])]);
    const current: Record<string, CurrentValue> = {};
    const media: Described['media'] = [];

    for (const [attribute, value] of Object.entries(state.values)) current[attribute] = { kind: 'value', value };
    for (const [attribute, documentIds] of Object.entries(state.links)) {
      const to = targetOf(type, attribute);
      const links = documentIds.flatMap((id) => described(to, id));
      const imported = (entry?.base.links[attribute] ?? []).map((id) => identitiesOf(to, id));
      current[attribute] = { kind: 'links', links, imported };
      documentIds.forEach((id) => pointedAt.add(`${to} ${id}`));
      if (links.some((target) => isTargetEdited(target, TOLD_BY_OTHERS[to]))) edited.add(attribute);
    }
    for (const [attribute, id] of Object.entries(state.media)) {
      const file = files.get(id);
      const isAsImported = file && entry?.base.media[attribute] === file.documentId;
      const href = (isAsImported && entry.base.assets[attribute]?.href) || file?.name;
      current[attribute] = { kind: 'media', media: file && href ? { href, alternativeText: file.alternativeText } : null };
      if (file && href) media.push({ href, name: file.name, fileId: file.id });
      if (file && isAsImported && files.isAltEdited(file)) edited.add(attribute);
    }

    const isMoved = hasDrafts && wasPublic !== isPublic;
    const told = type === 'curated-content' ? [] : TOLD_BY_OTHERS[type];
    const hasMore = fieldsOf(state).some(
      ({ kind, attribute }) => !told.includes(attribute) && !isBlank(state[kind][attribute]) && String(state[kind][attribute]) !== '',
    );
    return {
      record: { current, edited, values: state.values, ...(isMoved ? { isDraft: !isPublic } : {}) },
      needsFile: hasMore || !pointedAt.has(`${type} ${documentId}`),
      media,
    };
  };

  const { columns, table } = host.tables(UIDS['curated-content']);
  const stories = (await host.knex(table).distinct(columns.documentId!).orderBy(columns.documentId!)) as Record<string, string>[];
  const documentIds = (type: ContentType): string[] =>
    type === 'curated-content' ? stories.map((row) => row[columns.documentId!]!) : [...named[type].keys()].sort();
  return { describe, documentIds, total: CONTENT_TYPES.reduce((sum, type) => sum + documentIds(type).length, 0) };
};
