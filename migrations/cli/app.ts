import fs from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import path from 'node:path';

import type { Host } from '../apply/host';
import { EXIT, UserError } from '../errors';
import type { Limits } from '../source/limits';
import { interruptible } from './interrupt';
import { keepOutputClean, tell } from './output';

/** The table of ready answers for sites, which the plugin's other half keeps. */
export interface Answers {
  state(): Promise<{ isBuilt: boolean; waiting: number }>;
  check(): Promise<{ right: number; stale: number; missing: number; extra: number }>;
  rebuild(): Promise<void>;
}

/** The part of a Strapi app that the command line uses. */
export interface App {
  host: Host;
  answers: Answers;
  limits: Limits;
}

interface Strapi {
  log: { level: string };
  config: { get(path: string): unknown; set(path: string, value: unknown): void };
  load(): Promise<Strapi>;
  destroy(): Promise<void>;
  plugin(name: string): { service(name: string): unknown } | undefined;
}

interface StrapiModule {
  compileStrapi(options: { appDir: string }): Promise<{ appDir: string; distDir: string }>;
  createStrapi(options: { appDir: string; distDir: string }): Strapi;
}

/** Strapi as the app itself has it: two copies in one process know nothing of each other. */
const strapiOf = (appDir: string): StrapiModule => {
  const manifest = path.join(appDir, 'package.json');
  const config = path.join(appDir, 'config');
  const hasDatabase = fs.existsSync(config) && fs.readdirSync(config).some((name) => /^database\.[cm]?[jt]s(on)?$/.test(name));
  if (!fs.existsSync(manifest) || !hasDatabase) {
    throw new UserError(
      `${appDir} is no Strapi app: it has no ${hasDatabase ? 'package.json' : 'config/database'}. Name the app's folder with --app.`,
    );
  }
  try {
    return createRequire(manifest)('@strapi/strapi') as StrapiModule;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UserError(`${appDir} is no Strapi app: @strapi/strapi is not installed there. Name the app's folder with --app.`);
  }
};

/** A tenth of the work of a start is compiling Strapi. From 22.1 on Node.js keeps for the next command what it compiled. */
const { enableCompileCache } = nodeModule as { enableCompileCache?(): unknown };

/** What Strapi's own answer would be; to ask it of an app in JavaScript would load the compiler of TypeScript first, a tenth of the work of a start. */
const compiled = async ({ compileStrapi }: StrapiModule, appDir: string): Promise<{ appDir: string; distDir: string }> =>
  fs.existsSync(path.join(appDir, 'tsconfig.json')) ? compileStrapi({ appDir }) : { appDir, distDir: appDir };

/** What the drivers of the databases say where there is no way in. */
const NO_DATABASE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|28P01|28000|3D000|ER_(DB)?ACCESS_DENIED(_NO_PASSWORD)?_ERROR|ER_BAD_DB_ERROR|SQLITE_(CANTOPEN|NOTADB|CORRUPT)\w*)$/;

const explainStart = (error: NodeJS.ErrnoException): Error => {
  const what = NO_DATABASE.test(error.code ?? '') ? 'The database of the app cannot be reached' : 'Strapi did not start';
  return Object.assign(new UserError(`${what}: ${error.message}`, EXIT.failed), { stack: error.stack });
};

/**
 * Starts the user's Strapi app without its server, does the work, and stops it again.
 *
 * @param folder the app's folder
 * @throws UserError where there is no app, or the plugin is not enabled in it; an Error that names the database where that is the trouble
 */
export const withApp = async <T>(folder: string, work: (app: App) => Promise<T>): Promise<T> => {
  const appDir = path.resolve(folder);
  enableCompileCache?.();
  const strapiModule = strapiOf(appDir);
  keepOutputClean();
  if (process.stderr.isTTY) tell('Starting Strapi…');
  // Strapi reads .env from the folder it is started in.
  process.chdir(appDir);

  const strapi = strapiModule.createStrapi(await compiled(strapiModule, appDir));
  // What an app warns about at every start is not this command's to tell.
  strapi.log.level = 'error';
  strapi.config.set('server.cron.enabled', false);
  // This command is the one that imports; the app's own configuration is read later and would win over any other place.
  strapi.config.set('curation.commandLine', true);
  await strapi.load().catch((error: unknown) => {
    throw explainStart(error as NodeJS.ErrnoException);
  });
  strapi.log.level = 'warn';
  try {
    const plugin = strapi.plugin('curation');
    if (!plugin) {
      throw new UserError(`The plugin is not enabled in ${appDir}. Add "curation: { enabled: true }" to config/plugins.`, EXIT.failed);
    }
    const limits = strapi.config.get('plugin::curation.limits') as Limits;
    return await work({ host: interruptible(plugin.service('host') as Host), answers: plugin.service('delivery') as Answers, limits });
  } finally {
    await strapi.destroy();
  }
};
