import fs from 'node:fs';
import path from 'node:path';

import { ROOT } from './lib/paths.mjs';
import { importArchive, SAMPLE, start, stop, temporaryPlace } from './lib/playground.mjs';
import { prepare } from './lib/prepare.mjs';
import { main, step, Stop } from './lib/terminal.mjs';

const IMAGES = path.join(ROOT, 'docs', 'images');
const LIST = '/admin/content-manager/collection-types/plugin::curation.curated-content';
const STORY = 'Hospital-at-home programs learn to listen to the night shift';
/** Every clone downloads them. */
const MAX_BYTES = 150 * 1024;

const openStory = async (page, base) => {
  await page.goto(`${base}${LIST}?filters[$and][0][workPackageId][$eq]=4711`);
  await page.getByText(STORY).first().click();
  await page.getByRole('heading', { name: STORY }).waitFor();
  await page.getByRole('button', { name: 'Publish', exact: true }).waitFor();
};

/** The pictures of README and docs, each with the way there. They are taken from the sample archive, so that they can be taken again. */
const PICTURES = [
  {
    name: 'stories.png',
    height: 800,
    async go(page, base) {
      await page.goto(`${base}${LIST}?page=1&pageSize=20&sort=date:DESC`);
      await page.getByText('Published', { exact: true }).first().waitFor();
    },
  },
  {
    name: 'story.png',
    height: 1280,
    async go(page, base) {
      await openStory(page, base);
      await page.getByRole('button', { name: 'Larkspur Command', exact: true }).waitFor();
    },
  },
  {
    name: 'picker-panel.png',
    height: 1000,
    async go(page, base) {
      await openStory(page, base);
      await page
        .getByRole('button', { name: /^Dismiss / })
        .first()
        .waitFor();
      await page.getByRole('heading', { name: 'Related offerings' }).evaluate((heading) => heading.scrollIntoView());
    },
  },
  {
    name: 'picker-dialog.png',
    height: 800,
    async go(page, base) {
      await openStory(page, base);
      await page.getByRole('button', { name: 'Browse offerings' }).click();
      await page.getByRole('listbox').waitFor();
      await page.keyboard.type('remote monitoring');
      await page.locator('mark').first().waitFor();
    },
  },
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
  const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC', colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${base}/admin`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').first().fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('navigation').first().waitFor();
  // Strapi's own advertisement.
  await page.getByRole('button', { name: 'Close the banner' }).click();
  return { browser, page };
};

const take = async (page, base, { name, height, go }) => {
  const { default: sharp } = await import('sharp');
  await page.setViewportSize({ width: 1280, height });
  await go(page, base);
  await page.waitForLoadState('networkidle');
  // A blinking cursor or a button under the mouse would make two pictures of one page.
  await page.mouse.move(0, 0);
  const taken = await page.screenshot({ caret: 'hide', animations: 'disabled' });
  // Fewer colours would turn the green of "Published" into grey.
  const { size } = await sharp(taken)
    .png({ palette: true, colours: 256, quality: 100, dither: 0, effort: 10 })
    .toFile(path.join(IMAGES, name));
  if (size > MAX_BYTES)
    throw new Stop(`docs/images/${name} has ${size} bytes; ${MAX_BYTES} are the most that every clone should download.`);
  return `${Math.round(size / 1024)} KB`;
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
    for (const picture of PICTURES) await step(`docs/images/${picture.name}`, () => take(page, base, picture));
  } finally {
    await browser.close();
    await stop(server);
  }
});
