import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import knex from 'knex';

export const CLIENTS = ['sqlite', 'postgres', 'mysql'] as const;
export type DatabaseClient = (typeof CLIENTS)[number];

/** A database of one test file, and what an app's environment must say to use it. */
export interface TemporaryDatabase {
  client: DatabaseClient;
  env: Record<string, string>;
  drop(): Promise<void>;
}

const isClient = (name: string): name is DatabaseClient => (CLIENTS as readonly string[]).includes(name);

/** The databases that this run is about: the integration tests run once on each. */
export const testClients = (): DatabaseClient[] =>
  (process.env.TEST_CLIENT ?? 'sqlite').split(',').map((name) => {
    if (!isClient(name)) throw new Error(`TEST_CLIENT has "${name}"; it must be one of ${CLIENTS.join(', ')}`);
    return name;
  });

/** The database that a test file is about. */
export const testClient = (): DatabaseClient => testClients()[0]!;

interface Server {
  host: string;
  port: number;
  user: string;
  password: string;
}

const environment = (client: DatabaseClient, { host, port, user, password }: Server, name: string) => ({
  DATABASE_CLIENT: client,
  DATABASE_HOST: host,
  DATABASE_PORT: String(port),
  DATABASE_NAME: name,
  DATABASE_USERNAME: user,
  DATABASE_PASSWORD: password,
});

const onSqlite = async (name: string): Promise<TemporaryDatabase> => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), `${name}-`));
  return {
    client: 'sqlite',
    env: { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'data.db') },
    drop: () => fs.rm(folder, { recursive: true, force: true }),
  };
};

const onServer = async (client: 'postgres' | 'mysql', server: Server, name: string, [create, drop]: [string, string]) => {
  const execute = async (sql: string) => {
    const driver = client === 'postgres' ? 'pg' : 'mysql2';
    const connection = knex({ client: driver, connection: { ...server, ...(client === 'postgres' && { database: 'postgres' }) } });
    try {
      await connection.raw(sql);
    } finally {
      await connection.destroy();
    }
  };
  await execute(create);
  const database: TemporaryDatabase = { client, env: environment(client, server, name), drop: () => execute(drop) };
  return database;
};

const onPostgres = (name: string) => {
  const { PGHOST = '127.0.0.1', PGPORT = '5432', PGUSER = 'postgres', PGPASSWORD = '' } = process.env;
  const server = { host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD };
  return onServer('postgres', server, name, [`CREATE DATABASE ${name}`, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]);
};

const onMysql = (name: string) => {
  const { MYSQL_HOST = '127.0.0.1', MYSQL_PORT = '3306', MYSQL_USER = 'root', MYSQL_PASSWORD = '' } = process.env;
  const server = { host: MYSQL_HOST, port: Number(MYSQL_PORT), user: MYSQL_USER, password: MYSQL_PASSWORD };
  return onServer('mysql', server, name, [`CREATE DATABASE ${name} CHARACTER SET utf8mb4`, `DROP DATABASE IF EXISTS ${name}`]);
};

const CREATE = { sqlite: onSqlite, postgres: onPostgres, mysql: onMysql };

/** An empty one. */
export const createDatabase = (client = testClient()): Promise<TemporaryDatabase> =>
  CREATE[client](`curation_test_${randomBytes(6).toString('hex')}`);
