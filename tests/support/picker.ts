import axe from 'axe-core';
import type { Page } from 'playwright-core';

import type { View } from './panel';

/** The panel "Related offerings" of a story's form, the dialog behind it, and the native field beside it, as an editor finds them. */
export const pickerOf = ({ page, open }: View) => {
  const panel = page.locator('aside').filter({ has: page.getByRole('heading', { name: 'Related offerings' }) });
  const dialog = page.getByRole('dialog', { name: 'Browse offerings' });
  const picked = (place: typeof panel) => place.getByRole('list', { name: 'Picked offerings, in order' });
  const suggestions = panel.getByRole('list', { name: 'Suggestions' });
  const names = (place: typeof panel, selector: string) => picked(place).locator(selector).allTextContents();
  return {
    panel,
    dialog,
    suggestions,
    search: dialog.getByRole('combobox', { name: 'Search offerings' }),
    results: dialog.getByRole('listbox', { name: 'Offerings found' }),
    /** By the title, because a search splits the name into marked and other words. */
    result: (name: string) => dialog.getByRole('option').filter({ has: page.locator(`[title="${name}"]`) }),
    /** The names in the panel, in order. */
    inPanel: () => names(panel, 'a'),
    inDialog: () => names(dialog, 'li p'),
    /** The numbers beside them, in the order in which they are written, which is not that in which they are seen while one is dragged. */
    placesInDialog: () => names(dialog, 'li > [aria-hidden]'),
    /** The names in Strapi's own field: topics have the list before it. */
    inField: async () => {
      const items = await page.locator('main ol').nth(1).locator('li').allTextContents();
      return items.map((text) => text.replace(/^Drag|Remove$/g, ''));
    },
    /** By which a picked one is moved in the dialog. */
    handle: (name: string) => dialog.getByRole('button', { name: new RegExp(`^Move ${name}, place`) }),
    suggested: () => suggestions.locator('p').allTextContents(),
    browse: () => panel.getByRole('button', { name: 'Browse offerings' }).click(),
    /** Opens the story of that title, from the list. */
    async openStory(title: string) {
      await open(`curated-content?page=1&pageSize=20&_q=${encodeURIComponent(title)}`);
      await page.getByRole('link', { name: title, exact: true }).first().click();
      await panel.waitFor();
      await page.waitForLoadState('networkidle');
    },
    async save(button: 'Save' | 'Publish') {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page
        .getByText(button === 'Save' ? 'Saved document' : 'Published document')
        .first()
        .waitFor();
      await page.waitForLoadState('networkidle');
    },
  };
};

/** What axe finds wrong below an element, one line each. */
export const accessibilityProblems = async (page: Page, selector: string): Promise<string[]> => {
  // Colours in the midst of a fade are nobody's.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))));
  await page.evaluate(axe.source);
  return page.evaluate(async (below) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(below);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }, selector);
};

/** How much what marks a word in the results stands out against its row: the strongest of its colours. */
export const contrastOfMark = (page: Page): Promise<number> =>
  page
    .locator('[role=option] .summary mark')
    .first()
    .evaluate((mark) => {
      const luminanceOf = (colour: string): number => {
        const [red, green, blue] = colour
          .match(/[\d.]+/g)!
          .map((part) => Number(part) / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
      };
      const { backgroundColor, textDecorationColor, textDecorationLine } = getComputedStyle(mark);
      const behind = luminanceOf(getComputedStyle(mark.closest('[role=option]')!).backgroundColor);
      const colours = [backgroundColor, ...(textDecorationLine === 'none' ? [] : [textDecorationColor])].map(luminanceOf);
      return Math.max(...colours.map((colour) => (Math.max(colour, behind) + 0.05) / (Math.min(colour, behind) + 0.05)));
    });
