import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

import type { Account } from './playground';

/** A headless Chromium that asks nobody but the page's own server. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/**
 * Strapi shows what has become of its actions (Save, those of a selection) when the browser calls itself idle. On a busy machine a headless
 * Chromium was seen not to do that for a minute, with nothing to be done on the page; a browser on a desk does it at once, and Safari has no such
 * call, so that Strapi waits for a millisecond there.
 */
const callIdleInTime = () => {
  const ask = window.requestIdleCallback.bind(window);
  window.requestIdleCallback = (callback, options) => ask(callback, { timeout: 200, ...options });
};

/** Opens the panel in a new context and logs in. The language is fixed: tests find buttons by their English names. */
export const logIn = async (
  browser: Browser,
  url: string,
  { email, password }: Account,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options });
  // Longer than a busy machine takes for anything that a person would wait for.
  context.setDefaultTimeout(60_000);
  await context.addInitScript(callIdleInTime);
  const page = await context.newPage();
  await page.goto(`${url}/admin`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: false }).first().fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.getByRole('navigation').first().waitFor();
  return page;
};
