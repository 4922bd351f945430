import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';

/**
 * What of the world outside a test needs. Each answers with the environment that leads the tests there, or with the reason why it cannot.
 *
 * @typedef {{env: Record<string, string>} | {reason: string}} Answer
 */

const TIMEOUT = 3000;

/** Connections refused on both addresses of localhost come as one error without a message of its own. */
const messageOf = (error) => error.message || error.errors?.map(({ message }) => message).join('; ') || error.code;

/** @returns {Promise<Answer>} */
const postgres = async () => {
  const { default: pg } = await import('pg');
  const { PGHOST = 'localhost', PGPORT = '5432', PGUSER, PGPASSWORD = '' } = process.env;
  const users = PGUSER ? [PGUSER] : ['postgres', os.userInfo().username];
  let reason;
  for (const user of users) {
    const client = new pg.Client({
      host: PGHOST,
      port: Number(PGPORT),
      user,
      password: PGPASSWORD,
      database: 'postgres',
      connectionTimeoutMillis: TIMEOUT,
    });
    try {
      await client.connect();
      return { env: { PGHOST, PGPORT, PGUSER: user, PGPASSWORD } };
    } catch (error) {
      reason = `no PostgreSQL answers at ${PGHOST}:${PGPORT} for ${user} (${messageOf(error)}); set PGHOST, PGPORT, PGUSER, PGPASSWORD`;
    } finally {
      await client.end().catch(() => {});
    }
  }
  return { reason };
};

/** @returns {Promise<Answer>} */
const mysql = async () => {
  const { default: driver } = await import('mysql2/promise');
  const { MYSQL_HOST = '127.0.0.1', MYSQL_PORT = '3306', MYSQL_USER = 'root', MYSQL_PASSWORD = '' } = process.env;
  try {
    const connection = await driver.createConnection({
      host: MYSQL_HOST,
      port: Number(MYSQL_PORT),
      user: MYSQL_USER,
      password: MYSQL_PASSWORD,
      connectTimeout: TIMEOUT,
    });
    await connection.end();
    return { env: { MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD } };
  } catch (error) {
    const where = `${MYSQL_HOST}:${MYSQL_PORT} for ${MYSQL_USER}`;
    return {
      reason: `no MariaDB or MySQL answers at ${where} (${messageOf(error)}); set MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD`,
    };
  }
};

/** @returns {Promise<Answer>} */
const sqlite = async () => ({ env: {} });

const BROWSERS = ['chromium', 'google-chrome', 'chromium-browser'];

const onPath = (name) => {
  try {
    return execFileSync('which', [name], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
};

/** @returns {Promise<Answer>} */
const chromium = async () => {
  const found = process.env.CHROMIUM_PATH ?? BROWSERS.map(onPath).find(Boolean);
  if (found && fs.existsSync(found)) return { env: { CHROMIUM_PATH: found } };
  return {
    reason: found ? `CHROMIUM_PATH names ${found}, which is not there` : `no ${BROWSERS.join(', ')} on the path; set CHROMIUM_PATH`,
  };
};

export const SERVICES = { sqlite, postgres, mysql, chromium };
