import { TABLES } from './uids';

/**
 * The plugin's own tables. They are no content types: nothing of them shows in the Content Manager or over REST. Strapi's schema sync makes
 * them, unique indexes included.
 */
interface Model {
  uid: string;
  singularName: string;
  tableName: string;
  attributes: Record<string, { type: string }>;
  indexes: { name: string; columns: string[]; type?: 'unique' }[];
}

const model = (name: keyof typeof TABLES, attributes: Model['attributes'], indexes: Model['indexes']): Model => ({
  uid: TABLES[name],
  singularName: name,
  tableName: `curation_${name.replace(/y$/, 'ie').replace(/sh$/, 'she')}s`,
  attributes: { id: { type: 'increments' }, ...attributes },
  indexes,
});

/** One import, undo, merge or bulk change that wrote something: who, when, from where, and what came of it. */
const runs = model(
  'run',
  {
    kind: { type: 'string' },
    undoes: { type: 'integer' },
    status: { type: 'string' },
    mapping: { type: 'string' },
    folder: { type: 'text' },
    /** What a run in the admin panel was about: which topic went into which, what was added to how many stories. */
    subject: { type: 'json' },
    user: { type: 'string' },
    host: { type: 'string' },
    startedAt: { type: 'datetime' },
    finishedAt: { type: 'datetime' },
    counts: { type: 'json' },
    error: { type: 'text' },
  },
  [],
);

/**
 * The id map: which record came from what, and what it held when it came. With it a second import knows what is new, an export knows what
 * was edited, and both know whose change a difference is.
 */
const records = model(
  'record',
  {
    type: { type: 'string' },
    documentId: { type: 'string' },
    identity: { type: 'text' },
    /** Digest of type and identity, under the unique index. */
    identityKey: { type: 'string' },
    path: { type: 'text' },
    /** True for a record that has a file of its own; false for one that other files name. */
    hasFile: { type: 'boolean' },
    mapping: { type: 'string' },
    /** SHA-256 of the file. */
    hash: { type: 'string' },
    /** The values of the last import. */
    base: { type: 'json' },
    /** The file, to the byte. */
    source: { type: 'text' },
    runId: { type: 'integer' },
  },
  [
    { name: 'curation_records_identity_unique', columns: ['identity_key'], type: 'unique' },
    { name: 'curation_records_document_unique', columns: ['document_id', 'type'], type: 'unique' },
  ],
);

/** What a run did to each record, with the record before and after: what an undo needs. */
const changes = model(
  'change',
  {
    runId: { type: 'integer' },
    type: { type: 'string' },
    documentId: { type: 'string' },
    action: { type: 'string' },
    before: { type: 'json' },
    after: { type: 'json' },
  },
  [{ name: 'curation_changes_unique', columns: ['run_id', 'type', 'document_id'], type: 'unique' }],
);

/** Who may write at the moment: one row, taken by one process at a time. */
const leases = model(
  'lease',
  {
    name: { type: 'string' },
    owner: { type: 'string' },
    user: { type: 'string' },
    host: { type: 'string' },
    pid: { type: 'integer' },
    /** Where `pid` means something; see migrations/apply/process-space.ts. */
    processSpace: { type: 'string' },
    /** Milliseconds since 1970 by the database's clock: the machines' own may disagree. */
    startedAt: { type: 'biginteger' },
    expiresAt: { type: 'biginteger' },
  },
  [{ name: 'curation_leases_name_unique', columns: ['name'], type: 'unique' }],
);

/** What the newest run saw, in digests: a row for each archive, by which the next import tells at a glance that nothing changed. */
const stamps = model(
  'stamp',
  {
    name: { type: 'string' },
    run: { type: 'integer' },
    archive: { type: 'string' },
    entries: { type: 'string' },
    assets: { type: 'json' },
    said: { type: 'json' },
  },
  [{ name: 'curation_stamps_name_unique', columns: ['name'], type: 'unique' }],
);

/** An offering that an editor does not want to be suggested for a story again. */
const dismissals = model(
  'dismissal',
  {
    /** Document ids. */
    storyId: { type: 'string' },
    offeringId: { type: 'string' },
  },
  [{ name: 'curation_dismissals_unique', columns: ['story_id', 'offering_id'], type: 'unique' }],
);

/**
 * Every path that leads to an entry: the one where it stands, and those where it stood or is said to have stood. What a path leads to is
 * an entry, never another path, so that no redirect leads to a redirect.
 */
const redirects = model(
  'redirect',
  {
    path: { type: 'text' },
    /** Digest of the path, letter case folded; several entries may claim one path. */
    pathKey: { type: 'string' },
    kind: { type: 'string' },
    type: { type: 'string' },
    documentId: { type: 'string' },
    /** Digest of path, kind and entry, under the unique index. */
    redirectKey: { type: 'string' },
  },
  [
    { name: 'curation_redirects_redirect_unique', columns: ['redirect_key'], type: 'unique' },
    { name: 'curation_redirects_path_index', columns: ['path_key'] },
    { name: 'curation_redirects_document_index', columns: ['document_id'] },
  ],
);

/** Ready answers: what a site gets of each published story, of each topic and offering, as text. */
const deliveries = model(
  'delivery',
  {
    type: { type: 'string' },
    documentId: { type: 'string' },
    slug: { type: 'string' },
    /** Digest of the folded slug, by which an answer is found. */
    slugKey: { type: 'string' },
    /** The place in the list of its type; null for what is gone. */
    position: { type: 'string' },
    /** The JSON of the entry's own attributes, without the closing brace. */
    body: { type: 'text' },
    /** The JSON lists that go into the answer for those who may see them. */
    topics: { type: 'text' },
    offerings: { type: 'text' },
    /** The documentIds in these lists, separated by blanks: what a cache files the answer under. */
    topicIds: { type: 'text' },
    offeringIds: { type: 'text' },
    /** The JSON that others embed of a topic or an offering. */
    summary: { type: 'text' },
    /** SHA-256 of all of the above. */
    hash: { type: 'string' },
    /** The form in which the answer was written: of two nodes of different versions each writes its own. */
    format: { type: 'string' },
    isGone: { type: 'boolean' },
    /** Milliseconds since 1970. */
    changedAt: { type: 'biginteger' },
    /** Which change of the table it belongs to; null until it is counted; see server/src/delivery/numbering.ts. */
    number: { type: 'biginteger' },
  },
  [
    { name: 'curation_deliveries_document_unique', columns: ['document_id', 'type'], type: 'unique' },
    { name: 'curation_deliveries_position_index', columns: ['type', 'position'] },
    { name: 'curation_deliveries_slug_index', columns: ['type', 'slug_key'] },
    { name: 'curation_deliveries_number_index', columns: ['number', 'id'] },
    { name: 'curation_deliveries_format_index', columns: ['format'] },
  ],
);

/** What delivered entries have in common: by it stories are filtered, in the order in which they are listed, and found when it changes. */
const facets = model(
  'facet',
  {
    /** Digest of it; see server/src/delivery/facet-key.ts. */
    key: { type: 'string' },
    position: { type: 'string' },
    type: { type: 'string' },
    documentId: { type: 'string' },
  },
  [
    { name: 'curation_facets_key_index', columns: ['key', 'position'] },
    { name: 'curation_facets_document_index', columns: ['document_id'] },
  ],
);

/** How far the counting of changes has come: one row, locked while they are counted. */
const sequences = model(
  'sequence',
  {
    name: { type: 'string' },
    number: { type: 'biginteger' },
    stamp: { type: 'string' },
    changedAt: { type: 'biginteger' },
    /** The form in which the whole table was written last; another one than the code's own: it is to be built anew. */
    format: { type: 'string' },
  },
  [{ name: 'curation_sequences_name_unique', columns: ['name'], type: 'unique' }],
);

/** The numbers given so far, each with a random stamp: a cursor from before a restore has another one, or a number that was never given. */
const marks = model('mark', { number: { type: 'biginteger' }, stamp: { type: 'string' } }, [
  { name: 'curation_marks_number_unique', columns: ['number'], type: 'unique' },
]);

/** Derived rows that are still to be refreshed, behind the request that changed what they show. */
const refreshes = model(
  'refresh',
  {
    /** Some entries, all that embeds an entry, or everything. */
    kind: { type: 'string' },
    /** A content type or `file`; of everything the form in which it is to be written. */
    type: { type: 'string' },
    /** A list, as JSON. */
    documentIds: { type: 'text' },
    /** The last entry that is done. */
    after: { type: 'string' },
    attempts: { type: 'integer' },
    /** Milliseconds since 1970: not before. */
    dueAt: { type: 'biginteger' },
  },
  [],
);

/** What topics were known by before they were merged into others: an import that says one of these means the other topic. */
const spellings = model(
  'spelling',
  {
    /** A name, slug, id or path as an import finds topics by it. */
    identity: { type: 'text' },
    /** Digest of the identity, under the unique index. */
    identityKey: { type: 'string' },
    /** The topic that is gone. */
    mergedId: { type: 'string' },
    mergedName: { type: 'string' },
    /** The topic that stands for it. */
    documentId: { type: 'string' },
  },
  [{ name: 'curation_spellings_identity_unique', columns: ['identity_key'], type: 'unique' }],
);

export const MODELS = [
  runs,
  records,
  changes,
  leases,
  stamps,
  dismissals,
  redirects,
  deliveries,
  facets,
  sequences,
  marks,
  refreshes,
  spellings,
];
