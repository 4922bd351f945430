import { setTimeout as wait } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

import { UIDS } from '../../../content-types';
import { Follower } from './sync/follower';
import type { Answer, Arguments, Method } from './worker/protocol';
import { startThread, type Thread } from './worker/thread';
import { hostOf } from '../services/host-of';

/** Who asks while the index is read for the first time waits so long for a whole answer. */
const PATIENCE = 20_000;
/** Who asks waits so long for what others wrote, and gets it the next time otherwise. */
const PATIENCE_FOR_OTHERS = 250;
/** An editor who has just made an offering wants to find it, however slow the database is. */
const PATIENCE_FOR_OWN = 3_000;

interface Running {
  thread: Thread;
  follower: Follower;
  read: Promise<void>;
}

/** The index in its thread, in step with the database. It is read when somebody needs it, or when Strapi listens. */
export class LiveIndex {
  private running: Running | undefined;
  private isStopped = false;

  constructor(private readonly strapi: Core.Strapi) {}

  /** Reads the index in the background. */
  start(): void {
    if (this.isStopped) return;
    try {
      this.run();
    } catch (error) {
      // Whoever asks for suggestions is told; the rest of Strapi goes on.
      this.tell('could not be started', error);
    }
  }

  async ask<Name extends Method>(method: Name, ...args: Arguments<Name>): Promise<Answer<Name>> {
    const { thread, follower, read } = this.run();
    await patient(read, PATIENCE);
    const patience = follower.isTold ? PATIENCE_FOR_OWN : PATIENCE_FOR_OTHERS;
    // A look that fails is told in the log, and the answer is of what is known.
    await patient(
      follower.catchUp().catch((error: unknown) => this.tell('could not be brought up to date', error)),
      patience,
    );
    try {
      return await thread.ask(method, ...args);
    } catch (error) {
      // The thread was lost under way; a question that it could not answer would fail again.
      if (this.isStopped || this.running?.thread === thread) throw error;
      const other = this.run();
      await patient(other.read, PATIENCE);
      return other.thread.ask(method, ...args);
    }
  }

  /** Hears of writes in this process at once; of others the follower finds out. */
  listen(): void {
    const written = () => this.running?.follower.noticeWrite();
    this.strapi.db.lifecycles.subscribe({
      models: Object.values(UIDS),
      afterCreate: written,
      afterCreateMany: written,
      afterUpdate: written,
      afterDeleteMany: written,
      afterDelete: ({ model, result }) => this.running?.follower.noticeRemoval(model.uid, (result as { id?: unknown } | null)?.id),
      // Strapi leaves the dates of such rows as they were, and afterwards the condition may no longer tell which ones they are.
      beforeUpdateMany: async ({ model, params, state }) => {
        if (!this.running) return;
        const where = params.where as object;
        state.ids = (await this.strapi.db.query(model.uid as never).findMany({ select: ['id'], where })).map(({ id }) => Number(id));
      },
      afterUpdateMany: ({ model, state }) => this.running?.follower.noticeRows(model.uid, (state.ids as number[] | undefined) ?? []),
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running?.thread.stop();
    this.running = undefined;
  }

  private run(): Running {
    if (this.running) return this.running;
    const thread = startThread((error) => {
      this.running = undefined;
      this.tell('was lost and is read again with the next request', error);
    });
    const host = hostOf(this.strapi);
    const follower = new Follower(host, { apply: (changes) => thread.ask('apply', changes) });
    const read = follower.readAll().then(() => thread.ask('prepare'));
    read.catch((error: unknown) => {
      // The next request tries again.
      if (this.running?.thread === thread) this.running = undefined;
      if (!this.isStopped) this.tell('could not be read', error);
      void thread.stop();
    });
    this.running = { thread, follower, read };
    return this.running;
  }

  private tell(what: string, error: unknown): void {
    if (this.isStopped) return;
    this.strapi.log.warn(`[curation] The index of the suggestions ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Waits for something, but not for ever. */
const patient = async (work: Promise<void>, milliseconds: number): Promise<void> => {
  const controller = new AbortController();
  const timeout = wait(milliseconds, undefined, { signal: controller.signal, ref: false }).catch(() => {});
  try {
    await Promise.race([work, timeout]);
  } finally {
    controller.abort();
  }
};
