import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { ROOT } from './paths';

const execute = promisify(execFile);

/** What every Strapi app has without the plugin: the plugin's peers, and what Strapi itself asks for. */
const STRAPI = [
  '@strapi/strapi',
  '@strapi/plugin-users-permissions',
  '@strapi/design-system',
  '@strapi/icons',
  'better-sqlite3',
  'react',
  'react-dom',
  'react-router-dom',
  'styled-components',
];

const SECRETS = {
  APP_KEYS: 'a-key,another-key',
  ADMIN_JWT_SECRET: 'admin-jwt',
  API_TOKEN_SALT: 'token-salt',
  TRANSFER_TOKEN_SALT: 'transfer-salt',
  ENCRYPTION_KEY: 'an-encryption-key-of-32-letters!',
  JWT_SECRET: 'jwt',
};

const CONFIG = {
  'config/server.js': "module.exports = ({ env }) => ({ host: '127.0.0.1', port: 0, app: { keys: env.array('APP_KEYS') } });",
  'config/admin.js': `module.exports = ({ env }) => ({
    auth: { secret: env('ADMIN_JWT_SECRET') },
    apiToken: { salt: env('API_TOKEN_SALT') },
    transfer: { token: { salt: env('TRANSFER_TOKEN_SALT') } },
    secrets: { encryptionKey: env('ENCRYPTION_KEY') },
  });`,
  'config/database.js': `module.exports = () => ({
    connection: { client: 'sqlite', connection: { filename: require('node:path').join(__dirname, '..', 'data.db') }, useNullAsDefault: true },
  });`,
  'config/middlewares.js': `module.exports = ${JSON.stringify(
    ['logger', 'errors', 'security', 'cors', 'poweredBy', 'query', 'body', 'session', 'favicon', 'public'].map((name) => `strapi::${name}`),
  )};`,
  'public/uploads/.gitkeep': '',
  'public/robots.txt': '',
  'start.js': `const { createStrapi } = require('@strapi/strapi');
    createStrapi({ appDir: __dirname, distDir: __dirname, serveAdminPanel: false }).load().then((strapi) => {
      strapi.server.mount().listen(0, '127.0.0.1', () => console.log('port ' + strapi.server.httpServer.address().port));
    });`,
};

const write = async (folder: string, files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) {
    await fs.mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await fs.writeFile(path.join(folder, name), text);
  }
};

/** Packs the plugin as `npm publish` would. */
const pack = async (into: string) => {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', into], { cwd: ROOT });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return path.join(into, filename);
};

export interface ForeignApp {
  folder: string;
  /** Runs something in the app's folder, as its developer would. */
  execute(command: string, ...args: string[]): Promise<{ stdout: string; stderr: string }>;
  start(): Promise<{ url: string; stop: () => Promise<void> }>;
  remove(): Promise<void>;
}

/**
 * An app of somebody else's with the packed plugin in it. npm installs the tarball and what its package.json names, nothing more: Strapi and
 * the peers are links into this repository, and a module found through a link looks for its own company there. So what the plugin forgets
 * to name is missing here as it would be there, and installing Strapi, which takes minutes, is left out.
 */
export const createForeignApp = async (): Promise<ForeignApp> => {
  // Outside the repository, or Node would find what is missing in the folders above.
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'curation-foreign-app-'));
  const tarball = await pack(folder);
  await write(folder, {
    ...CONFIG,
    'package.json': JSON.stringify({ name: 'foreign-app', private: true, dependencies: { 'strapi-plugin-curation': `file:${tarball}` } }),
  });
  await execute('npm', ['install', '--legacy-peer-deps', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  for (const name of STRAPI) {
    const link = path.join(folder, 'node_modules', name);
    await fs.mkdir(path.dirname(link), { recursive: true });
    await fs.symlink(path.join(ROOT, 'node_modules', name), link);
  }
  // What the app's own package.json would name; npm would fetch them if it had known.
  const dependencies = { 'strapi-plugin-curation': `file:${tarball}`, ...Object.fromEntries(STRAPI.map((name) => [name, '*'])) };
  await write(folder, { 'package.json': JSON.stringify({ name: 'foreign-app', private: true, dependencies }) });

  const env = {
    ...process.env,
    ...SECRETS,
    NODE_ENV: 'production',
    STRAPI_TELEMETRY_DISABLED: 'true',
    // Strapi looks for plugins beside itself. In a real app that is this folder; here it is at the other end of a link.
    NODE_PATH: path.join(folder, 'node_modules'),
  };
  return {
    folder,
    execute: (command, ...args) => execute(command, args, { cwd: folder, env }),
    start: async () => {
      const child = spawn(process.execPath, ['start.js'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      const exited = new Promise((resolve) => child.once('exit', resolve));
      const lines: string[] = [];
      child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
      const port = await new Promise<string>((resolve, reject) => {
        createInterface(child.stdout).on('line', (line) => {
          lines.push(line);
          if (line.startsWith('port ')) resolve(line.slice('port '.length));
        });
        child.once('exit', (code) => reject(new Error(`the app ended with exit code ${code} before it listened:\n${lines.join('\n')}`)));
      });
      return {
        url: `http://127.0.0.1:${port}`,
        stop: async () => {
          child.kill('SIGTERM');
          await exited;
        },
      };
    },
    remove: () => fs.rm(folder, { recursive: true, force: true }),
  };
};
