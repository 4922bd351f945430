import fs from 'node:fs';
import path from 'node:path';

import { CONTENT_TYPES } from '../../content-types';
import { VIEWS } from '../../server/src/views/configure-views';
import { writeArchive } from '../support/archive';
import { openPanel, type Panel } from '../support/panel';
import { PLAYGROUND } from '../support/paths';
import { rest } from '../support/rest';
import { topicFile } from '../support/story';

/** As long as real names are: short ones would fit into any list. */
const PARENT = 'Digital Health Wire: Analytics & Population Health';
const CHILD = 'Digital Health Wire: Documentation, Dictation & Scribing';

const STORY = path.join(PLAYGROUND, 'content', 'stories', 'cc2cc58e-6cb9-5923-9ebe-f44977ac02c7.md');

const WIDTH_OF_A_BADGE = 100;

let panel: Panel;

beforeAll(async () => {
  const archive = await writeArchive({
    'story.md': fs.readFileSync(STORY, 'utf8').replace("date: '2022-03-14'", "date: '2024-09-25'"),
    'telehealth.md': topicFile('Care Catalog: Telehealth'),
    'parent.md': topicFile(PARENT),
    'child.md': topicFile(CHILD, { parent: PARENT }),
  });
  panel = await openPanel(archive);
});
afterAll(() => panel.close());

describe.each(CONTENT_TYPES)('%s', (type) => {
  it('has the columns that an editor needs, all of them on a laptop’s screen', async () => {
    const { page } = panel;
    await panel.open(type);
    const headers = page.locator('thead th');
    await headers.filter({ hasText: VIEWS[type].fields[VIEWS[type].list[0]!]!.label }).waitFor();
    const labels = VIEWS[type].list.map((name) => VIEWS[type].fields[name]!.label);
    expect((await headers.allTextContents()).filter(Boolean).slice(0, labels.length)).toEqual(labels);
    // Strapi's own column, the status, comes last of those with a heading.
    const last = (await headers.filter({ hasText: /./ }).last().boundingBox())!;
    const list = (await page.locator('table').locator('xpath=..').boundingBox())!;
    expect(list.x + list.width - last.x).toBeGreaterThan(WIDTH_OF_A_BADGE);
    const menu = (await page.locator('tbody tr').first().getByRole('button').last().boundingBox())!;
    expect(menu.x + menu.width).toBeLessThanOrEqual(list.x + list.width);
    await panel.shoot(`list-${type}`);
  });

  it('tells in its form what each field is and what goes there', async () => {
    const { page } = panel;
    await panel.open(`${type}/create`);
    await page.getByText(VIEWS[type].fields[VIEWS[type].settings.mainField]!.hint).waitFor();
    const shown = await page.locator('main').innerText();
    const fields = Object.values(VIEWS[type].fields);
    expect(fields.flatMap(({ label, hint }) => [label, hint]).filter((text) => !shown.includes(text))).toEqual([]);
    await panel.shoot(`form-${type}`);
  });
});

it('tells at the field that a topic of that name exists, in another letter case', async () => {
  const { page } = panel;
  await panel.open('topic/create');
  await page.getByLabel('Name', { exact: false }).first().fill('care catalog:  TELEHEALTH');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const message =
    'The name "care catalog:  TELEHEALTH" is taken by the topic "Care Catalog: Telehealth": names that differ only in letter case or blanks are one topic.';
  const field = page.locator('form, main').getByText(message).last();
  await field.waitFor();
  const name = (await page.getByLabel('Name', { exact: false }).first().boundingBox())!;
  const shown = (await field.boundingBox())!;
  expect(shown.y - (name.y + name.height)).toBeLessThan(60);
  await panel.shoot('topic-taken');
  // The answer of the server is one, of course; everything else is not.
  expect(panel.errors.splice(0).filter((error) => !error.includes('400 (Bad Request)'))).toEqual([]);
});

it('gives a story a slug that was saved without one', async () => {
  const { page } = panel;
  await panel.open('curated-content/create');
  await page.getByLabel('Title', { exact: false }).first().fill('Bread & circuses');
  await page.getByLabel('Link', { exact: false }).first().fill('https://www.news.example.com/bread');
  await page.getByLabel('Slug', { exact: false }).first().fill('');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Published document').first().waitFor();
  const slug = 'newsexample-bread-and-circuses';
  await page.waitForFunction((wanted) => [...document.querySelectorAll('input')].some(({ value }) => value === wanted), slug);
  const { list } = await rest(panel.url).get(`/curated-contents?filters[slug]=${slug}`);
  expect(list.map(({ title, brand }) => ({ title, brand }))).toEqual([{ title: 'Bread & circuses', brand: 'news.example.com' }]);
  await panel.shoot('slug-made');
});

it('leaves no error in the console of the browser', () => {
  expect(panel.errors).toEqual([]);
});
