import type { Locator } from 'playwright-core';

import { writeArchive } from '../support/archive';
import { eventually } from '../support/eventually';
import { openPanel, type Panel } from '../support/panel';
import { pickerOf } from '../support/picker';
import { offeringFile, story, topicFile } from '../support/story';

const TITLE = 'What the night shift hears';
const MANY = 420;

/** More than a screen has room for beside a story. */
const MANY_PICKED = 30;
const MANY_TITLE = 'Thirty of them';
/** As somebody pastes it by mistake. */
const LONG_NAME = `Aurora ${'Telehealth Cart '.repeat(25).trim()}`;

const nameOf = (number: number) => `Offering ${String(number).padStart(3, '0')}`;

/** More than a row has room for, and the last one longer than any. */
const TOPICS = [
  ...Array.from({ length: 8 }, (_, index) => `Wire: Telehealth at home, part ${index + 1}`),
  `Wire: ${'Telehealth '.repeat(20).trim()}`,
];

let panel: Panel;
let picker: ReturnType<typeof pickerOf>;
/** Where each page of results began that was asked for. */
const starts: number[] = [];

beforeAll(async () => {
  const offerings = Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [
      `o${index}.md`,
      offeringFile(nameOf(index), { permalink: `/offering/${index}`, ...(index === 0 && { categories: TOPICS }) }),
    ]),
  );
  const topics = Object.fromEntries(TOPICS.map((name, index) => [`t${index}.md`, topicFile(name)]));
  panel = await openPanel(
    await writeArchive({
      ...offerings,
      ...topics,
      'story.md': story({ title: TITLE, categories: TOPICS.slice(-1) }),
      'long.md': offeringFile(LONG_NAME, { permalink: '/offering/long', categories: TOPICS.slice(-1) }),
      'many.md': story({
        id: 2,
        title: MANY_TITLE,
        categories: TOPICS.slice(-1),
        relatedOfferings: Array.from({ length: MANY_PICKED }, (_, index) => ({ label: nameOf(index), permalink: `/offering/${index}` })),
      }),
    }),
  );
  picker = pickerOf(panel);
  await picker.openStory(TITLE);
  panel.page.on('request', (request) => {
    if (request.url().endsWith('/curation/picker/search')) starts.push((request.postDataJSON() as { start: number }).start);
  });
  await picker.browse();
  await picker.dialog.getByRole('combobox', { name: 'Sort by' }).click();
  await panel.page.getByRole('option', { name: 'Name' }).click();
  await picker.result(nameOf(0)).waitFor();
});
afterAll(() => panel.close());

it('tells in a line what topics an offering has, and how many more', async () => {
  const row = picker.result(nameOf(0));
  const chips = await row.locator('.topic').all();
  // In one moment: a row moves while the list is still being filled.
  const [line, ...boxes] = await row
    .locator('.topics, .topic')
    .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().toJSON() as DOMRect));
  expect(boxes).toHaveLength(chips.length);
  for (const { width, right, bottom } of boxes) {
    expect(width).toBeGreaterThan(40);
    expect(right).toBeLessThanOrEqual(line!.right);
    expect(bottom).toBeLessThanOrEqual(line!.bottom + 1);
  }
  // The story's own first, however long it is.
  expect(await chips[0]!.getAttribute('title')).toBe(TOPICS.at(-1));
  await row.getByText(`+${TOPICS.length - chips.length}`, { exact: true }).waitFor();
  // What was searched for is not among those that are left out.
  await picker.search.fill('part 7');
  await row.locator('.topic mark').first().waitFor();
  await panel.shoot('picker-many-topics');
  await picker.search.fill('');
  await picker.dialog.getByText(`${MANY + 1} offerings`).waitFor();
});

it('keeps the list where a part of it could not be loaded, and asks for that part again', async () => {
  const { page } = panel;
  const refused = '**/curation/picker/search';
  await page.route(refused, (route) => route.fulfill({ status: 500 }));
  await picker.results.focus();
  await page.keyboard.press('End');
  await picker.dialog.getByText('Some offerings could not be loaded.').waitFor();
  await panel.shoot('picker-part-failed');
  const top = () => picker.results.evaluate((list) => list.scrollTop);
  const stoodAt = await top();
  expect(stoodAt).toBeGreaterThan(108 * 400);
  await page.unroute(refused);
  await picker.dialog.getByRole('button', { name: 'Try again' }).focus();
  await page.keyboard.press('Enter');
  await picker.result(nameOf(MANY - 1)).waitFor();
  expect(await picker.results.evaluate((list) => list === document.activeElement)).toBe(true);
  await page.keyboard.press('Home');
  await picker.result(nameOf(0)).waitFor();

  // Where nothing is left of a list, the search has the focus.
  await page.route(refused, (route) => route.fulfill({ status: 500 }));
  await picker.search.fill('offering 1');
  await picker.dialog.getByText('The offerings could not be searched.').waitFor();
  await page.unroute(refused);
  await picker.dialog.getByRole('button', { name: 'Try again' }).focus();
  await page.keyboard.press('Enter');
  await eventually(() => picker.results.getAttribute('aria-busy'), 'false');
  expect(await picker.search.evaluate((input) => input === document.activeElement)).toBe(true);
  await picker.search.fill('');
  await picker.dialog.getByText(`${MANY + 1} offerings`).waitFor();
  panel.errors.splice(0, panel.errors.length, ...panel.errors.filter((error) => !error.includes('500 (Internal Server Error)')));
});

it('shows any of them at once, and loads what is around it alone', async () => {
  const { page } = panel;
  starts.length = 0;
  await picker.results.focus();
  await page.keyboard.press('End');
  await picker.result(nameOf(MANY - 1)).waitFor();
  await page.waitForLoadState('networkidle');
  expect(starts[0]).toBe(400);
  expect(starts.filter((start) => start < 350)).toEqual([]);
  await page.keyboard.press('Enter');
  await eventually(picker.inDialog, [nameOf(MANY - 1)]);
  await picker
    .result(nameOf(MANY - 1))
    .getByText('Picked, no. 1')
    .waitFor();
  await panel.shoot('picker-end-of-many');
});

it('has the next ones ready before they are scrolled to', async () => {
  await panel.page.keyboard.press('Home');
  await picker.result(nameOf(0)).waitFor();
  starts.length = 0;
  await picker.results.evaluate((list) => list.scrollTo({ top: 108 * 25 }));
  await picker.result(nameOf(25)).waitFor();
  await eventually(() => Promise.resolve([...starts]), [50]);
});

it('asks for one page after the other while somebody scrolls quickly, and shows where they stop', async () => {
  const { page } = panel;
  let underWay = 0;
  let most = 0;
  await page.route('**/curation/picker/search', async (route) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await route.continue();
    underWay -= 1;
  });
  starts.length = 0;
  await picker.results.hover();
  for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 108 * 8);
  // The last turns of the wheel may still be carried out.
  const stop = async () => {
    await picker.results.evaluate((list) => list.scrollTo({ top: 108 * 305 }));
    return picker.result(nameOf(306)).isVisible();
  };
  await eventually(stop, true);
  expect(most).toBe(1);
  await page.unroute('**/curation/picker/search');
});

const titled = (place: Locator) => place.getByTitle(LONG_NAME, { exact: true });

/** In lines of its own height. */
const linesOf = (part: Locator) =>
  part.evaluate((element) => Math.round(element.getBoundingClientRect().height / parseFloat(getComputedStyle(element).lineHeight)));

it('names what is very long in two lines, and whole to who asks', async () => {
  const { page } = panel;
  await picker.search.fill('aurora');
  await picker.result(LONG_NAME).click();
  const picked = picker.dialog.getByRole('list', { name: 'Picked offerings, in order' });
  await eventually(() => linesOf(titled(picked)), 2);
  await panel.shoot('picker-long-names');
  await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
  const topics = picker.dialog.getByRole('combobox', { name: 'Topics' }).last();
  await topics.click();
  await page.keyboard.type('telehealth telehealth');
  await page.getByRole('option', { name: TOPICS.at(-1)! }).click();
  const form = picker.dialog.getByRole('form');
  const tag = form.getByTitle(TOPICS.at(-1)!, { exact: true });
  const box = (await tag.boundingBox())!;
  expect(box.height).toBeLessThan(40);
  const around = (await form.boundingBox())!;
  expect(box.x + box.width).toBeLessThanOrEqual(around.x + around.width);
  await panel.shoot('picker-create-long');
  await picker.dialog.getByRole('button', { name: 'Cancel' }).click();
  await picker.dialog.getByRole('button', { name: 'Done' }).click();
  expect(await linesOf(titled(picker.panel))).toBe(2);
  await picker.panel.getByRole('link', { name: LONG_NAME }).waitFor();
  await panel.shoot('picker-panel-long');
  await picker.panel.getByRole('button', { name: `Remove ${LONG_NAME}` }).click();
});

it('keeps the dialog’s button and the suggestions in reach of thirty picks', async () => {
  const { page } = panel;
  await picker.openStory(MANY_TITLE);
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 1280, height: 900 });
  await eventually(async () => (await picker.inPanel()).length, MANY_PICKED);
  const browse = picker.panel.getByRole('button', { name: 'Browse offerings' });
  const top = async (part: Locator) => (await part.boundingBox())!.y;
  const start = await top(picker.panel);
  expect((await top(browse)) - start).toBeLessThan(150);
  expect((await top(picker.suggestions)) - start).toBeLessThan(900);
  await panel.shoot('picker-thirty');
  // As it is seen, so Tab goes.
  await browse.focus();
  await page.keyboard.press('Tab');
  const list = picker.panel.getByRole('list', { name: 'Picked offerings, in order' });
  expect(
    await list
      .getByRole('link')
      .first()
      .evaluate((link) => link === document.activeElement),
  ).toBe(true);
  // One that is long, for a topic that is as long.
  await eventually(() => linesOf(titled(picker.suggestions)), 2);
  expect((await titled(picker.suggestions).locator('xpath=ancestor::li').boundingBox())!.height).toBeLessThan(250);
  await picker.suggestions.getByRole('button', { name: `Add ${LONG_NAME}` }).click();
  // What was added is to be seen, at the end of the list.
  const isInSight = async () => {
    const own = (await list.getByRole('listitem').last().boundingBox())!;
    const around = (await list.boundingBox())!;
    return own.y >= around.y && own.y + own.height <= around.y + around.height + 1;
  };
  await eventually(async () => (await picker.inPanel()).length, MANY_PICKED + 1);
  await eventually(isInSight, true);
  await page.setViewportSize(size);
});

it('shows five results on a laptop, whole, and opens the one that is reached', async () => {
  const { page } = panel;
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 1280, height: 720 });
  await picker.browse();
  await picker.result(nameOf(0)).waitFor();
  const inSight = () =>
    picker.results.evaluate((list) => {
      const { top, bottom } = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll('[role=option]')].map((row) => row.getBoundingClientRect());
      return rows.filter((row) => row.top >= top - 1 && row.bottom <= bottom + 1).length;
    });
  await eventually(async () => (await inSight()) >= 5, true);
  // A long line of topics stays in its row.
  const row = (await picker.result(nameOf(0)).boundingBox())!;
  const topics = (await picker.result(nameOf(0)).locator('.topics').boundingBox())!;
  expect(topics.y + topics.height).toBeLessThanOrEqual(row.y + row.height);
  await panel.page.screenshot({ path: 'artifacts/browser/picker-laptop.png' });

  const nameInTab = async (act: () => Promise<void>) => {
    const [tab] = await Promise.all([page.waitForEvent('popup'), act()]);
    const address = tab.url();
    await tab.close();
    return address;
  };
  const before = await picker.inDialog();
  await page.keyboard.press('ArrowDown');
  const byKeys = await nameInTab(() => page.keyboard.press('Control+Enter'));
  const active = page.locator(`[id="${await picker.search.getAttribute('aria-activedescendant')}"]`);
  const byMouse = await nameInTab(() => active.locator('[data-open]').click());
  expect(byKeys).toMatch(/plugin::curation\.offering\/[a-z0-9]+$/);
  expect(byMouse).toBe(byKeys);
  expect(await picker.inDialog()).toEqual(before);
  await page.setViewportSize(size);
  await picker.dialog.getByRole('button', { name: 'Done' }).click();
});

it('offers more entries for many stories as their list is scrolled', async () => {
  const { page } = panel;
  await panel.open('curated-content');
  await page.getByRole('row').nth(1).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Offerings and topics…' }).click();
  const field = page.getByRole('dialog').getByRole('combobox', { name: 'Offering' });
  await field.click();
  await field.fill('offering');
  const option = (number: number) => page.getByRole('option', { name: nameOf(number) });
  await option(19).scrollIntoViewIfNeeded();
  await option(39).waitFor();
  await option(39).scrollIntoViewIfNeeded();
  await option(59).click();
  await page.getByText('1 story will change').waitFor();
  await page.keyboard.press('Escape');
});

it('leaves no error in the console of the browser', () => {
  expect(panel.errors).toEqual([]);
});
