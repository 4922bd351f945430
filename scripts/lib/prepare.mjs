import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { PLAYGROUND, ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { Stop, step } from './terminal.mjs';

const OLDEST_NODE = 20;

const readJson = (file) => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Every file and folder below the given ones. A folder counts too: its time tells that a file was removed. */
const walk = (names) =>
  names
    .filter((name) => fs.existsSync(name))
    .flatMap((name) => {
      const stat = fs.statSync(name);
      if (!stat.isDirectory()) return [{ name, stat }];
      const below = fs.readdirSync(name).sort();
      return [{ name, stat }, ...walk(below.map((entry) => path.join(name, entry)))];
    });

/**
 * The packages that package-lock.json asks for and node_modules does not hold. File times would not do: they change with every checkout, and
 * installing takes minutes.
 */
const missingPackages = () => {
  const wanted = readJson(path.join(ROOT, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(path.join(ROOT, 'node_modules', '.package-lock.json'))?.packages ?? {};
  return Object.entries(wanted)
    .filter(([name, { version, optional }]) => name && !optional && installed[name]?.version !== version)
    .map(([name]) => name);
};

const install = async () => {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Stop(`This needs Node.js ${OLDEST_NODE} or later; here runs ${process.version}.`);
  }
  const missing = missingPackages().length;
  if (missing === 0) return;
  // `npm ci` throws away what is there: right for a new clone, minutes lost where a few packages changed.
  const command = fs.existsSync(path.join(ROOT, 'node_modules')) ? ['npm', 'install', '--no-save'] : ['npm', 'ci'];
  await step(`Installing ${missing} packages with \`${command.join(' ')}\` (once, 1 to 5 minutes)`, async () => {
    await run([...command, '--no-audit', '--no-fund']);
  });
};

const BUILT = [
  ...['admin', 'cli', 'reading-worker', 'server', 'suggestions-worker'].flatMap((name) => [`${name}/index.js`, `${name}/index.mjs`]),
  'delivery/public.d.ts',
];
const SOURCES = ['admin/src', 'content-types', 'migrations', 'server/src', 'package.json', 'tsconfig.json', 'packup.config.ts'];

const buildPlugin = async () => {
  const built = BUILT.map((name) => path.join(ROOT, 'dist', name));
  const oldest = built.every((name) => fs.existsSync(name)) ? Math.min(...built.map((name) => fs.statSync(name).mtimeMs)) : 0;
  if (walk(SOURCES.map((name) => path.join(ROOT, name))).every(({ stat }) => stat.mtimeMs <= oldest)) return;
  await step('Building the plugin (5 s)', async () => {
    // `npm run build` is silent, about errors too.
    await run(['npm', 'exec', '--', 'strapi-plugin', 'build']);
    await run(['npm', 'exec', '--', 'tsc', '--project', 'tsconfig.delivery.json']);
  });
};

const digest = (names) => {
  const hash = createHash('sha256');
  for (const { name, stat } of walk(names)) {
    if (stat.isFile()) hash.update(`${path.relative(ROOT, name)}\0${stat.size}\0`).update(fs.readFileSync(name));
  }
  return hash.digest('hex');
};

/** The panel is bundled with the plugin's half of it, so it is rebuilt when that or a package changed, and at no other time. */
const buildAdmin = async () => {
  const build = path.join(PLAYGROUND, 'build');
  // Inside the folder, so that whoever removes or replaces the build removes the claim too.
  const note = path.join(build, '.made-from');
  const made = digest([
    path.join(ROOT, 'dist', 'admin'),
    path.join(ROOT, 'package-lock.json'),
    ...['package.json', 'src', 'config'].map((name) => path.join(PLAYGROUND, name)),
  ]);
  if (fs.existsSync(path.join(build, 'index.html')) && fs.existsSync(note) && fs.readFileSync(note, 'utf8') === made) return;
  await step("Building the playground's admin panel (40 s, longer on a busy machine)", async () => {
    await run([process.execPath, path.join(ROOT, 'node_modules', '@strapi', 'strapi', 'bin', 'strapi.js'), 'build'], {
      cwd: PLAYGROUND,
      env: { NODE_ENV: 'production' },
    });
    if (!fs.existsSync(path.join(build, 'index.html'))) throw new Stop('`strapi build` ended without an admin panel in playground/build.');
    fs.writeFileSync(note, made);
  });
};

/** Brings what is missing or stale: packages, the plugin's build, and with `admin` the playground's panel. */
export const prepare = async ({ admin }) => {
  await install();
  await buildPlugin();
  if (admin) await buildAdmin();
};
