import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { createStrapi, type Core } from '@strapi/strapi';

import type { TemporaryDatabase } from './database';
import { PLAYGROUND } from './paths';
import { createPublicDir } from './public-dir';
import { createReadyDatabase } from './template/template';

interface Options {
  /** Listens on a free port of 127.0.0.1. Without it `strapi.server.httpServer` is ready for supertest all the same. */
  listen?: boolean;
  /** Values that are set before Strapi loads, by their path: `{'api.rest.maxLimit': 5}`. */
  config?: Record<string, unknown>;
  /** A folder like an app's src/extensions. */
  extensions?: string;
  /** More of the environment, such as PUBLIC_DIR. */
  env?: Record<string, string>;
  /** A database of the test's own, which the test drops. Without it a new one is made, and dropped on stop. */
  database?: TemporaryDatabase;
}

export interface RunningStrapi {
  strapi: Core.Strapi;
  database: TemporaryDatabase;
  /** `http://127.0.0.1:<port>`; throws without `listen`. */
  readonly url: string;
  stop(): Promise<void>;
}

let running = false;

const listenOnFreePort = (strapi: Core.Strapi) =>
  new Promise<string>((resolve) => {
    strapi.server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(strapi.server.httpServer.address() as AddressInfo).port}`);
    });
  });

/** Events read their entry again after the commit, and nobody waits for them: a closed pool would make each an unhandled rejection. */
const settle = async (strapi: Core.Strapi) => {
  const { pool } = strapi.db.connection.client as { pool: { numUsed(): number; numPendingAcquires(): number } };
  do await wait(20);
  while (pool.numUsed() + pool.numPendingAcquires() > 0);
};

/**
 * Boots the playground in this process, on a database of its own of the client that TEST_CLIENT names. One at a time: Strapi is a global.
 */
export const startStrapi = async ({
  listen = true,
  config = {},
  env = {},
  extensions,
  database: given,
}: Options = {}): Promise<RunningStrapi> => {
  if (running) throw new Error('A Strapi runs in this test file already: stop it first');
  running = true;
  const database = given ?? (await createReadyDatabase());
  const publicDir = await createPublicDir();
  Object.assign(process.env, publicDir.env, database.env, env);

  const strapi = createStrapi({ appDir: PLAYGROUND, distDir: PLAYGROUND });
  strapi.log.level = process.env.TEST_LOG ?? 'error';
  // knex tells on every table that MySQL has no transactions around DDL, through console.log, two hundred times a boot.
  strapi.config.set('database.connection.log', { warn: () => {} });
  for (const [path, value] of Object.entries(config)) strapi.config.set(path, value);
  if (extensions) strapi.dirs.dist.extensions = extensions;
  await strapi.load();
  strapi.server.mount();
  const url = listen ? await listenOnFreePort(strapi) : undefined;

  return {
    strapi,
    database,
    get url() {
      if (url === undefined) throw new Error('This Strapi does not listen: startStrapi({listen: true})');
      return url;
    },
    async stop() {
      await settle(strapi);
      await strapi.destroy();
      if (!given) await database.drop();
      await publicDir.remove();
      running = false;
    },
  };
};
