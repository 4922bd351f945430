import fs from 'node:fs/promises';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { writeArchive } from '../support/archive';
import { launchBrowser, logIn } from '../support/browser';
import { curation } from '../support/cli';
import { createDatabase, type TemporaryDatabase } from '../support/database';
import { PLAYGROUND } from '../support/paths';
import { startPlayground, type RunningPlayground } from '../support/playground';
import { createPublicDir } from '../support/public-dir';
import { rest } from '../support/rest';

const FILE = 'cc2cc58e-6cb9-5923-9ebe-f44977ac02c7.md';
const TITLE = 'Hospital-at-home programs learn to listen to the night shift';
const NEW_TITLE = 'What the night shift hears';
const TOPICS = ['Hospital at Home', 'Remote Patient Monitoring'];
const OFFERINGS = ['Nightowl - Ward at Home Monitor', 'Larkspur Command'];

let database: TemporaryDatabase;
let publicDir: Awaited<ReturnType<typeof createPublicDir>>;
let env: Record<string, string>;
let playground: RunningPlayground;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  database = await createDatabase('sqlite');
  publicDir = await createPublicDir();
  env = { ...database.env, ...publicDir.env, ACCOUNTS_FILE: path.join(publicDir.env.PUBLIC_DIR, 'accounts.json') };
  const archive = await writeArchive({ [FILE]: await fs.readFile(path.join(PLAYGROUND, 'content', 'stories', FILE)) });
  const assets = path.join(PLAYGROUND, 'assets');
  const { code, stderr } = await curation(['import', archive, '--app', PLAYGROUND, '--assets', assets, '--yes'], { env });
  if (code !== 0) throw new Error(stderr);
  playground = await startPlayground(env);
  browser = await launchBrowser();
  page = await logIn(browser, playground.url, playground.editor);
});

afterAll(async () => {
  await browser.close();
  await playground.stop();
  await database.drop();
  await publicDir.remove();
});

const published = async () => (await rest(playground.url).get('/curated-contents')).list.map(({ title }) => title);

it('shows the imported story as published, with its topics and offerings', async () => {
  await page.goto(`${playground.url}/admin/content-manager/collection-types/plugin::curation.curated-content`);
  const row = page.getByRole('row').filter({ hasText: TITLE });
  await row.getByText('Published', { exact: true }).waitFor();
  await row.getByText(TITLE).click();
  await page.getByRole('heading', { name: TITLE }).waitFor();
  for (const name of [...TOPICS, ...OFFERINGS])
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().waitFor();
  expect(await page.getByText('Modified', { exact: true }).count()).toBe(0);
});

it('publishes a new title, which REST then has', async () => {
  expect(await published()).toEqual([TITLE]);
  await page.getByLabel('Title', { exact: false }).first().fill(NEW_TITLE);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Published document').first().waitFor();
  expect(await published()).toEqual([NEW_TITLE]);
});
