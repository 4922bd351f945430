import { TABLES } from '../../../content-types/tables/uids';
import { randomBytes } from 'node:crypto';

import type { Knex } from 'knex';

import type { Host } from '../../../migrations/apply/host';
import { chunksOf, type Row } from '../../../migrations/apply/select';

import { askAgain } from './ask-again';

const NAME = 'deliveries';
const makeStamp = (): string => randomBytes(6).toString('hex');

const BATCH = 10_000;
const CHUNK = 1_000;
/** Older cursors start again. */
const KEPT_MARKS = 100_000;

export interface Mark {
  number: number;
  /** Random, with the number: after a restore the same number has another one. */
  stamp: string;
}

/** How far the counting of changes has come. */
export interface Sequence extends Mark {
  /** Milliseconds since 1970. */
  changedAt: number;
  format: string | null;
  /** True where a change is committed and not counted, because another transaction holds its row: the number says nothing of it. */
  isBehind: boolean;
}

/** READ COMMITTED everywhere: what another transaction committed before the lock was taken is seen, and InnoDB locks no gaps. */
export const ownTransaction = <T>(host: Host, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> =>
  host.knex.transaction(work, host.client === 'sqlite' ? undefined : { isolationLevel: 'read committed' });

const toSequence = (host: Host, row: Row): Omit<Sequence, 'isBehind'> => {
  const { columns } = host.tables(TABLES.sequence);
  return {
    number: Number(row[columns.number!]),
    stamp: row[columns.stamp!] as string,
    changedAt: Number(row[columns.changedAt!]),
    format: row[columns.format!] as string | null,
  };
};

/** Makes the one row that the counting needs. Two nodes that start together both may try. */
export const ensureSequence = async (host: Host): Promise<void> => {
  const { table, columns } = host.tables(TABLES.sequence);
  if (await host.knex(table).where(columns.name!, NAME).first()) return;
  const row = {
    [columns.name!]: NAME,
    [columns.number!]: 0,
    [columns.stamp!]: '',
    [columns.changedAt!]: Date.now(),
    [columns.format!]: null,
  };
  await host.knex(table).insert(row).onConflict(columns.name!).ignore();
};

/** Asked for every request, so its text is made once. */
const questions = new WeakMap<Host, string>();

const questionOf = (host: Host): string => {
  const known = questions.get(host);
  if (known !== undefined) return known;
  const { table, columns } = host.tables(TABLES.sequence);
  const deliveries = host.tables(TABLES.delivery);
  const { id, number } = deliveries.columns;
  // In the order of the index: where PostgreSQL takes many for not counted it reads the table from its beginning until it meets one.
  const waiting = host.knex(deliveries.table).whereNull(number!).orderBy([number!, id!]).select(id!).limit(1);
  const text = host.knex(table).where(columns.name!, NAME).select('*', waiting.as('waiting')).toString();
  questions.set(host, text);
  return text;
};

const readSequence = async (host: Host): Promise<Sequence> => {
  const [row] = (await askAgain(host, questionOf(host))) as [Row];
  return { ...toSequence(host, row), isBehind: row.waiting !== null };
};

/** The form in which the table was last made whole. Counts nothing: who only asks this, such as a command that starts Strapi, writes nothing. */
export const formatOfTable = async (host: Host): Promise<string | null> => (await readSequence(host)).format;

/** A statement that changes nothing, but takes the lock on every database, SQLite too. */
const lockSequence = async (host: Host, trx: Knex.Transaction): Promise<void> => {
  const { table, columns } = host.tables(TABLES.sequence);
  await trx(table)
    .where(columns.name!, NAME)
    .update({ [columns.name!]: NAME });
};

/** Counts on by one, under the lock. @returns the number, and the moment: never before that of an earlier number, whatever a node's clock says */
const giveNumber = async (host: Host, trx: Knex.Transaction, values: Row = {}): Promise<Pick<Sequence, 'number' | 'changedAt'>> => {
  const { table, columns } = host.tables(TABLES.sequence);
  const marks = host.tables(TABLES.mark);
  const stamp = makeStamp();
  const before = toSequence(host, (await trx(table).where(columns.name!, NAME).first()) as Row);
  const number = before.number + 1;
  const changedAt = Math.max(Date.now(), before.changedAt);
  await trx(table)
    .where(columns.name!, NAME)
    .update({ [columns.number!]: number, [columns.stamp!]: stamp, [columns.changedAt!]: changedAt, ...values });
  await trx(marks.table).insert({ [marks.columns.number!]: number, [marks.columns.stamp!]: stamp });
  return { number, changedAt };
};

/**
 * Gives one number to all changes that are committed and have none, under a lock that lasts until the commit. Who sees a number therefore
 * sees everything with a smaller one, in whatever order the transactions that made the changes were committed. Rows that a transaction
 * holds at the moment are left to the next time: nobody waits for them here.
 *
 * @returns true where there may be more
 */
const countBatch = (host: Host): Promise<boolean> =>
  ownTransaction(host, async (trx) => {
    const marks = host.tables(TABLES.mark);
    const { table, columns } = host.tables(TABLES.delivery);
    await lockSequence(host, trx);
    const query = trx(table).whereNull(columns.number!).select(columns.id!).limit(BATCH);
    const ids = ((await (host.client === 'sqlite' ? query : query.forUpdate().skipLocked())) as Row[]).map(
      (row) => row[columns.id!] as number,
    );
    if (ids.length === 0) return false;
    const { number, changedAt } = await giveNumber(host, trx);
    for (const chunk of chunksOf(ids, CHUNK))
      await trx(table)
        .whereIn(columns.id!, chunk)
        .update({ [columns.number!]: number, [columns.changedAt!]: changedAt });
    await trx(marks.table)
      .where(marks.columns.number!, '<', number - KEPT_MARKS)
      .delete();
    return ids.length === BATCH;
  });

/** How far the table has come, every committed change counted that nobody holds. */
export const currentSequence = async (host: Host): Promise<Sequence> => {
  const sequence = await readSequence(host);
  if (!sequence.isBehind) return sequence;
  while (await countBatch(host));
  const counted = await readSequence(host);
  // What is not counted may have changed just now.
  return counted.isBehind ? { ...counted, changedAt: Date.now() } : counted;
};

/** Forgets every number that was given, so that every cursor starts again, and notes in which form the table is written now. */
export const startAgain = async (host: Host, trx: Knex.Transaction, format: string): Promise<void> => {
  const sequences = host.tables(TABLES.sequence);
  await lockSequence(host, trx);
  await trx(host.tables(TABLES.mark).table).delete();
  await giveNumber(host, trx, { [sequences.columns.format!]: format });
};

/** True where the number was given by this very database, and is still remembered. */
export const isKnownMark = async (host: Host, { number, stamp }: Mark): Promise<boolean> => {
  const { table, columns } = host.tables(TABLES.mark);
  return Boolean(
    await host
      .knex(table)
      .where({ [columns.number!]: number, [columns.stamp!]: stamp })
      .first(),
  );
};

/** The mark that a number was given with. */
export const markOf = async (host: Host, number: number): Promise<Mark> => {
  const { table, columns } = host.tables(TABLES.mark);
  const row = (await host.knex(table).where(columns.number!, number).first()) as Row | undefined;
  // Forgotten: whoever comes back with it is told to start again.
  return { number, stamp: row ? (row[columns.stamp!] as string) : '000000000000' };
};
