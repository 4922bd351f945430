import path from 'node:path';
import { parseArgs } from 'node:util';

import type { Page } from 'playwright-core';

import type { Host } from '../migrations/apply/host';
import { launchBrowser, logIn } from '../tests/support/browser';
import { createDatabase } from '../tests/support/database';
import { startPlayground } from '../tests/support/playground';
import { createPublicDir } from '../tests/support/public-dir';
import { startStrapi } from '../tests/support/strapi';
import { catalogueRows, readCatalogue, type Catalogue } from './lib/catalogue';
import { insertTables } from './lib/insert';
import { rounded, timed } from './lib/timed';
import { watchPage, type Smoothness } from './lib/watch-page';

const STORIES_PAGE = '/admin/content-manager/collection-types/plugin::curation.curated-content';
const ROUNDS = 6;
/** A quick typist. */
const BETWEEN_KEYS = 80;
const WHEEL = { turns: 250, pixels: 1_200, pause: 16 };
/** At 60 frames a second one takes 16.7 ms: what takes half as long again has left one out. */
const DROPPED = 25;

const readArguments = () => {
  const options = {
    data: { type: 'string', default: '../shared/data/offerings-cncf.json' },
    offerings: { type: 'string', default: '50000' },
    stories: { type: 'string', default: '20000' },
  } as const;
  const { data, offerings, stories } = parseArgs({ options }).values;
  return { data, offerings: Number(offerings), stories: Number(stories) };
};

const framesOf = (watched: readonly Smoothness[]) => {
  const frames = watched.flatMap((each) => each.frames);
  return { ...timed(frames), droppedShare: rounded(frames.filter((frame) => frame > DROPPED).length / frames.length) };
};
const longestTaskOf = (watched: readonly Smoothness[]) => rounded(Math.max(0, ...watched.flatMap((each) => each.longTasks)));
const keysOf = (watched: readonly Smoothness[]) => timed(watched.flatMap((each) => each.keys));

/** What an editor does with a story and the dialog, over and over, in a real browser. */
const measure = async (page: Page, url: string, { offerings }: Catalogue, stories: number) => {
  // By CSS while something is measured: looking for roles takes the page's own time.
  const loaded = page.locator('[role=dialog] [role=option] [title]').first();
  const found = page.locator('[role=dialog] mark').first();
  const suggested = page.locator('aside [data-add]').first();
  const times = { story: [] as number[], open: [] as number[], results: [] as number[] };
  const watched = { story: [] as Smoothness[], title: [] as Smoothness[], open: [] as Smoothness[], type: [] as Smoothness[] };
  const scrolled: Smoothness[] = [];
  const idle: Smoothness[] = [];
  const clocked = async (into: number[], work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    into.push(performance.now() - start);
  };

  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto(`${url}${STORIES_PAGE}?page=1&pageSize=10&_q=story-${Math.floor((stories / ROUNDS) * round)}`);
    const link = page.locator('tbody a').first();
    await link.waitFor();
    watched.story.push(
      await watchPage(page, () =>
        clocked(times.story, async () => {
          await link.click();
          await suggested.waitFor();
        }),
      ),
    );
    await page.waitForLoadState('networkidle');
    idle.push(await watchPage(page, () => page.waitForTimeout(500)));
    const name = offerings[Math.floor((offerings.length / ROUNDS) * round)]!.name.slice(0, 12);
    await page.getByLabel('Title', { exact: false }).first().focus();
    watched.title.push(await watchPage(page, () => page.keyboard.type(` ${name}`, { delay: BETWEEN_KEYS })));

    const browse = await page.getByRole('button', { name: 'Browse offerings' }).elementHandle();
    watched.open.push(
      await watchPage(page, () =>
        clocked(times.open, async () => {
          await browse.click();
          await loaded.waitFor();
        }),
      ),
    );
    watched.type.push(
      await watchPage(page, async () => {
        await page.keyboard.type(name, { delay: BETWEEN_KEYS });
        await clocked(times.results, () => found.waitFor());
      }),
    );
    await page.getByRole('combobox', { name: 'Search offerings' }).fill('');
    await page.getByText(`${offerings.length.toLocaleString('en')} offerings`).waitFor();
    await page.getByRole('listbox').hover();
    scrolled.push(
      await watchPage(page, async () => {
        for (let turn = 0; turn < WHEEL.turns; turn += 1) {
          await page.mouse.wheel(0, WHEEL.pixels);
          await page.waitForTimeout(WHEEL.pause);
        }
      }),
    );
    await loaded.waitFor();
  }
  return {
    storyMs: timed(times.story),
    storyLongestTask: longestTaskOf(watched.story),
    titleKey: keysOf(watched.title),
    titleLongestTask: longestTaskOf(watched.title),
    openMs: timed(times.open),
    openLongestTask: longestTaskOf(watched.open),
    searchKey: keysOf(watched.type),
    resultsMs: timed(times.results),
    searchLongestTask: longestTaskOf(watched.type),
    scrollFrames: framesOf(scrolled),
    scrollLongestTask: longestTaskOf(scrolled),
    idleFrames: framesOf(idle),
  };
};

const main = async () => {
  const { data, offerings, stories } = readArguments();
  const catalogue = readCatalogue(data, offerings);
  const database = await createDatabase('sqlite');
  const publicDir = await createPublicDir();
  const filler = await startStrapi({ database, listen: false });
  await insertTables(database, catalogueRows(filler.strapi.plugin('curation').service('host') as unknown as Host, catalogue, stories));
  await filler.stop();

  const accounts = path.join(publicDir.env.PUBLIC_DIR, 'accounts.json');
  const playground = await startPlayground({ ...database.env, ...publicDir.env, ACCOUNTS_FILE: accounts });
  const browser = await launchBrowser();
  try {
    const page = await logIn(browser, playground.url, playground.editor);
    const measured = await measure(page, playground.url, catalogue, stories);
    process.stdout.write(`${JSON.stringify({ bench: 'picker-browser', offerings, stories, ...measured })}\n`);
  } finally {
    await browser.close();
    await playground.stop();
    await database.drop();
    await publicDir.remove();
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
