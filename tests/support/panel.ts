import fs from 'node:fs/promises';
import path from 'node:path';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { launchBrowser, logIn } from './browser';
import { curation } from './cli';
import { PLAYGROUND, ROOT } from './paths';
import { startPlayground, type Account } from './playground';
import { createPublicDir } from './public-dir';
import { createReadyDatabase } from './template/template';

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

/** The panel as one person sees it. */
export interface View {
  page: Page;
  url: string;
  /** Goes to a page of the Content Manager: `curated-content`, `topic/create`. */
  open(path: string): Promise<void>;
  /** What a developer would see in red in the browser's console. */
  errors: string[];
  /** Keeps what a person would see, on a laptop and on a large screen, in artifacts/browser. */
  shoot(name: string): Promise<void>;
}

export interface Panel extends View {
  /** May do everything, such as making roles. */
  admin: Account;
  /** Somebody else logs in, beside the editor. */
  logIn(account: Account, options?: BrowserContextOptions): Promise<View>;
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

const viewOf = async (browser: Browser, url: string, account: Account, options?: BrowserContextOptions): Promise<View> => {
  const page = await logIn(browser, url, account, options);
  // Strapi's own advertisement; it would stand above every picture.
  await page.getByRole('button', { name: 'Close the banner' }).click();
  return {
    page,
    url,
    errors: watch(page),
    async open(to) {
      await page.goto(`${url}/admin/content-manager/collection-types/plugin::curation.${to}`);
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
  };
};

/**
 * Imports an archive with the command line into a database of its own, starts the built panel on it and logs the editor in.
 *
 * @param archive the folder of Markdown files
 */
export const openPanel = async (archive: string): Promise<Panel> => {
  const database = await createReadyDatabase('sqlite');
  const publicDir = await createPublicDir();
  const env = { ...database.env, ...publicDir.env, ACCOUNTS_FILE: path.join(publicDir.env.PUBLIC_DIR, 'accounts.json') };
  const { code, stderr } = await curation(
    ['import', archive, '--app', PLAYGROUND, '--assets', path.join(PLAYGROUND, 'assets'), '--yes', '--quiet'],
    { env },
  );
  if (code !== 0) throw new Error(`the import ended with exit code ${code}\n${stderr}`);

  const playground = await startPlayground(env);
  const browser = await launchBrowser();
  const { url, editor, admin } = playground;
  return {
    ...(await viewOf(browser, url, editor)),
    admin,
    logIn: (account, options) => viewOf(browser, url, account, options),
    async close() {
      await browser.close();
      await playground.stop();
      await database.drop();
      await publicDir.remove();
    },
  };
};
