import knex, { type Knex } from 'knex';

import type { TemporaryDatabase } from './database';

/** A connection of the test's own, beside those of the processes that it watches. */
export const connect = ({ client, env }: TemporaryDatabase, database = env.DATABASE_NAME): Knex => {
  if (client === 'sqlite') {
    const connection = { filename: env.DATABASE_FILENAME! };
    // The driver waits for a lock without letting go of the process: a test would sleep through the moment that it waits for.
    const afterCreate = (driver: { pragma(text: string): void }, done: () => void) => {
      driver.pragma('busy_timeout = 10');
      done();
    };
    return knex({
      client: 'better-sqlite3',
      connection,
      useNullAsDefault: true,
      pool: { min: 1, max: 1, afterCreate },
      log: { warn: () => {} },
    });
  }
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_USERNAME: user, DATABASE_PASSWORD: password } = env;
  return knex({ client: client === 'postgres' ? 'pg' : 'mysql2', connection: { host, port: Number(port), user, password, database } });
};
