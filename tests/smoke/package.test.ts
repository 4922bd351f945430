import fs from 'node:fs/promises';
import path from 'node:path';

import { createForeignApp, type ForeignApp } from '../support/foreign-app';
import { ROOT } from '../support/paths';

const STORY = `---
id: 4711
title: A story from elsewhere
slug: a-story-from-elsewhere
date: "2026-03-01"
categories: ["News: Nursing"]
---
<p>It came with the archive.</p>
`;

/** What the tsconfig of a Strapi app says besides. */
const STRAPIS = { esModuleInterop: true, skipLibCheck: true };

let app: ForeignApp;

/** What reads TOML is built into the package. */
const IN_TOML = '+++\ntitle = "The day shift"\n+++\nIt came with the archive.\n';

beforeAll(async () => {
  app = await createForeignApp();
  await fs.mkdir(path.join(app.folder, 'archive'));
  await fs.writeFile(path.join(app.folder, 'archive', 'story.md'), STORY);
  await fs.writeFile(path.join(app.folder, 'archive', 'toml.md'), IN_TOML);
}, 300_000);

afterAll(() => app.remove());

const curation = (...args: string[]) => app.execute('npx', '--no-install', 'curation', ...args);

const json = async (url: string, { method = 'GET', token, body }: { method?: string; token?: string; body?: object } = {}) => {
  const headers = { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as { data: { token: string }; roles: { id: number; type: string }[] } };
};

/** What a developer does under Settings > Users & Permissions > Roles > Public. */
const openTopics = async (url: string) => {
  const person = { email: 'a@example.com', password: 'Password-1', firstname: 'A', lastname: 'B' };
  const { token } = (await json(`${url}/admin/register-admin`, { method: 'POST', body: person })).body.data;
  const { roles } = (await json(`${url}/users-permissions/roles`, { token })).body;
  const role = roles.find(({ type }) => type === 'public')!;
  const permissions = { 'plugin::curation': { controllers: { topic: { find: { enabled: true, policy: '' } } } } };
  const body = { name: 'Public', description: 'Everybody', permissions, users: [] };
  expect((await json(`${url}/users-permissions/roles/${role.id}`, { method: 'PUT', token, body })).status).toBe(200);
};

it('tells its version', async () => {
  const { version } = JSON.parse(await fs.readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect((await curation('--version')).stdout.trim()).toBe(version);
});

it('checks an archive without an app', async () => {
  const { stdout } = await curation('lint', 'archive', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ counts: { files: 2, errors: 0 } });
});

it.each(['Node', 'Node16', 'Bundler'])(
  'gives a site types of its answers where modules are resolved as by %s',
  async (moduleResolution) => {
    const folder = path.join(app.folder, `types-${moduleResolution}`);
    await fs.mkdir(folder);
    const module = { Node: 'CommonJS', Node16: 'Node16', Bundler: 'ESNext' }[moduleResolution];
    const compilerOptions = { module, moduleResolution, target: 'ES2020', strict: true, noEmit: true, types: [], ...STRAPIS };
    await fs.writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    await fs.writeFile(
      path.join(folder, 'site.ts'),
      `import type { Content } from 'strapi-plugin-curation/delivery';
     export const titleOf = ({ title }: Content): string | null => title;
     // @ts-expect-error a type that was not found would allow everything
     export const nothing = ({ nothing }: Content) => nothing;`,
    );
    await app.execute(process.execPath, path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', folder);
  },
);

it('serves its routes in an app that knows nothing of it, closed until somebody opens them', async () => {
  const { url, stop } = await app.start();
  try {
    expect((await json(`${url}/api/curation/topics`)).status).toBe(403);
    await openTopics(url);
    expect(await json(`${url}/api/curation/topics`)).toMatchObject({ status: 200, body: { data: [] } });
  } finally {
    await stop();
  }
});

it('imports into that app', async () => {
  const { stdout } = await curation('import', 'archive', '--yes', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ byType: { 'curated-content': { created: 2 }, topic: { created: 1 } } });
  await curation('export', 'exported');
  expect(await fs.readFile(path.join(app.folder, 'exported', 'toml.md'), 'utf8')).toBe(IN_TOML);
});
