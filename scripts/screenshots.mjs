import fs from 'node:fs';
import path from 'node:path';

import { ROOT } from './lib/paths.mjs';
import { importArchive, SAMPLE, start, stop, temporaryPlace } from './lib/playground.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, step, Stop } from './lib/terminal.mjs';

const IMAGES = path.join(ROOT, 'docs', 'images');
const LIST = '/admin/content-manager/collection-types/plugin::curation.curated-content';
const STORY = 'Hospital-at-home programs learn to listen to the night shift';

/** The pictures of README and docs, each with the way there. They are taken from the sample archive, so that they can be taken again. */
const PICTURES = [
  ['stories.png', (page, base) => page.goto(`${base}${LIST}?page=1&pageSize=20&sort=date:DESC`)],
  [
    'story.png',
    async (page, base) => {
      await page.goto(`${base}${LIST}?filters[$and][0][workPackageId][$eq]=4711`);
      await page.getByText(STORY).first().click();
      await page.getByRole('heading', { name: STORY }).waitFor();
    },
  ],
];

const open = async (base, { email, password }) => {
  const { chromium } = await import('playwright-core');
  const { SERVICES } = await import('./lib/services.mjs');
  const { env, reason } = await SERVICES.chromium();
  if (reason) throw new Stop(reason);
  const browser = await chromium.launch({
    executablePath: env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(`${base}/admin`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('navigation').first().waitFor();
  return { browser, page };
};

await main(async () => {
  await prepare({ admin: true });
  const env = temporaryPlace();
  await importArchive(SAMPLE, env, false);
  const server = await start(env);
  const base = `http://127.0.0.1:${server.port}`;
  const { browser, page } = await open(base, server.accounts[0]);
  try {
    fs.mkdirSync(IMAGES, { recursive: true });
    for (const [name, go] of PICTURES) {
      await step(`docs/images/${name}`, async () => {
        await go(page, base);
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: path.join(IMAGES, name) });
        return `${Math.round(fs.statSync(path.join(IMAGES, name)).size / 1024)} KB`;
      });
    }
  } finally {
    await browser.close();
    await stop(server);
  }
});
