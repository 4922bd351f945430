import { writeArchive } from '../support/archive';
import { eventually } from '../support/eventually';
import type { Permission } from '../support/administrators';
import { openPanel, type Panel } from '../support/panel';
import { accessibilityProblems } from '../support/picker';
import { createAccount } from '../support/roles';
import { offeringFile, story, topicFile } from '../support/story';

let panel: Panel;

/** Enough stories that the panel of the offering has a second page. */
const many = Object.fromEntries(
  Array.from({ length: 12 }, (_, index) => [
    `s${index}.md`,
    story({
      id: 100 + index,
      title: `Story number ${index}`,
      date: `2024-02-${String(index + 1).padStart(2, '0')}`,
      categories: index < 3 ? ['Wire: AI'] : ['Wire: Telehealth'],
      relatedOfferings: [{ label: 'Flow', permalink: '/offering/flow', offeringId: 7 }],
    }),
  ]),
);

/** More names with one word than the field shows at a time, and all before that word alone. */
const alike = Object.fromEntries(
  Array.from({ length: 25 }, (_, index) => [`kube${index}.md`, offeringFile(`A${index} for Kubes`, { permalink: `/offering/a${index}` })]),
);

beforeAll(async () => {
  panel = await openPanel(
    await writeArchive({
      ...many,
      ...alike,
      'kube.md': offeringFile('Kube', { permalink: '/offering/kube' }),
      'bare.md': story({ id: 200, title: 'Bare story', date: '2024-03-01', categories: ['Wire: AI', 'Wire: Artificial intelligence'] }),
      'plain.md': story({ id: 201, title: 'Plain story', date: '2024-03-02', categories: [] }),
      'ai.md': topicFile('Wire: AI'),
      'ai-long.md': topicFile('Wire: Artificial intelligence'),
      'flow.md': offeringFile('Flow', {
        offeringId: 7,
        permalink: '/offering/flow',
        categories: ['Wire: AI', 'Wire: Artificial intelligence'],
      }),
      'old.md': offeringFile('Old pump', { offeringId: 8, permalink: '/offering/old-pump', status: 'archived' }),
    }),
  );
});
afterAll(() => panel.close());

const openEntry = async (type: string, name: string) => {
  await panel.open(`${type}?_q=${encodeURIComponent(name)}`);
  await panel.page.getByRole('link', { name, exact: true }).first().click();
  await panel.page.getByRole('heading', { name, exact: true }).first().waitFor();
};

/** The list as it is on the first visit: the Content Manager remembers filters. */
const openStories = async () => {
  await panel.page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.includes('LIST_VIEW_SETTINGS')) localStorage.removeItem(key);
  });
  await panel.open('curated-content?page=1&pageSize=20');
  await rowOf('Bare story').waitFor();
};

/** Selects both stories that have nothing, and asks to change them. */
const openBulkDialog = async () => {
  await openStories();
  for (const title of ['Bare story', 'Plain story']) await rowOf(title).getByRole('checkbox').click();
  await panel.page.getByRole('button', { name: 'Offerings and topics…' }).click();
  return panel.page.getByRole('dialog');
};

const choose = async (label: string, words: string, name: string) => {
  const field = panel.page.getByRole('dialog').getByRole('combobox', { name: label });
  await field.click();
  await field.fill(words);
  await panel.page.getByRole('option', { name, exact: true }).click();
};

const isFocused = (element: Element) => element === document.activeElement;

/** Into whatever has the focus, as somebody does who types on. */
const chooseByKeys = async (words: string, name: string) => {
  const chooser = panel.page.getByRole('dialog').getByRole('combobox');
  await eventually(() => chooser.evaluate(isFocused), true);
  await panel.page.keyboard.type(words);
  // Its field empties itself while it opens, and with it what was typed by then.
  if ((await chooser.inputValue()) !== words) await chooser.fill(words);
  await panel.page.getByRole('option', { name, exact: true }).waitFor();
  // As a person does who sees nothing reached: on a busy machine Strapi's field was seen to pass over the key.
  await eventually(async () => {
    await panel.page.keyboard.press('ArrowDown');
    return panel.page.locator('[role=option][data-highlighted]').isVisible();
  }, true);
  await panel.page.keyboard.press('Enter');
};

/** By its tag: behind a dialog nothing has a role. */
const rowOf = (title: string) => panel.page.locator('tbody tr').filter({ hasText: title });

it('shows on an offering the stories that name it, the newest first, page by page', async () => {
  const { page } = panel;
  await openEntry('offering', 'Flow');
  await page.getByText('12 stories, the newest first').waitFor();
  const side = page.getByRole('complementary').last();
  const titles = await side.getByRole('listitem').getByRole('link').allTextContents();
  expect(titles.slice(0, 2)).toEqual(['Story number 11', 'Story number 10']);
  expect(titles).toHaveLength(10);
  expect(await side.getByText('Published', { exact: true }).count()).toBe(10);
  await panel.shoot('used-in');
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByText('2 of 2').waitFor();
  await page.getByRole('link', { name: 'Story number 0' }).click();
  await page.getByRole('heading', { name: 'Story number 0' }).waitFor();
});

it('merges a topic into another one: shows what will change, asks, and takes it back', async () => {
  const { page } = panel;
  await openEntry('topic', 'Wire: AI');
  await page.getByRole('link', { name: '4 stories' }).waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  const offered = await page.getByRole('menuitem').allTextContents();
  expect(offered.indexOf('Merge into…')).toBeGreaterThan(-1);
  expect(offered.indexOf('Merge into…')).toBeLessThan(offered.findIndex((each) => each.startsWith('Delete')));
  await page.getByRole('menuitem', { name: 'Merge into…' }).click();
  const dialog = page.getByRole('dialog');
  await chooseByKeys('artificial', 'Wire: Artificial intelligence');
  await dialog.getByText('3 stories will be filed there').waitFor();
  await dialog.getByText('1 story has both topics and will lose this one').waitFor();
  await dialog.getByText('1 offering has both topics and will lose this one').waitFor();
  // What has both is not counted twice, nor said to stay as it is.
  expect(await dialog.getByText('No offering will change').count()).toBe(0);
  await dialog.getByText('Bare story').waitFor();
  expect(await accessibilityProblems(page, '[role=dialog]')).toEqual([]);
  await panel.shoot('merge');
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByText('“Wire: AI” is part of “Wire: Artificial intelligence” now.').first().waitFor();
  await page.getByRole('heading', { name: 'Wire: Artificial intelligence' }).first().waitFor();
  await page.getByRole('link', { name: '4 stories' }).waitFor();
  await page.getByText(/^Wire: AI, by /).waitFor();
  const undo = page.getByRole('button', { name: 'Undo the merge of Wire: AI' });
  await eventually(() => undo.evaluate(isFocused), true);
  await panel.shoot('merged');

  await page.getByRole('link', { name: '4 stories' }).click();
  await page.getByText('4 entries found').waitFor();
  await rowOf('Story number 2').waitFor();
  await page.goBack();
  await undo.click();
  await page.getByText('Undone.').first().waitFor();
  const story = page.getByRole('link', { name: '1 story' });
  await story.waitFor();
  await eventually(() => page.getByRole('list').filter({ has: story }).evaluate(isFocused), true);
  await openEntry('topic', 'Wire: AI');
  await page.getByRole('link', { name: '4 stories' }).waitFor();
});

it('merges a topic whose form has changes, and asks no more', async () => {
  const { page } = panel;
  await openEntry('topic', 'Wire: AI');
  await page.getByRole('textbox', { name: 'Description' }).fill('Not saved');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge into…' }).click();
  await chooseByKeys('artificial', 'Wire: Artificial intelligence');
  await page.getByText('3 stories will be filed there').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('heading', { name: 'Wire: Artificial intelligence' }).first().waitFor();
  await page.getByText(/^Wire: AI, by /).waitFor();
  expect(await page.getByRole('button', { name: 'Confirm' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Undo the merge of Wire: AI' }).click();
  await page.getByText('Undone.').first().waitFor();
});

it('lists how many offerings each story names, and those without any', async () => {
  const { page } = panel;
  await openStories();
  await page.locator('thead th').filter({ hasText: 'Offerings' }).waitFor();
  expect(await rowOf('Story number 11').getByText('1 offering', { exact: true }).count()).toBe(1);
  expect(await rowOf('Bare story').getByText('No offerings').count()).toBe(1);
  await rowOf('Bare story').getByText('Mar 1, 2024', { exact: true }).waitFor();
  const filter = page.getByRole('button', { name: 'Without offerings', exact: true });
  await filter.click();
  await page.getByText('2 entries found').waitFor();
  expect(await filter.getAttribute('aria-pressed')).toBe('true');
  expect(await page.getByText(/Related offerings is null/).count()).toBe(1);
  await eventually(() => page.locator('tbody').getByText('No offerings').count(), 2);
  await panel.shoot('list-without-offerings');
  // axe looks at nothing that screen readers pass over.
  await page.locator('td span[aria-hidden]').evaluateAll((spans) => spans.forEach((span) => span.removeAttribute('aria-hidden')));
  expect((await accessibilityProblems(page, 'tbody')).filter((problem) => problem.startsWith('color-contrast'))).toEqual([]);
  await filter.click();
  await page.getByText('14 entries found').waitFor();
});

it('adds an offering to all selected stories: preview, report, undo', async () => {
  const { page } = panel;
  const dialog = await openBulkDialog();
  expect(await dialog.getByRole('button', { name: 'Change stories' }).isDisabled()).toBe(true);
  await chooseByKeys('flo', 'Flow');
  await dialog.getByText('2 stories will change').waitFor();
  await dialog.getByRole('radio', { name: 'Remove' }).click();
  await dialog.getByText('2 stories do not have it').waitFor();
  expect(await dialog.getByRole('button', { name: 'Change stories' }).isDisabled()).toBe(true);
  await dialog.getByRole('radio', { name: 'Add' }).click();
  await dialog.getByText('2 stories will change').waitFor();
  expect(await accessibilityProblems(page, '[role=dialog]')).toEqual([]);
  await panel.shoot('bulk-preview');
  await dialog.getByRole('button', { name: 'Change 2 stories' }).click();
  await dialog.getByText('2 stories are changed').waitFor();
  await panel.shoot('bulk-report');
  await rowOf('Bare story').getByText('1 offering', { exact: true }).waitFor({ state: 'attached' });
  expect(await rowOf('Bare story').getByText('Published').count()).toBe(1);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').first().waitFor();
  await rowOf('Bare story').getByText('No offerings').waitFor({ state: 'attached' });
  // A filter may have taken the rows away: what nobody sees must not be there for "Delete".
  await eventually(() => page.getByText(/entr(y|ies) selected/).count(), 0);
});

it('can be taken back from the list where the report was closed', async () => {
  const { page } = panel;
  const dialog = await openBulkDialog();
  await chooseByKeys('flo', 'Flow');
  await dialog.getByRole('button', { name: 'Change 2 stories' }).click();
  await dialog.getByText('2 stories are changed').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const undo = page.getByRole('button', { name: 'Undo the change of 2 stories' });
  await undo.waitFor();
  await panel.shoot('bulk-undo-later');
  // Also after a look at one of them.
  await page.getByRole('link', { name: 'Bare story' }).click();
  await page.getByRole('heading', { name: 'Bare story' }).first().waitFor();
  await page.goBack();
  await rowOf('Bare story').getByText('1 offering', { exact: true }).waitFor({ state: 'attached' });
  await undo.click();
  await page.getByText('Undone.').first().waitFor();
  await rowOf('Bare story').getByText('No offerings').waitFor({ state: 'attached' });
  await eventually(() => undo.count(), 0);
});

it('takes the names of several offerings one after the other, and warns of those that are archived', async () => {
  const { page } = panel;
  const dialog = await openBulkDialog();
  await chooseByKeys('flo', 'Flow');
  await dialog.getByText('+ Flow').first().waitFor();
  await chooseByKeys('old', 'Old pump Archived');
  const warning = dialog.getByText('Old pump is archived');
  await warning.waitFor();
  expect(await accessibilityProblems(page, '[role=dialog]')).toEqual([]);
  await panel.shoot('bulk-archived');
  await dialog.getByRole('radio', { name: 'Remove' }).click();
  await dialog.getByText('2 stories have none of them').waitFor();
  expect(await warning.count()).toBe(0);
  await dialog.getByRole('button', { name: 'Do not use Old pump' }).click();
  await eventually(() => dialog.getByRole('combobox', { name: 'Offering' }).evaluate(isFocused), true);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

it('finds an entry by its whole name, however many have it within theirs', async () => {
  const dialog = await openBulkDialog();
  await chooseByKeys('kube', 'Kube');
  await dialog.getByText('+ Kube').first().waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

it('keeps the keys in the dialog once something is chosen', async () => {
  const { page } = panel;
  const dialog = await openBulkDialog();
  await chooseByKeys('flo', 'Flow');
  await dialog.getByText('2 stories will change').waitFor();
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press('Tab');
    // From behind the last one it comes back by way of the page's end.
    await eventually(() => dialog.evaluate((element) => element.contains(document.activeElement)), true);
  }
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

it('stays open while it writes, and then says what came of it', async () => {
  const { page } = panel;
  const dialog = await openBulkDialog();
  await chooseByKeys('flo', 'Flow');
  await dialog.getByText('2 stories will change').waitFor();
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  const requests = /\/(stories\/links|undo)$/;
  await page.route(requests, async (route) => {
    await held;
    await route.continue();
  });
  const tryToClose = async () => {
    await page.keyboard.press('Escape');
    await page.mouse.click(10, 400);
  };
  await dialog.getByRole('button', { name: 'Change 2 stories' }).click();
  await tryToClose();
  expect(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
  answer();
  await dialog.getByText('2 stories are changed').waitFor();
  await page.unroute(requests);
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').first().waitFor();
  await dialog.waitFor({ state: 'detached' });
});

describe('a role', () => {
  const READ_STORIES: Permission = { action: 'read', type: 'curated-content' };
  const UPDATE_STORIES: Permission = { action: 'update', type: 'curated-content' };
  /** Its button tells that Strapi has asked every action whether it is offered. */
  const DELETE_STORIES: Permission = { action: 'delete', type: 'curated-content' };
  const READ_TOPICS: Permission = { action: 'read', type: 'topic' };

  it.each([
    ['topics alone', [READ_TOPICS], true],
    ['neither topics nor offerings', [], false],
  ])('that may read %s is offered no more for many stories', async (_, more, isOffered) => {
    const account = await createAccount(panel.url, panel.admin, [READ_STORIES, UPDATE_STORIES, DELETE_STORIES, ...more]);
    const { page, open } = await panel.logIn(account);
    await open('curated-content?page=1&pageSize=20');
    await page.locator('tbody tr').filter({ hasText: 'Bare story' }).getByRole('checkbox').click();
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    const button = page.getByRole('button', { name: 'Offerings and topics…' });
    if (isOffered) {
      await button.click();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Topic' }).click();
      await page.getByRole('option', { name: 'Wire: AI' }).waitFor();
      expect(await page.getByRole('dialog').getByRole('radio', { name: 'Offerings' }).count()).toBe(0);
    } else expect(await button.count()).toBe(0);
    await page.context().close();
  });
});

it('tells on the home page what stories lack, each a link to the list of them', async () => {
  const { page } = panel;
  await page.goto(`${panel.url}/admin`);
  const link = page.getByRole('link', { name: 'Without offerings' });
  await link.waitFor();
  await page.getByText('Of 14 stories:').waitFor();
  await link.scrollIntoViewIfNeeded();
  await panel.shoot('home');
  await page.getByRole('link', { name: 'With archived offerings' }).waitFor();
  await link.click();
  await page.getByText('2 entries found').waitFor();
  await page.goto(`${panel.url}/admin`);
  await page.getByRole('link', { name: 'With archived offerings' }).click();
  await page.getByText('0 entries found').waitFor();
  // Strapi remembers the filter: what is on is to be seen, and to be taken back.
  const filter = page.getByRole('button', { name: 'With archived offerings' });
  await eventually(() => filter.getAttribute('aria-pressed'), 'true');
  await filter.click();
  await page.getByText('14 entries found').waitFor();
});

it('looks right in the dark', async () => {
  const { page } = panel;
  await page.evaluate(() => localStorage.setItem('STRAPI_THEME', 'dark'));
  await openEntry('topic', 'Wire: AI');
  await page.getByRole('link', { name: '4 stories' }).waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Merge into…' }).click();
  await choose('Topic that stays', 'artificial', 'Wire: Artificial intelligence');
  await page.getByText('3 stories will be filed there').waitFor();
  expect(await accessibilityProblems(page, '[role=dialog]')).toEqual([]);
  await panel.shoot('merge-dark');
});

it('leaves no error in the console of the browser', () => {
  expect(panel.errors).toEqual([]);
});
