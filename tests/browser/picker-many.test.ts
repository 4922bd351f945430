import { writeArchive } from '../support/archive';
import { eventually } from '../support/eventually';
import { openPanel, type Panel } from '../support/panel';
import { pickerOf } from '../support/picker';
import { offeringFile, story, topicFile } from '../support/story';

const TITLE = 'What the night shift hears';
const MANY = 420;

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
    await writeArchive({ ...offerings, ...topics, 'story.md': story({ title: TITLE, categories: TOPICS.slice(-1) }) }),
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
  const line = (await row.locator('.topics').boundingBox())!;
  const chips = await row.locator('.topic').all();
  const boxes = await Promise.all(chips.map(async (chip) => (await chip.boundingBox())!));
  for (const { x, y, width, height } of boxes) {
    expect(width).toBeGreaterThan(40);
    expect(x + width).toBeLessThanOrEqual(line.x + line.width);
    expect(y + height).toBeLessThanOrEqual(line.y + line.height + 1);
  }
  // The story's own first, however long it is.
  expect(await chips[0]!.getAttribute('title')).toBe(TOPICS.at(-1));
  await row.getByText(`+${TOPICS.length - chips.length}`, { exact: true }).waitFor();
  // What was searched for is not among those that are left out.
  await picker.search.fill('part 7');
  await row.locator('.topic mark').first().waitFor();
  await panel.shoot('picker-many-topics');
  await picker.search.fill('');
  await picker.dialog.getByText(`${MANY} offerings`).waitFor();
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
  await picker.dialog.getByText(`${MANY} offerings`).waitFor();
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

it('leaves no error in the console of the browser', () => {
  expect(panel.errors).toEqual([]);
});
