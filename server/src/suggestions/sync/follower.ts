import { setImmediate as pause } from 'node:timers/promises';

import type { Knex } from 'knex';

import { CONTENT_TYPES, contentTypeOf, UIDS, type ContentType } from '../../../../content-types';
import { TABLES } from '../../../../content-types/tables/uids';
import type { Host } from '../../../../migrations/apply/host';
import { ownRows } from '../../../../migrations/apply/own-rows';
import type { Changes } from '../index/rows';
import { CLOCK_SKEW, linkTables, moment, takeFingerprint, toTime, type Fingerprint } from './fingerprint';
import { readOfferings, readStories, readTopics, type Which } from './read-rows';

/** Rows that are read at a time. SQLite's driver holds the process up while it reads, so a chunk must be short work. */
const CHUNK: Record<ContentType, number> = { topic: 500, offering: 250, 'curated-content': 50 };
/** Code that runs for the first time takes ten times as long. */
const FIRST_CHUNK = 20;
const PAGE = 2_000;
/** More rows of late than that are looked at only when their number or the newest of them changes. */
const MANY = 500;
/** As a number of milliseconds, no shorter than what a person notices and no longer than what a person minds. */
const BETWEEN_LOOKS = 1_000;

/** What no look can see, such as another node's `updateMany`, which leaves the date of each row as it was, is read after an hour. */
const BETWEEN_READINGS = 3_600_000;

const LIST = { topic: 'topics', offering: 'offerings', 'curated-content': 'stories' } as const;
const SOURCES = { topic: [], offering: ['topics'], 'curated-content': ['topics', 'offerings'] } as const;

interface Known {
  updatedAt: number;
  links: number;
}

/** Gets what the follower reads. */
export interface Target {
  apply(changes: Changes): Promise<void>;
}

/** The rows of a query by their ids, some at a time, with a pause after each. */
async function* pages<Row extends { id: number }>(query: () => Knex.QueryBuilder, after = 0): AsyncGenerator<Row> {
  for (;;) {
    const rows = (await query().where('id', '>', after).orderBy('id').limit(PAGE)) as Row[];
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
    await pause();
  }
}

/**
 * Keeps an index in step with a database that anybody may write to: the Document Service, REST, the panel, a query of the app, a command in
 * another process, another node. Nobody has to tell it. It knows when each row was written last and how many links there are, and now and
 * then compares that with the database in one statement; what differs is read again, and where numbers cannot be explained, everything is.
 */
export class Follower {
  private readonly rows: Record<ContentType, Map<number, Known>> = { topic: new Map(), offering: new Map(), 'curated-content': new Map() };
  private last: Fingerprint | undefined;
  /** Links of all rows of a type. */
  private readonly links: Record<ContentType, number> = { topic: 0, offering: 0, 'curated-content': 0 };
  /** Links that no row explains, such as those to nowhere. */
  private readonly unexplained: Record<ContentType, number> = { topic: 0, offering: 0, 'curated-content': 0 };
  private readonly doubts = new Set<ContentType>();
  private readonly written: Record<ContentType, Set<number>> = { topic: new Set(), offering: new Set(), 'curated-content': new Set() };
  private readonly removed: Record<ContentType, Set<number>> = { topic: new Set(), offering: new Set(), 'curated-content': new Set() };
  private lookedAt = -Infinity;
  private readAt = -Infinity;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly host: Host,
    private readonly target: Target,
  ) {}

  /** Reads everything. What the index knows already is answered from until it is replaced. */
  async readAll(): Promise<void> {
    this.readAt = performance.now();
    // The first one says what is recent, the second one how much of it there is.
    this.last ??= await takeFingerprint(this.host, this.since());
    const fingerprint = await takeFingerprint(this.host, this.since());
    for (const type of CONTENT_TYPES) {
      const gone = new Set(this.rows[type].keys());
      let limit = FIRST_CHUNK;
      for (let after = 0; ;) {
        const ids = await this.read(type, { after, limit });
        for (const id of ids) gone.delete(id);
        if (ids.length < limit) break;
        after = ids.at(-1)!;
        limit = Math.min(limit * 2, CHUNK[type]);
        await pause();
      }
      await this.remove(type, [...gone]);
    }
    this.last = fingerprint;
    for (const type of CONTENT_TYPES) this.unexplained[type] = this.countLinks(fingerprint, type) - this.links[type];
    this.doubts.clear();
  }

  /** True where somebody in this process wrote what has not been read yet. */
  get isTold(): boolean {
    return this.lookedAt === -Infinity;
  }

  /** Somebody in this process wrote a row: the next look comes at once. */
  noticeWrite(): void {
    this.lookedAt = -Infinity;
  }

  /** Somebody in this process wrote rows without leaving a date in them. */
  noticeRows(uid: string, ids: readonly number[]): void {
    const type = contentTypeOf(uid);
    if (type) for (const id of ids) this.written[type].add(id);
    this.noticeWrite();
  }

  /** Somebody in this process removed a row. */
  noticeRemoval(uid: string, id: unknown): void {
    const type = contentTypeOf(uid);
    if (type && typeof id === 'number') this.removed[type].add(id);
    this.noticeWrite();
  }

  /** Looks whether the database changed, unless it did so just now, and reads what did. */
  async catchUp(): Promise<void> {
    // The look that is under way may have begun before the last write.
    if (this.looking) await this.looking;
    if (this.looking) return this.looking;
    if (performance.now() - this.lookedAt < BETWEEN_LOOKS) return;
    this.lookedAt = performance.now();
    const isDue = performance.now() - this.readAt > BETWEEN_READINGS;
    this.looking = (isDue ? this.readAll() : this.look()).finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async look(): Promise<void> {
    const before = this.last;
    if (!before) return;
    const now = await takeFingerprint(this.host, this.since());
    for (const type of CONTENT_TYPES) {
      const removed = [...this.removed[type]];
      this.removed[type].clear();
      await this.remove(type, removed);
    }
    const written = await this.writtenSince(before, now);
    for (const type of CONTENT_TYPES) {
      for (const id of this.written[type]) written[type].add(id);
      this.written[type].clear();
    }
    for (const type of CONTENT_TYPES) {
      const ids = [...written[type]];
      for (let at = 0; at < ids.length; at += CHUNK[type]) {
        await this.read(type, { ids: ids.slice(at, at + CHUNK[type]) });
        await pause();
      }
    }
    for (const type of CONTENT_TYPES) if (now.rows[type] !== this.rows[type].size) await this.compareIds(type);
    this.last = now;
    await this.explainLinks(
      now,
      CONTENT_TYPES.every((type) => written[type].size === 0),
    );
  }

  /** Row ids that may have changed. */
  private async writtenSince(before: Fingerprint, now: Fingerprint): Promise<Record<ContentType, Set<number>>> {
    const { host } = this;
    const written = { topic: new Set<number>(), offering: new Set<number>(), 'curated-content': new Set<number>() };
    for (const type of CONTENT_TYPES) {
      const { count, newest } = now.recent[type];
      const isSame = count === before.recent[type].count && newest === before.recent[type].newest;
      if (count === 0 || (count > MANY && isSame)) continue;
      const tables = host.tables(UIDS[type]);
      const updatedAt = tables.columns.updatedAt!;
      const since = moment(host, this.since()[type]);
      const recent = () => ownRows(tables, host.knex(tables.table)).select({ id: 'id', updatedAt }).where(updatedAt, '>=', since);
      for await (const { id, updatedAt } of pages<{ id: number; updatedAt: unknown }>(recent)) {
        if (this.rows[type].get(id)?.updatedAt !== toTime(updatedAt)) written[type].add(id);
      }
    }
    for (const { table, source, type } of linkTables(host)) {
      if (now.links[table]!.last <= before.links[table]!.last) continue;
      const links = () => host.knex(table).select({ id: 'id', source });
      for await (const link of pages<{ id: number; source: number }>(links, before.links[table]!.last)) written[type].add(link.source);
    }
    if (now.lastChange > before.lastChange) await this.addChanges(written, before.lastChange);
    return written;
  }

  /** A run may write a row with an older date than it had; it says so in the table of changes. */
  private async addChanges(written: Record<ContentType, Set<number>>, since: number): Promise<void> {
    const { host } = this;
    const changes = host.tables(TABLES.change);
    const { type: typeColumn, documentId } = changes.columns;
    for (const type of CONTENT_TYPES) {
      const { table, columns } = host.tables(UIDS[type]);
      const rows = (await host
        .knex(table)
        .select({ id: 'id' })
        .whereIn(columns.documentId!, host.knex(changes.table).select(documentId!).where('id', '>', since).where(typeColumn!, type))) as {
        id: number;
      }[];
      for (const { id } of rows) written[type].add(id);
    }
  }

  private async read(type: ContentType, which: Which): Promise<number[]> {
    const { host } = this;
    // Before the rows themselves: what is written in between looks older than it is, and is read again.
    const tables = host.tables(UIDS[type]);
    const query = ownRows(tables, host.knex(tables.table)).select({ id: 'id', updatedAt: tables.columns.updatedAt! });
    const times = (await ('ids' in which
      ? query.whereIn('id', which.ids)
      : query.where('id', '>', which.after).orderBy('id').limit(which.limit))) as { id: number; updatedAt: unknown }[];
    const ids = times.map(({ id }) => id);
    const found =
      type === 'topic'
        ? await readTopics(host, { ids })
        : type === 'offering'
          ? await readOfferings(host, { ids })
          : await readStories(host, { ids });
    await this.target.apply({ [LIST[type]]: found });
    const time = new Map(times.map(({ id, updatedAt }) => [id, toTime(updatedAt)]));
    for (const row of found) {
      const links = SOURCES[type].reduce((sum, list) => sum + (row as unknown as Record<string, unknown[]>)[list]!.length, 0);
      this.links[type] += links - (this.rows[type].get(row.id)?.links ?? 0);
      this.rows[type].set(row.id, { updatedAt: time.get(row.id)!, links });
    }
    if ('ids' in which) {
      const present = new Set(found.map(({ id }) => id));
      await this.remove(
        type,
        which.ids.filter((id) => !present.has(id)),
      );
    }
    return ids;
  }

  private async remove(type: ContentType, ids: readonly number[]): Promise<void> {
    const known = ids.filter((id) => this.rows[type].has(id));
    for (const id of known) {
      this.links[type] -= this.rows[type].get(id)!.links;
      this.rows[type].delete(id);
    }
    if (known.length > 0) await this.target.apply({ removed: { [LIST[type]]: known } });
  }

  /** Rows came or went without a trace: compares all ids. */
  private async compareIds(type: ContentType): Promise<void> {
    const tables = this.host.tables(UIDS[type]);
    const gone = new Set(this.rows[type].keys());
    const fresh: number[] = [];
    for await (const { id } of pages<{ id: number }>(() => ownRows(tables, this.host.knex(tables.table)).select('id'))) {
      if (!gone.delete(id) && !this.rows[type].has(id)) fresh.push(id);
    }
    await this.remove(type, [...gone]);
    for (let at = 0; at < fresh.length; at += CHUNK[type]) await this.read(type, { ids: fresh.slice(at, at + CHUNK[type]) });
  }

  /** Links came or went and no row says whose. Twice in a row, with nothing else going on, and everything is read again. */
  private async explainLinks(now: Fingerprint, isQuiet: boolean): Promise<void> {
    for (const type of ['offering', 'curated-content'] as const) {
      if (this.countLinks(now, type) - this.unexplained[type] === this.links[type]) this.doubts.delete(type);
      else if (!isQuiet || !this.doubts.has(type)) this.doubts.add(type);
      else {
        await this.readAll();
        return;
      }
    }
  }

  private countLinks({ links }: Fingerprint, type: ContentType): number {
    return linkTables(this.host).reduce((sum, link) => (link.type === type ? sum + links[link.table]!.count : sum), 0);
  }

  private since(): Record<ContentType, number> {
    const of = (type: ContentType) => Math.max((this.last?.recent[type].newest ?? 0) - CLOCK_SKEW, 0);
    return { topic: of('topic'), offering: of('offering'), 'curated-content': of('curated-content') };
  }
}
