import { TABLES } from '../../content-types/tables/uids';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

import type { Knex } from 'knex';

import { EXIT, UserError } from '../errors';
import type { Host } from './host';
import { isKnownGone, processSpace } from './process-space';
import type { Row } from './select';
import { userName } from './user-name';

const NAME = 'import';
/** How long a holder that says nothing more is taken to be alive. */
const LEASE_MS = Number(process.env.CURATION_LEASE_MS) || 30_000;
const BEATS = 3;
/** How long an editor's change waits for another one. */
const PATIENCE_MS = 5_000;
const TRIES = 25;

/** Who holds the lease, for a person who wonders. */
export interface Holder {
  owner: string;
  user: string;
  host: string;
  pid: number;
  startedAt: string;
  /** True while the lease is in force, and its holder not known to be gone; false for what a holder that died left behind. */
  isAlive: boolean;
}

const describe = ({ user, host, pid, startedAt }: Holder): string => `${user} on ${host} (process ${pid}), since ${startedAt}`;

/** The database's own clock, in milliseconds: the machines that share it may not agree on the time. */
const CLOCK: Record<Host['client'], string> = {
  sqlite: "select cast((julianday('now') - 2440587.5) * 86400000 as integer) as now",
  postgres: 'select floor(extract(epoch from clock_timestamp()) * 1000) as now',
  mysql: 'select floor(unix_timestamp(now(3)) * 1000) as now',
};

const clock = async (host: Host, knex: Knex): Promise<number> => {
  const answer = (await knex.raw(CLOCK[host.client])) as Row[] | { rows: Row[] } | [Row[]];
  const rows = 'rows' in answer ? answer.rows : Array.isArray(answer[0]) ? answer[0] : (answer as Row[]);
  return Number(rows[0]!.now);
};

const names = (host: Host) => host.tables(TABLES.lease);

const readHolder = async (host: Host, knex: Knex, { lock = false } = {}): Promise<Holder | undefined> => {
  const { table, columns } = names(host);
  const query = knex(table).where(columns.name!, NAME).first();
  // SQLite has one writer at a time and no word for this.
  const row = (await (lock && host.client !== 'sqlite' ? query.forUpdate() : query)) as Row | undefined;
  if (!row) return undefined;
  const pid = Number(row[columns.pid!]);
  const isInForce = Number(row[columns.expiresAt!]) > (await clock(host, knex));
  return {
    owner: row[columns.owner!] as string,
    user: row[columns.user!] as string,
    host: row[columns.host!] as string,
    pid,
    startedAt: new Date(Number(row[columns.startedAt!])).toISOString(),
    isAlive: isInForce && !isKnownGone(pid, row[columns.processSpace!] as string | null),
  };
};

/** Who holds the lease, if anybody does or did. */
export const leaseHolder = (host: Host): Promise<Holder | undefined> => readHolder(host, host.knex);

const held = (holder: Holder): UserError =>
  new UserError(
    `Another run is under way: ${describe(holder)}. Wait for it; if it is gone, \`curation unlock\` releases its lease.`,
    EXIT.held,
  );

/**
 * A process that is stopped inside a transaction would keep its locks, and everybody waiting, for as long as it sleeps. PostgreSQL and MariaDB
 * can end it; SQLite and MySQL know nothing of the kind. MariaDB's limit stays with the connection: one that no healthy transaction reaches.
 */
const limitSilence = async ({ client }: Host, trx: Knex.Transaction): Promise<void> => {
  if (client === 'postgres') await trx.raw(`set local idle_in_transaction_session_timeout = ${LEASE_MS}`);
  if (client === 'mysql') {
    const [[answer]] = (await trx.raw('select version() as version')) as [[{ version: string }]];
    if (answer.version.includes('MariaDB')) await trx.raw(`set session idle_transaction_timeout = ${Math.ceil(LEASE_MS / 1000)}`);
  }
};

/** A heartbeat that waited for a long transaction comes late, and knows an earlier time than that has written: it takes nothing back. */
const later = (knex: Knex, column: string, moment: number): Knex.Raw =>
  knex.raw('case when ?? > ? then ?? else ? end', [column, moment, column, moment]);

const lost = (): UserError =>
  new UserError('This run fell silent for too long and lost its lease. What it had written is whole; run it again.', EXIT.held);

/** The right to write. It ends by itself when its owner falls silent, and an owner that wakes up again finds that it has lost it. */
export class Lease {
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly host: Host,
    private readonly owner: string,
  ) {
    this.timer = setInterval(() => void this.renew(host.knex).catch(() => undefined), LEASE_MS / BEATS);
    this.timer.unref();
  }

  /**
   * @param patience wait a few seconds for another run to end: an editor's changes are done in less
   * @throws UserError with exit code 5 where another run is under way
   */
  static async acquire(host: Host, { patience = false } = {}): Promise<Lease> {
    for (let tries = patience ? TRIES : 0; tries > 0 && (await leaseHolder(host))?.isAlive; tries -= 1) await wait(PATIENCE_MS / TRIES);
    const owner = randomUUID();
    const { table, columns } = names(host);
    await host
      .transaction(async (trx) => {
        await limitSilence(host, trx);
        const holder = await readHolder(host, trx, { lock: true });
        if (holder?.isAlive) throw held(holder);
        if (holder) await trx(table).where(columns.name!, NAME).delete();
        const now = await clock(host, trx);
        await trx(table).insert({
          [columns.name!]: NAME,
          [columns.owner!]: owner,
          [columns.user!]: userName(),
          [columns.host!]: os.hostname(),
          [columns.pid!]: process.pid,
          [columns.processSpace!]: processSpace ?? null,
          [columns.startedAt!]: now,
          [columns.expiresAt!]: now + LEASE_MS,
        });
      })
      .catch(async (error: unknown) => {
        // Two that start together both find the table empty; the unique index lets one in.
        const holder = await leaseHolder(host);
        throw holder?.isAlive && !(error instanceof UserError) ? held(holder) : error;
      });
    return new Lease(host, owner);
  }

  /**
   * Makes sure, inside a transaction that writes, that this process still is the one that may, and keeps it so until the commit.
   *
   * @throws UserError with exit code 5 where the lease has run out: whoever has it now is not written over
   */
  async assertHeld(trx: Knex.Transaction): Promise<void> {
    await limitSilence(this.host, trx);
    if (!(await this.renew(trx))) throw lost();
  }

  /**
   * Keeps a lease that may have run out during a transaction that began with `assertHeld`: nobody could take it meanwhile, for its row was locked.
   * To be called last; without it a transaction that takes longer than a lease lasts would be the last one of its run.
   */
  async keep(trx: Knex.Transaction): Promise<void> {
    const { table, columns } = names(this.host);
    const now = await clock(this.host, trx);
    await trx(table)
      .where({ [columns.name!]: NAME, [columns.owner!]: this.owner })
      .update({ [columns.expiresAt!]: now + LEASE_MS });
  }

  /** Tells an error of a run for what it is: of a connection that the database closed on a sleeper, the driver knows nothing but that it is closed. */
  async explain(error: unknown): Promise<unknown> {
    if (error instanceof UserError) return error;
    const isHeld = await this.renew(this.host.knex).catch(() => true);
    return isHeld ? error : lost();
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    const { table, columns } = names(this.host);
    // Where this fails the lease ends by itself, and what failed before it is what a person has to hear of.
    await this.host
      .knex(table)
      .where({ [columns.name!]: NAME, [columns.owner!]: this.owner })
      .delete()
      .catch(() => undefined);
  }

  private async renew(knex: Knex): Promise<boolean> {
    const { table, columns } = names(this.host);
    const now = await clock(this.host, knex);
    const count = await knex(table)
      .where({ [columns.name!]: NAME, [columns.owner!]: this.owner })
      .andWhere(columns.expiresAt!, '>', now)
      .update({ [columns.expiresAt!]: later(knex, columns.expiresAt!, now + LEASE_MS) });
    return count === 1;
  }
}

/**
 * Releases a lease whose owner is gone.
 *
 * @param force release it even though its owner may be alive
 * @returns whose it was; undefined where there was none
 * @throws UserError with exit code 5 where the owner is alive, as far as anybody can tell
 */
export const unlock = async (host: Host, { force = false } = {}): Promise<string | undefined> => {
  const holder = await leaseHolder(host);
  if (!holder) return undefined;
  if (holder.isAlive && !force) {
    throw new UserError(`The lease belongs to ${describe(holder)}, and it is in force. --force releases it all the same.`, EXIT.held);
  }
  const { table, columns } = names(host);
  await host
    .knex(table)
    .where({ [columns.name!]: NAME, [columns.owner!]: holder.owner })
    .delete();
  return describe(holder);
};
