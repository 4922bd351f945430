import type { Permission } from '../support/administrators';
import { writeArchive } from '../support/archive';
import { eventually } from '../support/eventually';
import { openPanel, type Panel, type View } from '../support/panel';
import { accessibilityProblems, pickerOf } from '../support/picker';
import { createAccount } from '../support/roles';
import { offeringFile, story, topicFile } from '../support/story';

const TITLE = 'What the night shift hears';
const TOPIC = 'Care Catalog: Telehealth';

/** What each of them may do beside reading stories. */
const READ_STORIES: Permission = { action: 'read', type: 'curated-content' };
const READ: Permission[] = [READ_STORIES, { action: 'read', type: 'offering' }, { action: 'read', type: 'topic' }];

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(
    await writeArchive({
      'topic.md': topicFile(TOPIC),
      'picked.md': offeringFile('Brightwater Televisit', { type: 'service', status: 'approved', permalink: '/offering/brightwater' }),
      'fitting.md': offeringFile('Cobble Telehealth Cart', { permalink: '/offering/cobble', categories: [TOPIC] }),
      'story.md': story({
        title: TITLE,
        categories: [TOPIC],
        relatedOfferings: [{ label: 'Brightwater Televisit', permalink: '/offering/brightwater' }],
      }),
    }),
  );
});
afterAll(() => panel.close());

const openAs = async (permissions: Permission[]) => {
  const view = await panel.logIn(await createAccount(panel.url, panel.admin, permissions));
  const picker = pickerOf(view);
  await picker.openStory(TITLE);
  return { view, picker };
};

/** Nothing of the plugin's own was refused: what somebody may not do is not tried. */
const expectQuiet = ({ errors }: View) => expect(errors.filter((error) => error.includes('curation/picker'))).toEqual([]);

it('tells who may not see offerings so, in a sentence, and asks for none', async () => {
  const { view, picker } = await openAs([READ_STORIES, { action: 'update', type: 'curated-content' }]);
  await picker.panel.getByText('Your role may not see offerings. An administrator can allow it.').waitFor();
  expect(await picker.panel.getByRole('button').count()).toBe(0);
  await view.shoot('picker-without-offerings');
  expectQuiet(view);
});

it('shows picks and suggestions to who may not change the story, and nothing to press', async () => {
  const { view, picker } = await openAs(READ);
  await eventually(picker.inPanel, ['Brightwater Televisit']);
  await eventually(picker.suggested, ['Cobble Telehealth Cart']);
  expect(await picker.panel.getByRole('button').count()).toBe(0);
  expect(await accessibilityProblems(view.page, 'aside:has([aria-label="Suggestions"])')).toEqual([]);
  await view.shoot('picker-read-only');
  expectQuiet(view);
});

it('lets nobody change the field who may change other fields alone', async () => {
  const { view, picker } = await openAs([...READ, { action: 'update', type: 'curated-content', fields: ['title'] }]);
  await eventually(picker.suggested, ['Cobble Telehealth Cart']);
  expect(await picker.panel.getByRole('button').count()).toBe(0);
  expectQuiet(view);
});

it('lets who may change stories pick, and make offerings only who may', async () => {
  const { view, picker } = await openAs([...READ, { action: 'update', type: 'curated-content' }]);
  await picker.suggestions.getByRole('button', { name: 'Add Cobble Telehealth Cart' }).click();
  await eventually(picker.inPanel, ['Brightwater Televisit', 'Cobble Telehealth Cart']);
  await picker.browse();
  await picker.results.waitFor();
  expect(await picker.dialog.getByRole('button', { name: 'New offering' }).count()).toBe(0);
  await picker.search.fill('nothing is called so');
  await picker.dialog.getByText('No offering is like that.', { exact: false }).waitFor();
  expect(await picker.dialog.getByRole('button', { name: 'New offering' }).count()).toBe(0);
  expectQuiet(view);
});

it('asks of a new offering what the role may say of it', async () => {
  const create: Permission = { action: 'create', type: 'offering', fields: ['name'] };
  const { view, picker } = await openAs([...READ, { action: 'update', type: 'curated-content' }, create]);
  await picker.browse();
  await picker.results.waitFor();
  await picker.dialog.getByRole('button', { name: 'New offering' }).click();
  const form = picker.dialog.getByRole('form');
  await form.getByRole('textbox', { name: 'Name' }).waitFor();
  expect(await form.getByRole('combobox').count()).toBe(0);
  expectQuiet(view);
});

it('filters the list of stories by what the role may read', async () => {
  const fields = ['title', 'date', 'topics'];
  const account = await createAccount(panel.url, panel.admin, [
    { ...READ_STORIES, fields },
    { action: 'read', type: 'topic' },
  ]);
  const view = await panel.logIn(account);
  await view.open('curated-content?page=1&pageSize=20');
  await view.page.getByRole('button', { name: 'Without topics' }).waitFor();
  expect(await view.page.getByRole('button', { name: 'Without offerings' }).count()).toBe(0);
});
