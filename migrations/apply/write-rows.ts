import type { Knex } from 'knex';

import { FILE_UID, SCHEMAS, targetOf, UIDS, type ContentType } from '../../content-types';
import { uniqueColumns, uniqueKeys } from '../../content-types/rules/unique-keys';
import type { Create, FieldChange, Update } from '../plan/operation';
import type { CurrentRow } from '../plan/database';
import type { State } from '../plan/state';
import type { JsonObject } from '../source/json';
import { toColumns, toMoment, toValues } from './encode';
import type { EditRun } from './edit-run';
import type { Host, MediaLinks, TypeTables } from './host';
import { insertRows } from './insert-rows';
import { withLivingEditors } from './living-ids';
import { ownRows } from './own-rows';
import { chunksOf, deleteWhereIn, MAX_KEYS, selectWhereIn, type Row } from './select';

/** What of an update reaches the rows. */
export type Changes = Pick<Update, 'documentId' | 'draft' | 'published' | 'publication' | 'timestamps'>;

/**
 * Writes rows of content types without the Document Service, equal to what it would have written: it takes 61 statements for one published
 * story, and overwrites the dates that an archive brings.
 */
export class RowWriter {
  private readonly trx: Knex.Transaction;
  /** What stands in for dates that no file gives. */
  private readonly now: Date;

  constructor(
    private readonly host: Host,
    { trx, now }: Pick<EditRun, 'trx' | 'now'>,
  ) {
    this.trx = trx;
    this.now = now;
  }

  /** Inserts new records: one row each, or a draft and a published row, with their links. */
  async create(type: ContentType, operations: readonly Create[]): Promise<void> {
    const tables = this.host.tables(UIDS[type]);
    const { draftAndPublish } = SCHEMAS[type].options;
    const rows: Row[] = [];
    for (const { documentId, state, isPublished, timestamps } of operations) {
      const createdAt = new Date(timestamps.createdAt ?? this.now);
      const dates = {
        createdAt,
        updatedAt: new Date(timestamps.updatedAt ?? this.now),
        publishedAt: new Date(timestamps.publishedAt ?? timestamps.createdAt ?? this.now),
      };
      const row = this.row(type, tables, documentId, state.values, { ...dates, publishedAt: draftAndPublish ? null : dates.publishedAt });
      rows.push(row);
      if (draftAndPublish && isPublished) rows.push(this.published(type, tables, row, state.values, dates.publishedAt));
    }
    await insertRows(this.trx, tables.table, rows);

    const ids = await this.idsOf(
      type,
      operations.map(({ documentId }) => documentId),
    );
    const owners = operations.flatMap(({ documentId, state }) => ids.get(documentId)!.map(({ id }) => ({ id, state })));
    await this.insertLinks(type, owners);
  }

  /** Takes the unique keys from the rows that are to get others, so that those can go from one row to the next. `update` gives the new ones. */
  async yieldKeys(type: ContentType, operations: readonly Pick<Update, 'documentId' | 'draft' | 'published'>[]): Promise<void> {
    const tables = this.host.tables(UIDS[type]);
    const { table, columns } = tables;
    const unique = uniqueColumns(type);
    const none = Object.fromEntries(unique.map(({ column }) => [columns[column]!, null]));
    for (const which of ['draft', 'published'] as const) {
      const yielding = operations.filter((operation) =>
        operation[which].some(({ attribute }) => unique.some(({ of }) => of.includes(attribute))),
      );
      for (const chunk of chunksOf(yielding, MAX_KEYS)) {
        const documentIds = chunk.map(({ documentId }) => documentId);
        const rows = ownRows(tables, this.trx(table).whereIn(columns.documentId!, documentIds));
        if (SCHEMAS[type].options.draftAndPublish) void rows[which === 'draft' ? 'whereNull' : 'whereNotNull'](columns.publishedAt!);
        await rows.update(none);
      }
    }
  }

  /** Changes records in the fields that a plan names, and in no others. */
  async update(type: ContentType, operations: readonly Changes[]): Promise<void> {
    const ids = await this.idsOf(
      type,
      operations.map(({ documentId }) => documentId),
    );
    for (const { documentId, draft, published, publication, timestamps } of operations) {
      const rows = ids.get(documentId) ?? [];
      const draftRow = rows.find(({ isDraft }) => isDraft) ?? rows[0]!;
      const publishedRow = rows.find((row) => row !== draftRow);
      const isInStep = draftRow.updatedAt === publishedRow?.updatedAt;
      const given = timestamps.updatedAt && timestamps.updatedAt > draftRow.updatedAt ? timestamps.updatedAt : undefined;
      const updatedAt = new Date(given ?? this.now);

      if (draft.length > 0) await this.change(type, draftRow.id, draft, updatedAt);
      if (publishedRow && (published.length > 0 || (isInStep && draft.length > 0))) {
        // With an editor's unpublished changes the draft has to stay the newer one: that is how Strapi knows of them.
        await this.change(type, publishedRow.id, published, isInStep ? updatedAt : new Date(publishedRow.updatedAt));
      }
      if (publication === 'publish') await this.publish(type, draftRow.id, new Date(timestamps.publishedAt ?? this.now));
      if (publication === 'unpublish' && publishedRow) await this.removeRows(type, [publishedRow.id]);
    }
  }

  /** Takes records from sites and leaves them to editors; a type without draft & publish has nothing to take. */
  async unpublish(type: ContentType, documentIds: readonly string[]): Promise<void> {
    if (!SCHEMAS[type].options.draftAndPublish) return;
    const ids = await this.idsOf(type, documentIds);
    await this.removeRows(
      type,
      [...ids.values()].flat().flatMap(({ id, isDraft }) => (isDraft ? [] : [id])),
    );
  }

  /** Deletes records, every row of them; a translation is an entry of its own then, as where somebody deletes one locale in the panel. */
  async delete(type: ContentType, documentIds: readonly string[]): Promise<void> {
    const ids = await this.idsOf(type, documentIds);
    await this.removeRows(
      type,
      [...ids.values()].flat().map(({ id }) => id),
    );
  }

  /** Inserts rows as they once were: their dates and what Strapi kept beside the attributes too. */
  async restore(type: ContentType, rows: readonly { documentId: string; row: CurrentRow }[]): Promise<void> {
    const tables = this.host.tables(UIDS[type]);

    const { draftAndPublish } = SCHEMAS[type].options;
    const date = (moment: string | null) => (moment === null ? null : new Date(moment));
    const restored = rows.map(({ documentId, row }): Row => ({
      ...this.row(type, tables, documentId, row.values, {
        createdAt: date(row.createdAt),
        updatedAt: date(row.updatedAt),
        publishedAt: date(row.publishedAt),
      }),
      ...row.rest,
      // The type may have been localized since, or not be any more.
      [tables.columns.locale!]: tables.locale,
    }));
    await insertRows(this.trx, tables.table, await withLivingEditors(this.host, this.trx, restored));
    const ids = await this.idsOf(
      type,
      rows.map(({ documentId }) => documentId),
    );
    const owners = rows.flatMap(({ documentId, row }) => {
      const isDraft = draftAndPublish && row.publishedAt === null;
      const found = ids.get(documentId)?.find((each) => !draftAndPublish || each.isDraft === isDraft);
      return found ? [{ id: found.id, state: row }] : [];
    });
    await this.insertLinks(type, owners);
  }

  /** Sets fields of one row of a record, and its date of change. */
  async setFields(
    type: ContentType,
    documentId: string,
    which: 'draft' | 'published',
    changes: readonly FieldChange[],
    updatedAt: Date,
  ): Promise<void> {
    const rows = (await this.idsOf(type, [documentId])).get(documentId) ?? [];
    const found = SCHEMAS[type].options.draftAndPublish ? rows.find(({ isDraft }) => isDraft === (which === 'draft')) : rows[0];
    if (found) await this.change(type, found.id, changes, updatedAt);
  }

  private row(
    type: ContentType,
    tables: TypeTables,
    documentId: string,
    values: JsonObject,
    { createdAt, updatedAt, publishedAt }: { createdAt: Date | null; updatedAt: Date | null; publishedAt: Date | null },
  ): Row {
    const { columns, locale } = tables;
    const all: JsonObject = {};
    for (const name of Object.keys(SCHEMAS[type].attributes)) if (columns[name]) all[name] = values[name] ?? null;
    return {
      ...toColumns(type, tables, Object.assign(all, uniqueKeys(type, values, publishedAt ? 'published' : 'draft'))),
      [columns.documentId!]: documentId,
      [columns.createdAt!]: createdAt,
      [columns.updatedAt!]: updatedAt,
      [columns.publishedAt!]: publishedAt,
      [columns.locale!]: locale,
    };
  }

  /** The published row beside a draft row that holds the same. */
  private published(type: ContentType, tables: TypeTables, draft: Row, values: JsonObject, publishedAt: Date): Row {
    return { ...draft, ...toColumns(type, tables, uniqueKeys(type, values, 'published')), [tables.columns.publishedAt!]: publishedAt };
  }

  private async idsOf(
    type: ContentType,
    documentIds: readonly string[],
  ): Promise<Map<string, { id: number; isDraft: boolean; updatedAt: string }[]>> {
    const tables = this.host.tables(UIDS[type]);
    const { table, columns } = tables;
    const wanted = [columns.id!, columns.documentId!, columns.publishedAt!, columns.updatedAt!];
    const ids = new Map<string, { id: number; isDraft: boolean; updatedAt: string }[]>();
    const own = (query: Knex.QueryBuilder) => ownRows(tables, query);
    for (const row of await selectWhereIn(this.trx, table, columns.documentId!, documentIds, wanted, own)) {
      const documentId = row[columns.documentId!] as string;
      const entry = {
        id: row[columns.id!] as number,
        isDraft: row[columns.publishedAt!] === null,
        updatedAt: toMoment(row[columns.updatedAt!]) ?? '',
      };
      ids.set(documentId, [...(ids.get(documentId) ?? []), entry]);
    }
    return ids;
  }

  private async numericIds(uid: string, documentIds: readonly string[]): Promise<Map<string, number>> {
    const tables = this.host.tables(uid);
    const { table, columns } = tables;
    const wanted = [columns.id!, columns.documentId!];
    const own = (query: Knex.QueryBuilder) => ownRows(tables, query);
    const rows = await selectWhereIn(this.trx, table, columns.documentId!, [...new Set(documentIds)], wanted, own);
    return new Map(rows.map((row) => [row[columns.documentId!] as string, row[columns.id!] as number]));
  }

  private async insertLinks(type: ContentType, owners: readonly { id: number; state: Pick<State, 'links' | 'media'> }[]): Promise<void> {
    const { links, media } = this.host.tables(UIDS[type]);
    for (const [attribute, { table, source, target, order }] of Object.entries(links)) {
      const named = owners.flatMap(({ state }) => state.links[attribute] ?? []);
      if (named.length === 0) continue;
      const ids = await this.numericIds(UIDS[targetOf(type, attribute)], named);
      const rows = owners.flatMap(({ id, state }) =>
        (state.links[attribute] ?? [])
          .flatMap((documentId) => ids.get(documentId) ?? [])
          .map((targetId, index) => ({ [source]: id, [target]: targetId, ...(order ? { [order]: index + 1 } : {}) })),
      );
      await insertRows(this.trx, table, rows);
    }

    for (const [attribute, names] of Object.entries(media)) {
      const named = owners.flatMap(({ state }) => state.media[attribute] ?? []);
      if (named.length === 0) continue;
      const ids = await this.numericIds(FILE_UID, named);
      const rows = owners.flatMap(({ id, state }) => {
        const file = ids.get(state.media[attribute] ?? '');
        return file === undefined ? [] : [mediaRow(names, id, file)];
      });
      await insertRows(this.trx, names.table, rows);
    }
  }

  private async change(type: ContentType, id: number, changes: readonly FieldChange[], updatedAt: Date): Promise<void> {
    const tables = this.host.tables(UIDS[type]);
    const { table, columns, links, media } = tables;
    const values: JsonObject = {};
    const linked: Pick<State, 'links' | 'media'> = { links: {}, media: {} };
    for (const { kind, attribute, after } of changes) {
      if (kind === 'values') values[attribute] = after as JsonObject[string];
      if (kind === 'links') {
        linked.links[attribute] = after as string[];
        await this.trx(links[attribute]!.table).where(links[attribute]!.source, id).delete();
      }
      if (kind === 'media') {
        linked.media[attribute] = after as string | null;
        const { table: linkTable, relatedId, relatedType, uid, field } = media[attribute]!;
        await this.trx(linkTable)
          .where({ [relatedId]: id, [relatedType]: uid, field })
          .delete();
      }
    }
    await this.trx(table)
      .where(columns.id!, id)
      .update({ ...toColumns(type, tables, values), [columns.updatedAt!]: updatedAt });
    await this.insertLinks(type, [{ id, state: linked }]);

    if (uniqueColumns(type).some(({ of }) => of.some((attribute) => attribute in values))) {
      const row = (await this.trx(table).where(columns.id!, id).first()) as Row;
      const isDraft = row[columns.publishedAt!] === null;
      const keys = uniqueKeys(type, toValues(type, tables, row), isDraft ? 'draft' : 'published');
      await this.trx(table)
        .where(columns.id!, id)
        .update(toColumns(type, tables, keys));
    }
  }

  /** Makes the published row out of the draft row, as publishing does. */
  private async publish(type: ContentType, draftId: number, publishedAt: Date): Promise<void> {
    const tables = this.host.tables(UIDS[type]);
    const { table, columns, links, media } = tables;
    const draft = (await this.trx(table).where(columns.id!, draftId).first()) as Row;
    const values = toValues(type, tables, draft);
    const keys = uniqueKeys(type, values, 'published');
    // A driver that answers JSON as values would write a single text without its quotes.
    const json = tables.answersJson ? Object.entries(values).filter(([name]) => SCHEMAS[type].attributes[name]!.type === 'json') : [];
    const { [columns.id!]: _id, ...copied } = draft;
    const changed = toColumns(type, tables, { ...Object.fromEntries(json), ...keys });
    await this.trx(table).insert({ ...copied, ...changed, [columns.publishedAt!]: publishedAt });
    const copy = (await ownRows(tables, this.trx(table))
      .where(columns.documentId!, draft[columns.documentId!] as string)
      .whereNotNull(columns.publishedAt!)
      .first()) as Row;

    const copyRows = async (linkTable: string, column: string, where: Row) => {
      const rows = (await this.trx(linkTable).where({ [column]: draftId, ...where })) as Row[];
      await insertRows(
        this.trx,
        linkTable,
        rows.map(({ id: _, ...row }) => ({ ...row, [column]: copy[columns.id!] })),
      );
    };
    for (const { table: linkTable, source } of Object.values(links)) await copyRows(linkTable, source, {});
    for (const { table: linkTable, relatedId, relatedType, uid, field } of Object.values(media)) {
      await copyRows(linkTable, relatedId, { [relatedType]: uid, field });
    }
  }

  /** Deletes rows and all that hangs on them. Nothing but this cleans up after media: their table has no foreign key. */
  private async removeRows(type: ContentType, ids: readonly number[]): Promise<void> {
    const { table, columns, links, media } = this.host.tables(UIDS[type]);
    for (const { table: linkTable, source } of Object.values(links)) await deleteWhereIn(this.trx, linkTable, source, ids);
    for (const { table: linkTable, relatedId, relatedType, uid, field } of Object.values(media)) {
      await deleteWhereIn(this.trx, linkTable, relatedId, ids, { [relatedType]: uid, field });
    }
    await deleteWhereIn(this.trx, table, columns.id!, ids);
  }
}

const mediaRow = ({ file, relatedId, relatedType, order, uid, field }: MediaLinks, id: number, fileId: number): Row => ({
  [file]: fileId,
  [relatedId]: id,
  [relatedType]: uid,
  field,
  [order]: 1,
});
