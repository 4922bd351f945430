import fs from 'node:fs/promises';
import path from 'node:path';

import type { Browser, Page } from 'playwright-core';

import { launchBrowser, logIn } from './browser';
import { curation } from './cli';
import { createDatabase } from './database';
import { PLAYGROUND, ROOT } from './paths';
import { startPlayground } from './playground';
import { createPublicDir } from './public-dir';

const SCREENSHOTS = path.join(ROOT, 'artifacts', 'browser');
const WIDTHS = [1280, 1920];

/** What Strapi's own panel asks for and does not get, in every app: paid features, a preview that nobody set up, its newest release. */
const STRAPIS_OWN = [
  '/admin/ai-feature-config',
  '/i18n/ai-localization-jobs/',
  '/content-manager/preview/url/',
  'https://api.github.com/',
  'https://analytics.strapi.io/',
];

export interface Panel {
  page: Page;
  url: string;
  /** Goes to a page of the Content Manager: `curated-content`, `topic/create`. */
  open(path: string): Promise<void>;
  /** What a developer would see in red in the browser's console. */
  errors: string[];
  /** Keeps what a person would see, on a laptop and on a large screen, in artifacts/browser. */
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

const watch = (page: Page): string[] => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !STRAPIS_OWN.some((part) => url.includes(part))) errors.push(`${message.text()} ${url}`);
  });
  return errors;
};

/**
 * Imports an archive with the command line into a database of its own, starts the built panel on it and logs the editor in.
 *
 * @param archive the folder of Markdown files
 */
export const openPanel = async (archive: string): Promise<Panel> => {
  const database = await createDatabase('sqlite');
  const publicDir = await createPublicDir();
  const env = { ...database.env, ...publicDir.env, ACCOUNTS_FILE: path.join(publicDir.env.PUBLIC_DIR, 'accounts.json') };
  const { code, stderr } = await curation(
    ['import', archive, '--app', PLAYGROUND, '--assets', path.join(PLAYGROUND, 'assets'), '--yes', '--quiet'],
    { env },
  );
  if (code !== 0) throw new Error(`the import ended with exit code ${code}\n${stderr}`);

  const playground = await startPlayground(env);
  const browser: Browser = await launchBrowser();
  const page = await logIn(browser, playground.url, playground.editor);
  // Strapi's own advertisement; it would stand above every picture.
  await page.getByRole('button', { name: 'Close the banner' }).click();
  const errors = watch(page);

  return {
    page,
    url: playground.url,
    errors,
    async open(to) {
      await page.goto(`${playground.url}/admin/content-manager/collection-types/plugin::curation.${to}`);
      await page.locator('main').waitFor();
      await page.waitForLoadState('networkidle');
    },
    async shoot(name) {
      await fs.mkdir(SCREENSHOTS, { recursive: true });
      const before = page.viewportSize()!;
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 1080 });
        await page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${width}.png`) });
      }
      await page.setViewportSize(before);
    },
    async close() {
      await browser.close();
      await playground.stop();
      await database.drop();
      await publicDir.remove();
    },
  };
};
