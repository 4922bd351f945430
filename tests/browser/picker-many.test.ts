import { writeArchive } from '../support/archive';
import { eventually } from '../support/eventually';
import { openPanel, type Panel } from '../support/panel';
import { pickerOf } from '../support/picker';
import { offeringFile, story } from '../support/story';

const TITLE = 'What the night shift hears';
const MANY = 420;

const nameOf = (number: number) => `Offering ${String(number).padStart(3, '0')}`;

let panel: Panel;
let picker: ReturnType<typeof pickerOf>;
/** Where each page of results began that was asked for. */
const starts: number[] = [];

beforeAll(async () => {
  const offerings = Object.fromEntries(
    Array.from({ length: MANY }, (_, index) => [`o${index}.md`, offeringFile(nameOf(index), { permalink: `/offering/${index}` })]),
  );
  panel = await openPanel(await writeArchive({ ...offerings, 'story.md': story({ title: TITLE }) }));
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
