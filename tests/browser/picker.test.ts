import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { administrator } from '../support/administrators';
import { eventually } from '../support/eventually';
import { openPanel, type Panel } from '../support/panel';
import { PLAYGROUND } from '../support/paths';
import { accessibilityProblems, contrastOfMark, pickerOf } from '../support/picker';
import { rest } from '../support/rest';

const STORY = 'Hospital-at-home programs learn to listen to the night shift';
const NIGHTOWL = 'Nightowl - Ward at Home Monitor';
const LARKSPUR = 'Larkspur Command';
const DOORSTEP = 'Doorstep Vitals';
const HEARTHSIDE = 'Hearthside Companion';
const ARCHIVED = 'Pocket Ward';

let panel: Panel;
let picker: ReturnType<typeof pickerOf>;

beforeAll(async () => {
  panel = await openPanel(path.join(PLAYGROUND, 'content'));
  picker = pickerOf(panel);
  // The browser's own question before a page with unsaved changes is left.
  panel.page.on('dialog', (dialog) => void dialog.accept());
});
afterAll(() => panel.close());

/** The names that the site has for the story, in order. */
const published = async (title = STORY) => {
  const { list } = await rest(panel.url).get(
    `/curated-contents?filters[title]=${encodeURIComponent(title)}&populate[relatedOfferings][fields]=name`,
  );
  return (list[0]!.relatedOfferings as { name: string }[]).map(({ name }) => name);
};

/** The same picks in the panel and in Strapi's own field. */
const shows = async (names: string[]) => {
  await eventually(picker.inPanel, names);
  await eventually(picker.inField, names);
};

/** The name of what has the focus. */
const focused = () => panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

/** Presses one key after the other. */
const press = (...keys: string[]) =>
  keys.reduce<Promise<void>>((before, key) => before.then(() => panel.page.keyboard.press(key)), Promise.resolve());

/** Opens the dialog where Strapi arranges its form anew for a small screen, which takes the focus away meanwhile. */
const browseByKeys = async () => {
  const browse = picker.panel.getByRole('button', { name: 'Browse offerings' });
  await eventually(async () => {
    await browse.focus();
    await press('Enter');
    return picker.dialog.isVisible();
  }, true);
  await picker.dialog.getByRole('option').first().waitFor();
};

/** Keeps the answers to a request back until they are let go. */
const holdBack = async (part: string) => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await panel.page.route(part, async (route) => {
    await held;
    await route.continue();
  });
  return async () => {
    letGo();
    await panel.page.unrouteAll({ behavior: 'wait' });
  };
};

/** Has the server refuse a request, until told otherwise. */
const refuse = async (part: string) => {
  await panel.page.route(part, (route) => route.fulfill({ status: 500 }));
  return () => panel.page.unroute(part);
};

/** Forgets what a test has the server refuse on purpose. */
const forget = (part: string) => panel.errors.splice(0, panel.errors.length, ...panel.errors.filter((error) => !error.includes(part)));

describe('the panel', () => {
  beforeAll(() => picker.openStory(STORY));

  it('shows the picked offerings in order, with type and status and the way to each', async () => {
    await shows([NIGHTOWL, LARKSPUR]);
    const items = picker.panel.getByRole('list', { name: 'Picked offerings, in order' }).getByRole('listitem');
    await items.first().getByText('Solution').waitFor();
    await items.first().getByText('Approved').waitFor();
    const [opened] = await Promise.all([panel.page.context().waitForEvent('page'), items.first().getByRole('link').click()]);
    await opened.getByRole('heading', { name: NIGHTOWL }).waitFor();
    await opened.close();
  });

  it('suggests five at most, each with its reason in words', async () => {
    await picker.suggestions.getByRole('button').first().waitFor();
    const suggested = await picker.suggested();
    const reasons = await picker.suggestions.locator('ul').allInnerTexts();
    expect(reasons).toHaveLength(suggested.length);
    for (const reason of reasons)
      expect(reason).toMatch(
        /^(Shares a topic: |Shares \d topics: |Mentions |Picked for (a similar story|similar stories): “|Used in \d+ stor)\S+/,
      );
    expect(reasons.join()).toContain('Picked for ');
    expect(suggested.length).toBeGreaterThan(0);
    expect(suggested.length).toBeLessThanOrEqual(5);
    expect(suggested).not.toContain(NIGHTOWL);
    expect(suggested).not.toContain(ARCHIVED);
    await panel.shoot('picker-panel');
  });

  it('adds one with a click, in the native field at once, and takes it back', async () => {
    const [first, second] = await picker.suggested();
    await picker.suggestions.getByRole('button', { name: `Add ${first}` }).click();
    await shows([NIGHTOWL, LARKSPUR, first!]);
    expect(await picker.suggested()).not.toContain(first);
    await panel.page.getByText(`${first} added. 3 offerings picked.`).first().waitFor();
    // The button that was pressed is gone; the next one has the focus.
    await eventually(focused, `Add ${second}`);
    await picker.panel.getByRole('button', { name: 'Undo' }).click();
    await shows([NIGHTOWL, LARKSPUR]);
    // Nothing is left to save.
    await eventually(() => panel.page.getByRole('button', { name: 'Save', exact: true }).isDisabled(), true);
  });

  it('follows what is typed, after a pause, and renders nothing while keys are pressed', async () => {
    const { page } = panel;
    const before = await picker.suggested();
    const title = page.getByLabel('Title', { exact: false }).first();
    await title.focus();
    await page.waitForTimeout(600);
    await page.evaluate(() => {
      const aside = [...document.querySelectorAll('aside')].find((element) => element.textContent.includes('Related offerings'))!;
      const seen = { count: 0 };
      new MutationObserver((changes) => (seen.count += changes.length)).observe(aside, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      Object.assign(globalThis, { seen });
    });
    await title.fill('');
    await page.keyboard.type('Fax machines and referrals: a bridge to dialysis', { delay: 15 });
    expect(await page.evaluate(() => (globalThis as unknown as { seen: { count: number } }).seen.count)).toBe(0);
    await eventually(async () => JSON.stringify(await picker.suggested()) !== JSON.stringify(before), true);
    await title.fill(STORY);
  });

  it('is quiet and stands still while other suggestions are on their way, and stays as long as it was', async () => {
    await picker.openStory(STORY);
    await picker.suggestions.getByRole('button').first().waitFor();
    const before = await picker.suggested();
    expect(before).toHaveLength(5);
    const top = async () => (await picker.suggestions.boundingBox())!.y;
    const letGo = await holdBack('**/picker/suggestions');
    await panel.page.getByLabel('Title', { exact: false }).first().fill('Fax machines and referrals: a bridge to dialysis');
    const wasAt = await top();
    await eventually(() => picker.suggestions.getAttribute('aria-busy'), 'true');
    // An icon that turns, once it takes longer.
    await picker.panel.locator('h3 + svg').waitFor();
    expect(await top()).toBe(wasAt);
    expect(await picker.panel.getByRole('alert').count()).toBe(0);
    await letGo();
    await eventually(() => picker.suggestions.getAttribute('aria-busy'), 'false');
    await panel.page.getByLabel('Title', { exact: false }).first().fill(STORY);
    await eventually(picker.suggested, before);

    const letGoAgain = await holdBack('**/picker/suggestions');
    await picker.suggestions.getByRole('button', { name: `Add ${before[0]}` }).click();
    await eventually(async () => (await picker.suggested()).slice(0, 4), before.slice(1));
    expect(await picker.suggested()).toHaveLength(5);
    await letGoAgain();
    await picker.panel.getByRole('button', { name: 'Undo' }).click();
    await shows([NIGHTOWL, LARKSPUR]);
  });

  it('keeps the focus where something could not be loaded and is asked for again', async () => {
    for (const [part, told, here] of [
      ['**/relatedOfferings?*', 'The offerings of this story could not be loaded.', 'Picked offerings, in order'],
      ['**/picker/suggestions', 'Suggestions could not be loaded.', 'Suggestions'],
    ] as const) {
      const allow = await refuse(part);
      await picker.openStory(STORY);
      await picker.panel.getByText(told).waitFor();
      await allow();
      const list = picker.panel.getByRole('list', { name: here });
      await picker.panel.getByRole('button', { name: 'Try again' }).focus();
      await press('Enter');
      await list.waitFor();
      expect(await list.evaluate((element) => document.activeElement !== document.body && document.activeElement!.contains(element))).toBe(
        true,
      );
    }
    forget('500 (Internal Server Error)');
  });

  it('remembers what was dismissed, and brings it back', async () => {
    await picker.openStory(STORY);
    const add = picker.suggestions.getByRole('button', { name: /^Add / });
    await add.first().waitFor();
    const [first] = await picker.suggested();
    const [, next] = await picker.suggested();
    await picker.suggestions.getByRole('button', { name: `Dismiss ${first}` }).focus();
    await press('Enter');
    await eventually(async () => (await picker.suggested()).includes(first!), false);
    // A second Enter by mistake must not add one.
    await eventually(focused, `Dismiss ${next}`);
    await panel.page.waitForLoadState('networkidle');
    await panel.page.reload();
    await add.first().waitFor();
    const [second] = await picker.suggested();
    expect(second).not.toBe(first);
    await picker.suggestions.getByRole('button', { name: `Dismiss ${second}` }).click();
    await picker.panel.getByText(`${second} will not be suggested for this story again.`).first().waitFor();
    // On a slow line the server hears of the undo after the panel could have asked for suggestions again.
    await panel.page.route('**/picker/dismissals', async (route) => {
      await wait(1_000);
      await route.continue();
    });
    await picker.panel.getByRole('button', { name: 'Undo' }).focus();
    await press('Enter');
    await eventually(focused, 'Browse offerings');
    await eventually(async () => (await picker.suggested()).includes(second!), true);
    await panel.page.unroute('**/picker/dismissals');
  });

  it('says that a dismissal was refused, and suggests the offering again', async () => {
    const [first] = await picker.suggested();
    const promise = picker.panel.getByText(`${first} will not be suggested for this story again.`);
    await panel.page.route('**/picker/dismissals', async (route) => {
      await promise.first().waitFor();
      await route.fulfill({ status: 500 });
    });
    await picker.suggestions.getByRole('button', { name: `Dismiss ${first}` }).click();
    const told = picker.panel.getByText(`${first}: that could not be remembered. Try again.`).filter({ visible: true });
    await told.first().waitFor();
    // Once for the eye, once for screen readers.
    await eventually(() => told.count(), 2);
    await eventually(async () => (await picker.suggested()).includes(first!), true);
    expect(await promise.count()).toBe(0);
    await panel.page.unroute('**/picker/dismissals');
    await picker.suggestions.getByRole('button', { name: `Dismiss ${first}` }).click();
    await promise.first().waitFor();
    await eventually(() => told.count(), 0);
    await picker.panel.getByRole('button', { name: 'Undo' }).click();
    await eventually(async () => (await picker.suggested()).includes(first!), true);
    forget('500 (Internal Server Error)');
  });

  it('keeps the focus where picks are removed and taken back, and says what was taken back', async () => {
    await picker.openStory(STORY);
    await shows([NIGHTOWL, LARKSPUR]);
    await picker.panel.getByRole('button', { name: `Remove ${NIGHTOWL}` }).focus();
    await press('Enter');
    await eventually(focused, `Remove ${LARKSPUR}`);
    await press('Enter');
    await eventually(focused, 'Browse offerings');
    await picker.panel.getByRole('button', { name: 'Undo' }).focus();
    await press('Enter');
    await panel.page.getByText(`Undone: ${LARKSPUR} added again.`).first().waitFor();
    await press('Enter');
    await panel.page.getByText(`Undone: ${NIGHTOWL} added again.`).first().waitFor();
    await shows([NIGHTOWL, LARKSPUR]);
    await eventually(focused, 'Browse offerings');
  });

  it('takes back nothing that was done in the native field', async () => {
    await picker.suggestions.getByRole('button').first().waitFor();
    const [first] = await picker.suggested();
    await picker.suggestions.getByRole('button', { name: `Add ${first}` }).click();
    await shows([NIGHTOWL, LARKSPUR, first!]);
    await picker.panel.getByRole('button', { name: 'Undo' }).waitFor();
    await panel.page.locator('main ol').nth(1).locator('li').filter({ hasText: LARKSPUR }).getByRole('button', { name: 'Remove' }).click();
    await shows([NIGHTOWL, first!]);
    await eventually(() => picker.panel.getByRole('button', { name: 'Undo' }).count(), 0);
    await picker.panel.getByRole('button', { name: `Remove ${first}` }).click();
    await picker.panel.getByRole('button', { name: 'Undo' }).click();
    await shows([NIGHTOWL, first!]);
  });
});

describe('what is saved', () => {
  it('is known before anything can be picked', async () => {
    const { page } = panel;
    const relations = /\/relatedOfferings\?.*pageSize=10/;
    await page.route(relations, (route) => route.fulfill({ status: 500 }));
    await picker.openStory(STORY);
    await picker.panel.getByText('The offerings of this story could not be loaded.').waitFor();
    const browse = picker.panel.getByRole('button', { name: 'Browse offerings' });
    expect(await browse.isDisabled()).toBe(true);
    expect(await picker.suggestions.getByRole('button').count()).toBe(0);
    await page.unroute(relations);
    await picker.panel.getByRole('button', { name: 'Try again' }).click();
    await shows([NIGHTOWL, LARKSPUR]);
    expect(await browse.isDisabled()).toBe(false);
    await picker.suggestions.getByRole('button').first().waitFor();
    forget('500 (Internal Server Error)');
  });

  it('tells which pick was deleted by somebody else, where the save is refused for it', async () => {
    const { page, url, admin } = panel;
    const { body } = await administrator(url).post('/admin/login', admin);
    const api = administrator(url, body.data.token);
    const offerings = '/content-manager/collection-types/plugin::curation.offering';
    const doomed = (await api.post(offerings, { name: 'Doomed Thing' })).body.data as { documentId: string };
    await picker.openStory(STORY);
    await picker.browse();
    await picker.search.fill('doomed');
    await picker.result('Doomed Thing').click();
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await shows([NIGHTOWL, LARKSPUR, 'Doomed Thing']);
    const told = picker.panel.getByText('Was deleted meanwhile. Remove it to save the story.');
    expect((await api.post(`${offerings}/actions/bulkDelete`, { documentIds: [doomed.documentId] })).status).toBe(200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await told.waitFor();
    expect(await told.count()).toBe(1);
    await picker.panel.getByRole('button', { name: 'Remove Doomed Thing' }).click();
    await eventually(() => told.count(), 0);
    await picker.panel.getByRole('button', { name: `Remove ${LARKSPUR}` }).click();
    await picker.save('Save');
    await shows([NIGHTOWL]);
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await shows([NIGHTOWL, LARKSPUR]);
    forget('(Not Found)');
    forget('(Bad Request)');
  });

  it('can be saved at the second try where somebody else took a pick away, and it is said', async () => {
    const { page, url, admin } = panel;
    const { body } = await administrator(url).post('/admin/login', admin);
    const api = administrator(url, body.data.token);
    const stories = '/content-manager/collection-types/plugin::curation.curated-content';
    const find = async (type: string, by: string) =>
      (await api.get(`/content-manager/collection-types/plugin::curation.${type}?${by}`)).body.results[0];
    const { documentId } = await find('curated-content', `filters[title][$eq]=${encodeURIComponent(STORY)}`);
    const { id, documentId: gone } = await find('offering', `filters[name][$eq]=${encodeURIComponent(LARKSPUR)}`);
    await picker.openStory(STORY);
    await shows([NIGHTOWL, LARKSPUR]);
    const withoutIt = { connect: [], disconnect: [{ id, documentId: gone }] };
    expect((await api.put(`${stories}/${documentId}`, { relatedOfferings: withoutIt })).status).toBe(200);

    await picker.browse();
    await picker.search.fill('doorstep vitals');
    await picker.result('Doorstep Vitals').click();
    await picker.handle('Doorstep Vitals').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await eventually(picker.inDialog, [NIGHTOWL, 'Doorstep Vitals', LARKSPUR]);
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody changed the offerings of this story meanwhile.', { exact: false }).first().waitFor();
    await shows([NIGHTOWL, 'Doorstep Vitals']);
    await picker.save('Save');
    await shows([NIGHTOWL, 'Doorstep Vitals']);
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await shows([NIGHTOWL, LARKSPUR]);
    forget('(Bad Request)');
  });

  it('stays where more is picked before the server has told of it', async () => {
    const { page } = panel;
    await picker.openStory(STORY);
    await picker.suggestions.getByRole('button').first().waitFor();
    const [first, second] = await picker.suggested();
    await picker.suggestions.getByRole('button', { name: `Add ${first}` }).click();
    await shows([NIGHTOWL, LARKSPUR, first!]);
    const letGo = await holdBack('**/relatedOfferings?*');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved document').first().waitFor();
    await picker.suggestions.getByRole('button', { name: `Add ${second}` }).click();
    await picker.panel.getByRole('link', { name: second! }).first().waitFor();
    expect(await picker.inPanel()).toEqual([NIGHTOWL, LARKSPUR, first, second]);
    await letGo();
    await picker.save('Save');
    await shows([NIGHTOWL, LARKSPUR, first!, second!]);
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await shows([NIGHTOWL, LARKSPUR]);
  });

  it('is what it was after a save that failed', async () => {
    const { page } = panel;
    await picker.openStory(STORY);
    await picker.suggestions.getByRole('button').first().waitFor();
    const [first] = await picker.suggested();
    await picker.suggestions.getByRole('button', { name: `Add ${first}` }).click();
    await shows([NIGHTOWL, LARKSPUR, first!]);
    const error = { status: 500, name: 'InternalServerError', message: 'The disk is full' };
    await page.route('**/collection-types/plugin::curation.curated-content/**', (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ status: 500, json: { data: null, error } }) : route.continue(),
    );
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(error.message).first().waitFor();
    await page.unroute('**/collection-types/plugin::curation.curated-content/**');
    // Strapi's form throws away what it could not save.
    await shows([NIGHTOWL, LARKSPUR]);
    await eventually(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled(), true);
    forget('500 (Internal Server Error)');
  });
});

describe('the dialog', () => {
  beforeAll(async () => {
    await picker.openStory(STORY);
    await picker.browse();
    await picker.results.waitFor();
  });

  it('opens with the search ready and the picked ones marked, not hidden', async () => {
    await eventually(() => picker.search.evaluate((input) => input === document.activeElement), true);
    expect(await picker.inDialog()).toEqual([NIGHTOWL, LARKSPUR]);
    expect(await picker.result(NIGHTOWL).getAttribute('aria-selected')).toBe('true');
    await picker.result(NIGHTOWL).getByText('Picked, no. 1').waitFor();
    expect(await picker.result(DOORSTEP).getAttribute('aria-selected')).toBe('false');
    await panel.shoot('picker-dialog');
  });

  it('marks the words that were found, and says how many offerings they are', async () => {
    await picker.search.fill('larkspur');
    await picker.dialog.getByText('1 offering', { exact: true }).waitFor();
    await picker.result(LARKSPUR).waitFor();
    expect(await picker.dialog.locator('mark').allTextContents()).toContain('Larkspur');
    await panel.shoot('picker-search');
    await picker.search.fill('portal');
    const chip = picker.dialog.locator('.topic').filter({ has: panel.page.locator('mark') });
    await chip.first().waitFor();
    // Were its pieces set apart, each would be a line of its own to the browser.
    expect((await chip.allInnerTexts()).filter((words) => words.includes('\n'))).toEqual([]);
    await picker.search.fill('');
    await picker.dialog.getByText('45 offerings').waitFor();
  });

  it('filters by topic, the story’s own first, by type and status, and starts over', async () => {
    const { page } = panel;
    await picker.dialog.getByRole('combobox', { name: 'Topics' }).click();
    const options = await page
      .getByRole('option')
      .filter({ hasText: /\(\d+\)/ })
      .allTextContents();
    expect(options[0]).toMatch(/this story$/);
    expect(options.map((text) => text.endsWith('this story'))).toEqual([true, true, ...options.slice(2).map(() => false)]);
    await page.getByRole('option', { name: options[0]! }).click();
    const count = Number(/\((\d+)\)/.exec(options[0]!)![1]);
    await picker.dialog.getByText(`${count} offerings`, { exact: true }).waitFor();
    await picker.dialog.getByRole('combobox', { name: 'Status' }).click();
    await page.getByRole('option', { name: /^Archived/ }).click();
    await page.keyboard.press('Escape');
    await picker.result(ARCHIVED).waitFor();
    await panel.shoot('picker-filters');
    await picker.dialog.getByRole('button', { name: 'Clear filters' }).click();
    await picker.dialog.getByText('45 offerings').waitFor();
    expect(await picker.search.evaluate((input) => input === document.activeElement)).toBe(true);
  });

  it('finds a topic by a part of its name, shows what is chosen, and keeps the focus where it is dropped', async () => {
    const { page } = panel;
    const topics = picker.dialog.getByRole('combobox', { name: 'Topics' });
    await topics.focus();
    await page.keyboard.type('telehe');
    const option = page.getByRole('option', { name: /^Telehealth.* \(\d+\)/ }).first();
    const name = (await option.textContent())!;
    const count = Number(/\((\d+)\)/.exec(name)![1]);
    // Escape closes its list alone.
    await press('Escape');
    await option.waitFor({ state: 'detached' });
    expect(await picker.dialog.isVisible()).toBe(true);
    await press('ArrowDown');
    await option.click();
    await picker.dialog.getByText(`${count} offering`).first().waitFor();
    const drop = picker.dialog.getByRole('button', { name: /^Do not use .*Telehealth/ });
    expect(await accessibilityProblems(page, '[role=dialog]')).toEqual([]);
    await drop.focus();
    await press('Enter');
    await picker.dialog.getByText('45 offerings').waitFor();
    expect(await topics.evaluate((input) => input === document.activeElement)).toBe(true);
  });

  it('shows a filter by its words where a search leaves nothing of it, to be taken back', async () => {
    await picker.dialog.getByRole('combobox', { name: 'Types' }).click();
    await panel.page.getByRole('option', { name: /^Service/ }).click();
    await panel.page.keyboard.press('Escape');
    await picker.search.fill('larkspur');
    await picker.dialog.getByText('No offering is like that.', { exact: false }).waitFor();
    await picker.dialog.getByText('Types: Service (0)').waitFor();
    await picker.dialog.getByRole('combobox', { name: 'Types' }).click();
    await panel.page.getByRole('option', { name: 'Service (0)' }).click();
    await panel.page.keyboard.press('Escape');
    await picker.result(LARKSPUR).waitFor();
    await picker.search.fill('');
    await picker.dialog.getByText('45 offerings').waitFor();
  });

  it('takes a double click for one', async () => {
    const before = await picker.inDialog();
    await picker.search.fill('doorstep');
    await picker.result(DOORSTEP).dblclick();
    await eventually(picker.inDialog, [...before, DOORSTEP]);
    await picker.dialog.getByRole('button', { name: 'Undo' }).click();
    await eventually(picker.inDialog, before);
    await picker.search.fill('');
  });

  it('sorts by name', async () => {
    await picker.dialog.getByRole('combobox', { name: 'Sort by' }).click();
    await panel.page.getByRole('option', { name: 'Name' }).click();
    const first = () => picker.dialog.getByRole('option').first().innerText();
    await eventually(async () => (await first()).includes('Amber'), true);
    await picker.dialog.getByRole('combobox', { name: 'Sort by' }).click();
    await panel.page.getByRole('option', { name: 'Best fit' }).click();
    await eventually(async () => (await first()).includes('Amber'), false);
  });

  it('picks with the mouse, moves by dragging, removes and takes back', async () => {
    const { page } = panel;
    await picker.result(DOORSTEP).click();
    await eventually(picker.inDialog, [NIGHTOWL, LARKSPUR, DOORSTEP]);
    const handle = (await picker.handle(DOORSTEP).boundingBox())!;
    const target = (await picker.handle(NIGHTOWL).boundingBox())!;
    await page.mouse.move(handle.x + 8, handle.y + 8);
    await page.mouse.down();
    await page.mouse.move(handle.x + 8, handle.y - 12, { steps: 4 });
    await page.mouse.move(target.x + 8, target.y + 2, { steps: 8 });
    // By where each is to be seen, before the button is let go.
    await eventually(picker.placesInDialog, ['2', '3', '1']);
    await page.mouse.up();
    await eventually(picker.inDialog, [DOORSTEP, NIGHTOWL, LARKSPUR]);
    await picker.dialog.getByRole('button', { name: `Remove ${NIGHTOWL}` }).click();
    await eventually(picker.inDialog, [DOORSTEP, LARKSPUR]);
    await picker.dialog.getByRole('button', { name: 'Undo' }).click();
    await eventually(picker.inDialog, [DOORSTEP, NIGHTOWL, LARKSPUR]);
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await shows([DOORSTEP, NIGHTOWL, LARKSPUR]);
  });
});

describe('by keyboard alone', () => {
  /** Back to where the dialog was opened. */
  const leave = async () => {
    await press('Escape');
    await picker.dialog.waitFor({ state: 'detached' });
    await eventually(focused, 'Browse offerings');
  };

  it('searches, picks, orders, undoes and comes back to where it began', async () => {
    await picker.openStory(STORY);
    await shows([NIGHTOWL, LARKSPUR]);
    await picker.panel.getByRole('button', { name: 'Browse offerings' }).focus();
    await press('Enter');
    await picker.results.waitFor();
    await panel.page.keyboard.type('hearthside');
    await picker.dialog.getByText('1 offering', { exact: true }).waitFor();
    await press('Enter');
    await eventually(picker.inDialog, [NIGHTOWL, LARKSPUR, HEARTHSIDE]);
    await press('Control+a', 'Delete');
    await picker.dialog.getByText('45 offerings').waitFor();
    await press('ArrowDown', 'ArrowDown');
    const active = async () => panel.page.locator(`[id="${await picker.search.getAttribute('aria-activedescendant')}"]`);
    await eventually(async () => (await active()).getAttribute('aria-posinset'), '3');

    await picker.handle(HEARTHSIDE).focus();
    // One key after the other: none is lost.
    await press('Space', 'ArrowUp');
    await picker.dialog.getByText(`${HEARTHSIDE} is at place 2 of 3.`).waitFor();
    await eventually(picker.inDialog, [NIGHTOWL, HEARTHSIDE, LARKSPUR]);
    await eventually(focused, `Move ${HEARTHSIDE}, place 2 of 3`);
    await press('Space');
    await picker.dialog.getByText(`${HEARTHSIDE} put down at place 2 of 3.`).waitFor();
    await eventually(picker.inDialog, [NIGHTOWL, HEARTHSIDE, LARKSPUR]);

    // Escape puts it back, and leaves the dialog open.
    await press('Space');
    await picker.dialog.getByText(`${HEARTHSIDE} taken up from place 2 of 3.`).waitFor();
    await press('ArrowDown');
    await eventually(focused, `Move ${HEARTHSIDE}, place 3 of 3`);
    await press('Escape');
    await picker.dialog.getByText(`${HEARTHSIDE} is back at place 2 of 3.`).waitFor();
    await eventually(picker.inDialog, [NIGHTOWL, HEARTHSIDE, LARKSPUR]);
    await eventually(focused, `Move ${HEARTHSIDE}, place 2 of 3`);

    await press('Alt+ArrowUp');
    await eventually(picker.inDialog, [HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    await eventually(focused, `Move ${HEARTHSIDE}, place 1 of 3`);
    await press('Delete');
    await eventually(picker.inDialog, [NIGHTOWL, LARKSPUR]);
    await eventually(focused, `Move ${NIGHTOWL}, place 1 of 2`);
    await press('Control+z');
    await eventually(picker.inDialog, [HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    await panel.shoot('picker-keyboard');
    await leave();
  });

  it('waits for the results of what was typed, says so, and then picks the first of them', async () => {
    const { page } = panel;
    await page.route('**/curation/picker/search', async (route) => {
      await wait(1_000);
      await route.continue();
    });
    await press('Enter');
    await picker.dialog.getByText('45 offerings').waitFor();
    await page.keyboard.type('doorstep');
    // Keys for the old list do nothing to the new one.
    await press('ArrowDown', 'Enter');
    await picker.dialog.getByText('Searching…').waitFor();
    expect(await picker.dialog.getByText('45 offerings').count()).toBe(0);
    expect(await picker.results.evaluate((list) => Number(getComputedStyle(list).opacity))).toBeLessThan(1);
    expect(await picker.inDialog()).toEqual([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    await picker.result(DOORSTEP).waitFor();
    await eventually(picker.inDialog, [HEARTHSIDE, NIGHTOWL, LARKSPUR, DOORSTEP]);
    // Pressed twice, or for one that is there already, it takes nothing away.
    await press('Enter');
    await picker.dialog.getByText(`${DOORSTEP} is picked already, at place 4.`).waitFor();
    expect(await picker.inDialog()).toEqual([HEARTHSIDE, NIGHTOWL, LARKSPUR, DOORSTEP]);

    // What was done last is taken back first.
    await press('Control+z');
    await eventually(picker.inDialog, [HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    expect(await picker.search.inputValue()).toBe('doorstep');
    await press('Control+z');
    await eventually(() => picker.search.inputValue(), '');
    await press('Control+z');
    await eventually(picker.inDialog, [NIGHTOWL, HEARTHSIDE, LARKSPUR]);
    await page.unrouteAll({ behavior: 'wait' });
    await leave();
  });

  it('leaves Enter to who chooses among the characters of an input method', async () => {
    await press('Enter');
    await picker.result(DOORSTEP).waitFor();
    const before = await picker.inDialog();
    await picker.search.evaluate((input) => {
      for (const isComposing of [true, false]) {
        const options = { key: isComposing ? 'Enter' : 'ArrowDown', isComposing, bubbles: true, cancelable: true };
        input.dispatchEvent(new KeyboardEvent('keydown', options));
      }
    });
    await eventually(() => picker.search.getAttribute('aria-activedescendant'), 'curation-picker-results-1');
    expect(await picker.inDialog()).toEqual(before);
  });

  it('shows where the focus is, also in colours of the editor’s own', async () => {
    const { page } = panel;
    /** The colours down the left edge of the list, over rows that are not picked. */
    const edge = async () => {
      const { x, y, height } = (await picker.results.boundingBox())!;
      // Past the first rows: the cursor's row has a frame of its own.
      return page.screenshot({ clip: { x, y: y + height - 120, width: 2, height: 100 }, animations: 'disabled' });
    };
    const row = async (name: string) => {
      const { x, y } = (await picker.result(name).boundingBox())!;
      return page.screenshot({ clip: { x, y: y + 8, width: 3, height: 80 } });
    };
    const isSame = (one: Buffer, other: Buffer) => one.equals(other);
    await picker.search.focus();
    const unfocused = await edge();
    await picker.results.focus();
    await press('Home');
    expect(isSame(await edge(), unfocused)).toBe(false);
    await panel.shoot('picker-list-focus');
    await page.emulateMedia({ forcedColors: 'active' });
    const names = await picker.dialog.locator('[role=option] .name').allTextContents();
    expect(isSame(await row(names[0]!), await row(names[1]!))).toBe(false);
    await panel.shoot('picker-high-contrast');
    await page.emulateMedia({ forcedColors: null });
    await leave();
  });

  it('stays inside the dialog with Tab', async () => {
    await press('Enter');
    await picker.results.waitFor();
    const inside = () => picker.dialog.evaluate((dialog) => dialog.contains(document.activeElement));
    for (let stop = 0; stop < 24; stop += 1) {
      await press('Tab');
      expect(await inside()).toBe(true);
    }
    await leave();
  });
});

describe('saved with the story', () => {
  it('keeps the order through pick, publish, reorder and publish', async () => {
    await picker.openStory(STORY);
    await picker.browse();
    await picker.search.fill('hearthside companion');
    await picker.result(HEARTHSIDE).click();
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await picker.save('Publish');
    await shows([NIGHTOWL, LARKSPUR, HEARTHSIDE]);
    expect(await published()).toEqual([NIGHTOWL, LARKSPUR, HEARTHSIDE]);

    await picker.browse();
    await picker.handle(HEARTHSIDE).focus();
    await panel.page.keyboard.press('Alt+ArrowUp');
    await eventually(focused, `Move ${HEARTHSIDE}, place 2 of 3`);
    await panel.page.keyboard.press('Alt+ArrowUp');
    await eventually(focused, `Move ${HEARTHSIDE}, place 1 of 3`);
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await shows([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    await picker.save('Save');
    await shows([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    expect(await published()).toEqual([NIGHTOWL, LARKSPUR, HEARTHSIDE]);
    await picker.save('Publish');
    await shows([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    expect(await published()).toEqual([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    await panel.page.reload();
    await shows([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
  });

  it('shows what the site has on the published tab, to read only, and the draft on its own', async () => {
    const { page } = panel;
    await picker.panel.getByRole('button', { name: `Remove ${LARKSPUR}` }).click();
    await picker.save('Save');
    await shows([HEARTHSIDE, NIGHTOWL]);
    await page.getByRole('tab', { name: 'published' }).click();
    await eventually(picker.inPanel, [HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    expect(await picker.panel.getByRole('button').count()).toBe(0);
    await panel.shoot('picker-published');
    await page.getByRole('tab', { name: 'draft' }).click();
    await shows([HEARTHSIDE, NIGHTOWL]);
  });

  it('discards a draft’s picks with the draft', async () => {
    const { page } = panel;
    await page.getByRole('button', { name: 'More document actions' }).click();
    await page.getByRole('menuitem', { name: 'Discard changes' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await shows([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
  });

  it('warns of picks that are not saved, and not when they are as they were', async () => {
    const { page } = panel;
    const warning = page.getByRole('alertdialog');
    await picker.panel.getByRole('button', { name: `Remove ${LARKSPUR}` }).click();
    await page.getByRole('link', { name: 'Offering' }).first().click();
    await warning.waitFor();
    await page.keyboard.press('Escape');
    await picker.panel.getByRole('button', { name: 'Undo' }).click();
    await shows([HEARTHSIDE, NIGHTOWL, LARKSPUR]);
    await page.getByRole('link', { name: 'Offering' }).first().click();
    await page.getByRole('heading', { name: 'Offering' }).waitFor();
    expect(await warning.count()).toBe(0);
  });

  it('moves and removes among more saved ones than the native field loads', async () => {
    const { page } = panel;
    await picker.openStory(STORY);
    await picker.browse();
    await picker.results.waitFor();
    for (const place of Array.from({ length: 14 }).keys()) {
      const option = picker.dialog.locator(`[role=option][aria-posinset="${place + 1}"]`);
      if ((await option.getAttribute('aria-selected')) === 'false') await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
    }
    const many = await picker.inDialog();
    expect(many.length).toBeGreaterThan(10);
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await picker.save('Publish');
    await eventually(picker.inPanel, many);
    expect(await published()).toEqual(many);

    // The first becomes the last but one, the fourth goes.
    const [first, second, third, fourth, ...others] = many;
    const wanted = [second!, third!, ...others.slice(0, -1), first!, others.at(-1)!];
    await picker.panel.getByRole('button', { name: `Remove ${fourth}` }).click();
    await picker.browse();
    await picker.handle(first!).focus();
    const size = page.viewportSize()!;
    await page.setViewportSize({ ...size, height: 500 });
    const isInSight = () =>
      picker.handle(first!).evaluate((handle) => {
        const [own, list] = [handle, handle.closest('ol')!].map((element) => element.getBoundingClientRect());
        return own!.top >= list!.top && own!.bottom <= list!.bottom;
      });
    for (const place of wanted.keys()) {
      if (place < 2) continue;
      await page.keyboard.press('Alt+ArrowDown');
      await eventually(focused, `Move ${first}, place ${place} of ${wanted.length}`);
    }
    expect(await isInSight()).toBe(true);
    await page.setViewportSize(size);
    await eventually(picker.inDialog, wanted);
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    // The native field has loaded the last five saved ones, and shows the moved one among them.
    await eventually(picker.inField, wanted.slice(-6));
    await picker.save('Publish');
    await eventually(picker.inPanel, wanted);
    expect(await published()).toEqual(wanted);
  });

  it('warns of an archived one', async () => {
    await picker.browse();
    await picker.search.fill('pocket ward');
    await picker.dialog.getByText('1 offering', { exact: true }).waitFor();
    if (!(await picker.inDialog()).includes(ARCHIVED)) await picker.result(ARCHIVED).click();
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await picker.panel.getByText('No longer offered. Consider another one.').first().waitFor();
    await panel.shoot('picker-archived');
  });

  it('puts another one in the place of an archived one, and takes that back', async () => {
    const { page } = panel;
    const before = await picker.inPanel();
    await picker.panel.getByRole('button', { name: `Replace ${ARCHIVED}` }).focus();
    await press('Enter');
    const dialog = page.getByRole('dialog', { name: `Replace ${ARCHIVED}` });
    // What has a topic of it.
    await dialog
      .getByRole('button', { name: /^Do not use / })
      .first()
      .waitFor();
    await panel.shoot('picker-replace');
    // Strapi's own button has a paler colour below the mouse.
    await page.mouse.move(0, 0);
    expect(await accessibilityProblems(page, '[role=dialog]')).toEqual([]);
    // One that is picked already is not taken away.
    await dialog.locator('[role=option][aria-selected=true]').first().click();
    await dialog.getByText('is picked already, at place').waitFor();
    const free = dialog.locator('[role=option][aria-selected=false]').first();
    const name = (await free.locator('.name').getAttribute('title'))!;
    await free.click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(
      picker.inPanel,
      before.map((other) => (other === ARCHIVED ? name : other)),
    );
    await page.getByText(`${name} takes the place of ${ARCHIVED}.`).first().waitFor();
    await eventually(focused, 'Browse offerings');
    await picker.panel.getByRole('button', { name: 'Undo' }).click();
    await page
      .getByText(`Undone: ${ARCHIVED} is back at place ${before.indexOf(ARCHIVED) + 1}.`)
      .first()
      .waitFor();
    await eventually(picker.inPanel, before);
  });
});

describe('a story that is not saved yet', () => {
  const TITLE = 'Hospital at home: remote monitoring through the night';

  it('has suggestions and picks, and keeps both when it is saved', async () => {
    const { page } = panel;
    await panel.open('curated-content/create');
    await page.getByLabel('Title', { exact: false }).first().fill(TITLE);
    const add = picker.suggestions.getByRole('button', { name: /^Add / });
    // Until the title was read, the list is that of a story without one.
    await picker.suggestions
      .getByText(/^Mentions /)
      .first()
      .waitFor();
    const [dismissed, picked] = await picker.suggested();
    await picker.suggestions.getByRole('button', { name: `Dismiss ${dismissed}` }).click();
    await eventually(async () => (await picker.suggested()).includes(dismissed!), false);
    await picker.suggestions.getByRole('button', { name: `Add ${picked}` }).click();
    await shows([picked!]);
    await picker.save('Save');
    await eventually(picker.inPanel, [picked!]);
    await page.reload();
    await add.first().waitFor();
    expect(await picker.suggested()).not.toContain(dismissed);
    expect(await picker.inPanel()).toEqual([picked]);
  });

  it('gets an offering that did not exist, made without leaving', async () => {
    const { page } = panel;
    await picker.browse();
    await picker.search.fill('Zephyr Quilt');
    await picker.dialog.getByText('No offering is like that.', { exact: false }).waitFor();
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    const name = picker.dialog.getByLabel('Name', { exact: false });
    await eventually(() => name.inputValue(), 'Zephyr Quilt');
    // Escape gives up what is made, and only then the dialog.
    await page.keyboard.press('Escape');
    await eventually(() => name.count(), 0);
    expect(await picker.search.evaluate((input) => input === document.activeElement)).toBe(true);
    await picker.search.fill('doorstep');
    await picker.result(DOORSTEP).click();
    await eventually(async () => (await picker.inDialog()).at(-1), DOORSTEP);
    await picker.search.fill('');
    await picker.dialog.getByRole('checkbox', { name: /^Not used yet/ }).check();
    await picker.dialog.getByText('No offerings', { exact: true }).waitFor();
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    // Nothing is taken back that is not to be seen.
    await name.fill('');
    await page.keyboard.press('Control+z');
    // What was searched for and filtered stands as it was before.
    await name.fill('Nightowl');
    await picker.result(NIGHTOWL).waitFor();
    await picker.dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await picker.inDialog()).at(-1)).toBe(DOORSTEP);
    await picker.dialog.getByText('No offerings', { exact: true }).waitFor();
    expect(await picker.search.inputValue()).toBe('');
    expect(await picker.dialog.getByRole('checkbox', { name: /^Not used yet/ }).isChecked()).toBe(true);
    await page.keyboard.press('Control+z');
    await eventually(async () => (await picker.inDialog()).includes(DOORSTEP), false);
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    // What is called like that already stands beside the form, used or not.
    await name.fill('Nightowl');
    await picker.result(NIGHTOWL).waitFor();
    // No button of the dialog takes away what stands in the form.
    expect(await picker.dialog.getByRole('button', { name: 'Done' }).count()).toBe(0);
    await name.fill(' ');
    await picker.dialog.getByRole('button', { name: 'Create and add' }).click();
    await picker.dialog.getByText('Give it a name.').waitFor();
    await name.fill('Zephyr '.repeat(150));
    await picker.dialog.getByRole('button', { name: 'Create and add' }).click();
    await picker.dialog.getByText('name must be at most 1000 characters').waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await panel.shoot('picker-create-refused');
    await name.fill('Zephyr Quilt');
    await eventually(() => name.getAttribute('aria-invalid'), null);
    await picker.dialog.getByRole('combobox', { name: 'Type', exact: true }).click();
    await page.getByRole('option', { name: 'Service' }).click();
    const topics = picker.dialog.getByRole('combobox', { name: 'Topics' }).last();
    const isInTopics = () => topics.evaluate((field) => field === document.activeElement);
    await topics.click();
    for (const words of ['rural', 'telehealth']) {
      await page.keyboard.type(words);
      await page
        .getByRole('option', { name: new RegExp(words, 'i') })
        .first()
        .click();
      // Ready for the next one.
      await eventually(() => topics.inputValue(), '');
      expect(await isInTopics()).toBe(true);
    }
    await panel.shoot('picker-create');
    await picker.dialog.getByRole('button', { name: /^Do not use .*Telehealth/ }).click();
    expect(await isInTopics()).toBe(true);
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let stop = 0; stop < 16; stop += 1) {
        await press(key);
        expect(await picker.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
      }
    }
    await picker.dialog.getByRole('button', { name: 'Create and add' }).click();
    await eventually(async () => (await picker.inDialog()).at(-1), 'Zephyr Quilt');
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await picker.save('Publish');
    expect((await published(TITLE)).at(-1)).toBe('Zephyr Quilt');
    const { list } = await rest(panel.url).get('/offerings?filters[name]=Zephyr Quilt&populate=topics');
    expect(list.map(({ type, topics }) => [type, (topics as { label: string }[]).map(({ label }) => label)])).toEqual([
      ['service', ['Rural Health']],
    ]);
    forget('400 (Bad Request)');
  });
});

describe('an offering that is being made', () => {
  const requests = '**/content-manager/collection-types/plugin::curation.offering';
  const submit = () => picker.dialog.getByRole('button', { name: 'Create and add' });

  it('is not given up by the Escape that closes the list of topics', async () => {
    const { page } = panel;
    await picker.browse();
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    const name = picker.dialog.getByLabel('Name', { exact: false });
    await name.fill('Not lost');
    const topics = picker.dialog.getByRole('combobox', { name: 'Topics' }).last();
    await topics.click();
    await page.keyboard.type('care');
    await eventually(() => topics.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Escape');
    await eventually(() => topics.getAttribute('aria-expanded'), 'false');
    expect(await name.inputValue()).toBe('Not lost');
    await page.keyboard.press('Escape');
    await eventually(() => name.count(), 0);
    await page.keyboard.press('Escape');
    await picker.dialog.waitFor({ state: 'detached' });
  });

  it('is not lost by a click beside the dialog, and given up alone by its cross', async () => {
    const { page } = panel;
    await picker.browse();
    await picker.search.fill('Half a thought');
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    await picker.dialog.getByRole('form').waitFor();
    await page.mouse.click(5, 5);
    expect(await picker.dialog.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half a thought');
    await picker.dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await picker.dialog.getByRole('form').waitFor({ state: 'detached' });
    await picker.dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await picker.dialog.waitFor({ state: 'detached' });
  });

  it('says that it could not be made, also where no server answers', async () => {
    const { page } = panel;
    await picker.openStory(STORY);
    await picker.browse();
    await picker.search.fill('home');
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    await page.route(requests, (route) => route.abort());
    await submit().click();
    await picker.dialog.getByText('That did not work. Try again.').waitFor();
    await page.unroute(requests);
    await page.route(requests, (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }));
    await submit().click();
    await picker.dialog.getByText('That did not work. Try again.').waitFor();
    await page.unroute(requests);
    forget('ERR_FAILED');
    forget('502 (Bad Gateway)');
  });

  it('takes nothing from what is picked meanwhile, and is not given up halfway', async () => {
    const { page } = panel;
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(requests, async (route) => {
      await held;
      await route.continue();
    });
    await submit().click();
    const other = picker.dialog.locator('[role=option][aria-selected=false]').first();
    const name = await other.locator('[title]').first().getAttribute('title');
    await other.click();
    await page
      .getByText(new RegExp(`^${name} added\\.`))
      .first()
      .waitFor();
    await press('Escape');
    expect(await submit().count()).toBe(1);
    answer();
    await eventually(async () => (await picker.inDialog()).slice(-2), [name, 'home']);
    await page.unroute(requests);
    await press('Escape');
  });

  it.each([
    [1280, 900],
    [900, 900],
  ])('is to be seen whole on a screen of %i × %i, with the keys that it takes', async (width, height) => {
    const { page } = panel;
    await picker.openStory(STORY);
    const usual = page.viewportSize()!;
    await page.setViewportSize({ width, height });
    await browseByKeys();
    const footer = picker.dialog.getByText('Ctrl+Z undo', { exact: false }).locator('..');
    const before = (await footer.boundingBox())!.height;
    await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
    const name = picker.dialog.getByLabel('Name', { exact: false });
    await eventually(() => name.evaluate((input) => input === document.activeElement), true);
    await page.screenshot({ path: `artifacts/browser/picker-create-${width}-${height}.png` });
    for (const part of [name, submit()]) {
      const { y, ...box } = (await part.boundingBox())!;
      expect(y).toBeGreaterThan(0);
      expect(y + box.height).toBeLessThanOrEqual(height);
      expect(
        await part.evaluate((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }),
      ).toBe(true);
    }
    const keys = picker.dialog.getByText('Escape goes back', { exact: false }).locator('..');
    expect((await keys.boundingBox())!.height).toBe(before);
    expect(await picker.dialog.getByText('Ctrl+Z undo', { exact: false }).count()).toBe(0);
    await press('Escape', 'Escape');
    await page.setViewportSize(usual);
  });

  it('asks where there is one of that name, picks that one, and makes another where the editor insists', async () => {
    const { page } = panel;
    const called = async () => (await rest(panel.url).get(`/offerings?filters[name]=${DOORSTEP}`)).list.length;
    await picker.openStory(STORY);
    await picker.browse();
    const begin = async (words: string) => {
      await picker.dialog.getByRole('button', { name: 'New offering' }).first().click();
      await picker.dialog.getByLabel('Name', { exact: false }).fill(words);
      await press('Enter');
    };
    await begin(' doorstep  VITALS ');
    await picker.dialog.getByText(`“${DOORSTEP}” exists already.`).waitFor();
    await eventually(focused, 'Use that one');
    expect(await accessibilityProblems(page, '[role="dialog"]')).toEqual([]);
    await panel.shoot('picker-create-exists');
    // Another name is another question.
    const name = picker.dialog.getByLabel('Name', { exact: false });
    await name.fill('doorstep vital');
    await eventually(() => picker.dialog.getByText('exists already', { exact: false }).count(), 0);
    await name.fill('doorstep vitals');
    await press('Enter');
    await eventually(focused, 'Use that one');
    await press('Enter');
    await eventually(async () => (await picker.inDialog()).at(-1), DOORSTEP);
    await eventually(() => picker.search.evaluate((input) => input === document.activeElement), true);
    expect(await called()).toBe(1);
    const before = await picker.inDialog();

    await begin(DOORSTEP);
    await picker.dialog.getByText(`“${DOORSTEP}” exists already, and is picked.`).waitFor();
    await picker.dialog.getByRole('button', { name: 'Create another one' }).click();
    await eventually(picker.inDialog, [...before, DOORSTEP]);
    expect(await called()).toBe(2);
    await press('Escape');
  });
});

describe('when the session has ended', () => {
  /** The browser of somebody who was away for long. */
  const comeBack = async () => {
    const view = await panel.logIn(panel.admin);
    const { page } = view;
    const other = pickerOf(view);
    await other.openStory(STORY);
    await other.browse();
    await other.result(DOORSTEP).waitFor();
    const end = async () => {
      await page.context().clearCookies();
      await page.evaluate(() => localStorage.removeItem('jwtToken'));
      await other.search.fill('hearthside');
    };
    const isAtLogin = () => page.getByLabel('Password', { exact: false }).first().waitFor();
    return { view, page, other, end, isAtLogin };
  };

  it('the dialog says so, and leads to the login', async () => {
    const { page, other, end, isAtLogin } = await comeBack();
    await end();
    await other.dialog.getByText('Your session has ended. Log in again.').waitFor();
    expect(await other.dialog.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await other.dialog.getByRole('button', { name: 'Log in again' }).click();
    await isAtLogin();
    await page.context().close();
  });

  it('the dialog and the form of a new offering say that the picks are not saved', async () => {
    const { view, page, other, end, isAtLogin } = await comeBack();
    await other.dialog.getByRole('button', { name: `Remove ${LARKSPUR}` }).click();
    await eventually(async () => (await other.inDialog()).includes(LARKSPUR), false);
    await page.waitForLoadState('networkidle');
    await end();
    const told = 'Your session has ended. What you picked is not saved.';
    await other.dialog.getByText(told, { exact: false }).waitFor();
    await view.shoot('picker-session-ended');
    await other.dialog.getByRole('button', { name: 'New offering' }).first().click();
    await other.dialog.getByLabel('Name', { exact: false }).fill('Zephyr Kettle');
    await page.keyboard.press('Enter');
    await other.dialog.getByRole('form').getByText(told, { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await other.dialog.getByRole('button', { name: 'Log in again' }).click();
    // Strapi's own question, for the story is not saved.
    await page.getByRole('button', { name: 'Confirm' }).click();
    await isAtLogin();
    await page.context().close();
  });
});

describe('for everybody', () => {
  it.each(['light', 'dark'])('has nothing that axe finds, in the %s theme', async (theme) => {
    const { page } = panel;
    await page.evaluate((name) => localStorage.setItem('STRAPI_THEME', name), theme);
    await picker.openStory(STORY);
    await picker.suggestions.getByRole('button').first().waitFor();
    expect(await accessibilityProblems(page, 'aside:has([aria-label="Suggestions"])')).toEqual([]);
    await panel.shoot(`picker-panel-${theme}`);
    await picker.browse();
    await picker.search.fill('home');
    await picker.dialog.locator('.summary mark').first().waitFor();
    expect(await accessibilityProblems(page, '[role="dialog"]')).toEqual([]);
    // A person who hardly tells colours apart sees what was found.
    expect(await contrastOfMark(page)).toBeGreaterThanOrEqual(3);
    await panel.shoot(`picker-dialog-${theme}`);
    await page.keyboard.press('Escape');
  });

  it('has room at 200 percent', async () => {
    const { page } = panel;
    const [width, height] = [640, 400];
    await picker.openStory(STORY);
    const usual = page.viewportSize()!;
    await page.setViewportSize({ width, height });
    await browseByKeys();
    const box = async (part: typeof picker.results) => (await part.boundingBox())!;
    /** As a person sees it: nothing of it beyond an edge of the screen. */
    const isWhole = async (part: typeof picker.results) => {
      const { x, y, ...size } = await box(part);
      return x >= 0 && y >= 0 && x + size.width <= width && y + size.height <= height;
    };
    for (const name of ['Topics', 'Types', 'Status', 'Sort by']) {
      expect((await box(picker.dialog.getByRole('combobox', { name }))).width).toBeGreaterThan(100);
    }
    await page.screenshot({ path: 'artifacts/browser/picker-zoomed-search.png' });
    await picker.search.focus();
    await press('ArrowDown', 'ArrowDown');
    const active = page.locator('[role=option][data-active=true]');
    await eventually(() => active.getAttribute('aria-posinset'), '3');
    await eventually(() => isWhole(active), true);
    expect((await box(active)).width).toBeGreaterThan(500);
    await page.screenshot({ path: 'artifacts/browser/picker-zoomed-results.png' });
    const last = picker.dialog.getByRole('list', { name: 'Picked offerings, in order' }).getByRole('listitem').last();
    await last.getByRole('button', { name: /^Move/ }).focus();
    await eventually(() => isWhole(last), true);
    expect((await box(last)).width).toBeGreaterThan(500);
    await page.screenshot({ path: 'artifacts/browser/picker-zoomed-picked.png' });
    await picker.dialog.getByRole('button', { name: 'Done' }).click();
    await page.setViewportSize(usual);
  });

  it.each([
    ['de', 'Verwandte Angebote', 'Angebote durchsuchen', 'verschiebbar'],
    ['es', 'Ofertas relacionadas', 'Explorar ofertas', 'ordenable'],
    ['fr', 'Offres associées', 'Parcourir les offres', 'déplaçable'],
  ])('speaks %s', async (language, title, browse, movable) => {
    const { page } = panel;
    await page.evaluate((name) => localStorage.setItem('strapi-admin-language', name), language);
    await page.reload();
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByRole('button', { name: browse }).click();
    await page.getByRole('listbox').waitFor();
    expect(await page.getByRole('dialog').innerText()).not.toContain('relatedOfferings.');
    expect(await page.locator('[data-handle]').first().getAttribute('aria-roledescription')).toBe(movable);
    await panel.shoot(`picker-dialog-${language}`);
    await page.keyboard.press('Escape');
  });
});

it('leaves no error in the console of the browser', () => {
  expect(panel.errors).toEqual([]);
});
