import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import type { ContentType } from '../../../content-types';
import { TABLES } from '../../../content-types/tables/uids';
import type { Host } from '../../../migrations/apply/host';
import type { Row } from '../../../migrations/apply/select';
import { finishBuild, nextStep, writtenOtherwise } from '../delivery/build';
import { findEmbedding } from '../delivery/find-embedding';
import { formatOfTable, ownTransaction } from '../delivery/numbering';

import { isDeadlock } from '../documents/after-deadlock';
import { announceRefreshed, type Embedded } from '../services/announce';

import type { Changed, DerivedRows } from './derived-rows';
import { enqueue, tasksFor, type Task } from './queue';

/** On SQLite every other request waits for a chunk's transaction. */
const CHUNK = 200;
/** Answers in another form that are taken up at once: the next look finds the rest. */
const AT_A_LOOK = 2_000;
/** How often a node looks for what others left behind. */
const POLL_MS = 5_000;
/** How long entries are left alone that another transaction is writing. */
const BUSY_MS = 100;
const MAX_PAUSE_MS = 60_000;
/** What fails so often is left to the next start. */
const MAX_FAILURES = 5;
/** How often the end of a build waits for what others were writing, three seconds in all: a transaction that hangs is not to keep sites waiting. */
const MAX_WAITS = 5;

interface Due {
  id: number;
  task: Task;
  after: string;
  attempts: number;
}

/** Refreshes derived rows behind the requests: in chunks of one transaction each, one node at a time for each task. */
export class Worker {
  private running: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private wanted = false;
  private isToLookAround = false;
  /** In a row. */
  private failures = 0;
  /** The failure that was told last: while the database is away each look at the queue fails in the same way. */
  private told: string | undefined;
  /** What answers embed and show as it is now, and nobody has been told of yet. */
  private refreshed: Embedded[] = [];

  constructor(
    private readonly strapi: Core.Strapi,
    private readonly host: Host,
    private readonly rows: readonly DerivedRows[],
    /** The form in which this node writes answers; known once Strapi has loaded. */
    private readonly formatOfNode: () => string,
  ) {}

  /** True where this process has put work into the queue. */
  get hasWork(): boolean {
    return this.wanted || this.running !== undefined;
  }

  /** Looks for work now, and every few seconds from now on. */
  start(): void {
    this.timer ??= setInterval(() => this.lookAround(), POLL_MS).unref();
    this.wake();
  }

  /** Sees what other nodes left behind: tasks, and answers in another form than the table was made in. */
  private lookAround(): void {
    this.isToLookAround = true;
    this.wake();
  }

  /** There is work: returns at once. */
  wake(): void {
    this.wanted = true;
    if (this.isStopped || this.running) return;
    this.running = this.run().finally(() => {
      this.running = undefined;
    });
  }

  /** Works until nothing is left in the queue, whoever put it there, or only what fails. */
  async drain(): Promise<void> {
    for (;;) {
      this.wake();
      await this.running;
      if (this.isStopped || this.failures >= MAX_FAILURES || !(await this.isWaiting())) return;
      await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
    }
  }

  /** Ends after the chunk that is under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** How many tasks are waiting that this node may take. */
  async waiting(): Promise<number> {
    const [row] = (await tasksFor(this.host, this.host.knex, this.formatOfNode()).count('* as count')) as [{ count: number | string }];
    return Number(row.count);
  }

  private async isWaiting(): Promise<boolean> {
    return (await this.waiting()) > 0;
  }

  private async run(): Promise<void> {
    do {
      this.wanted = false;
      if (this.isToLookAround) await this.queueWrittenOtherwise();
      // Requests that wait get their turn between two chunks.
      while (!this.isStopped && (await this.step())) await new Promise(setImmediate);
      await this.announce();
    } while (this.isWanted());
  }

  /** A node of another version writes answers in a form of its own as long as it runs. Who made the table whole last makes them anew. */
  private async queueWrittenOtherwise(): Promise<void> {
    this.isToLookAround = false;
    try {
      if ((await formatOfTable(this.host)) !== this.formatOfNode()) return;
      const found = await writtenOtherwise(this.host, this.host.knex, this.formatOfNode(), AT_A_LOOK);
      if (found) await ownTransaction(this.host, (trx) => enqueue(this.host, trx, [{ kind: 'entries', ...found }]));
    } catch (error) {
      if (!this.isStopped) this.fail(error as Error);
    }
  }

  private isWanted(): boolean {
    return this.wanted && !this.isStopped;
  }

  /** @returns true where something was done */
  private async step(): Promise<boolean> {
    let due: Due | undefined;
    try {
      if (!(await this.isWaiting())) {
        this.recover();
        return false;
      }
      const done = await ownTransaction(this.host, async (trx) => {
        due = await this.take(trx);
        return due && this.work(trx, due);
      });
      if (!done) return false;
      this.recover();
      this.refreshed.push(...done);
      return true;
    } catch (error) {
      if (this.isStopped) return false;
      if (!isDeadlock(error)) this.fail(error as Error);
      if (due) await this.postpone(due).catch(() => undefined);
      return false;
    }
  }

  private fail({ message }: Error): void {
    this.failures += 1;
    if (message !== this.told) this.strapi.log.error(`[curation] Ready answers could not be refreshed: ${message}`);
    this.told = message;
  }

  private recover(): void {
    this.failures = 0;
    this.told = undefined;
  }

  /** Once for all, when nothing is left to do: who is told may ask for everything again. */
  private async announce(): Promise<void> {
    if (this.refreshed.length === 0 || this.isStopped) return;
    try {
      if (this.failures === 0 && (await this.isWaiting())) return;
      await announceRefreshed(this.strapi, this.refreshed.splice(0));
    } catch (error) {
      this.fail(error as Error);
    }
  }

  /** The next task, which no other node can take before this transaction ends. */
  private async take(trx: Knex.Transaction): Promise<Due | undefined> {
    const { table, columns } = this.host.tables(TABLES.refresh);
    // A transaction that reads before it writes is refused on SQLite where another process wrote in between.
    if (this.host.client === 'sqlite')
      await trx(table)
        .where(columns.id!, 0)
        .update({ [columns.dueAt!]: 0 });
    const query = tasksFor(this.host, trx, this.formatOfNode()).where(columns.dueAt!, '<=', Date.now()).orderBy(columns.id!).first();
    const row = (await (this.host.client === 'sqlite' ? query : query.forUpdate().skipLocked())) as Row | undefined;
    if (!row) return undefined;
    const kind = row[columns.kind!] as Task['kind'];
    const type = row[columns.type!];
    const named = { type, documentIds: JSON.parse(row[columns.documentIds!] as string) };
    return {
      id: row[columns.id!] as number,
      task: (kind === 'all' ? { kind, format: type } : { kind, ...named }) as Task,
      after: row[columns.after!] as string,
      attempts: Number(row[columns.attempts!]),
    };
  }

  /** @returns what every answer shows now as it is */
  private async work(trx: Knex.Transaction, due: Due): Promise<Embedded[]> {
    const { id, task, after, attempts } = due;
    const { table, columns } = this.host.tables(TABLES.refresh);
    const row = () => trx(table).where(columns.id!, id);
    const { changed, next } = await this.plan(trx, task, after);
    for (const each of changed) await this.refresh(trx, each, task.kind === 'all');
    if (next !== undefined) {
      await row().update({ [columns.after!]: next });
      return [];
    }
    if (task.kind === 'all') {
      if (attempts < MAX_WAITS && (await this.isLeftOver(trx))) {
        await this.postpone(due, trx);
        return [];
      }
      await finishBuild(this.strapi, this.host, trx);
    }
    await row().delete();
    const isEmbedded = after !== '' || changed.length > 0;
    return task.kind === 'embeds' && isEmbedded ? [{ model: task.type, documentId: task.documentIds[0] }] : [];
  }

  /** True where entries are still to be made that somebody was writing when it was their turn: until then sites would miss them. */
  private async isLeftOver(trx: Knex.Transaction): Promise<boolean> {
    const { table, columns } = this.host.tables(TABLES.refresh);
    const fresh = { [columns.kind!]: 'entries' satisfies Task['kind'], [columns.attempts!]: 0 };
    return ((await trx(table).where(fresh).limit(1)) as Row[]).length > 0;
  }

  /** What a task's next chunk is, and where the one after it begins. */
  private async plan(trx: Knex.Transaction, task: Task, after: string): Promise<{ changed: Changed[]; next?: string }> {
    if (task.kind === 'entries') return { changed: [task] };
    if (task.kind === 'all') {
      const step = await nextStep(this.host, trx, after, CHUNK);
      return { changed: [step.changed], next: step.after };
    }
    const { type, documentIds } = task;
    const found = await findEmbedding(this.host, trx, { type, documentId: documentIds[0], after, limit: CHUNK });
    const types = [...new Set(found.map((each) => each.type))];
    const of = (each: ContentType) => found.filter((other) => other.type === each).map(({ documentId }) => documentId);
    return {
      changed: types.map((each) => ({ type: each, documentIds: of(each) })),
      next: found.length < CHUNK ? undefined : found.at(-1)!.documentId,
    };
  }

  private async refresh(trx: Knex.Transaction, changed: Changed, isRebuild: boolean): Promise<void> {
    const { strapi, host } = this;
    const later = new Set<string>();
    for (const rows of this.rows) {
      // Somebody writes them at the moment: half of that might be seen here.
      const documentIds = changed.documentIds.filter((documentId) => !later.has(documentId));
      const tasks = await rows.refresh({ strapi, host, trx, type: changed.type, documentIds, isBehind: true, isRebuild });
      const busy = tasks.filter(({ kind }) => kind === 'entries');
      for (const task of busy) if (task.kind === 'entries') task.documentIds.forEach((documentId) => later.add(documentId));
      await enqueue(
        host,
        trx,
        tasks.filter(({ kind }) => kind !== 'entries'),
      );
      await enqueue(host, trx, busy, Date.now() + BUSY_MS);
      if (busy.length > 0) setTimeout(() => this.wake(), BUSY_MS * 2).unref();
    }
  }

  private async postpone({ id, attempts }: Due, knex: Knex = this.host.knex): Promise<void> {
    const { table, columns } = this.host.tables(TABLES.refresh);
    const pause = Math.min(MAX_PAUSE_MS, BUSY_MS * 2 ** attempts);
    await knex(table)
      .where(columns.id!, id)
      .update({ [columns.attempts!]: attempts + 1, [columns.dueAt!]: Date.now() + pause });
    setTimeout(() => this.wake(), pause + BUSY_MS).unref();
  }
}
