import fs from 'node:fs';
import path from 'node:path';

import { writeArchive } from '../support/archive';
import { openPanel, type Panel } from '../support/panel';
import { PLAYGROUND, ROOT } from '../support/paths';
import { rest } from '../support/rest';

interface Subject {
  file: string;
  title: string;
  topics: string[];
  offerings: string[];
}

const SEED: Subject = {
  file: path.join(ROOT, '..', 'shared', 'seed', '9446286e-0653-5893-87ea-b21f77859c1a.md'),
  title: 'Digitalization in healthcare empowers patients',
  topics: ['Healthcare IT News: Patient Empowerment'],
  offerings: ['FLOW - Patient Empowerment Solution'],
};

const SAMPLE: Subject = {
  file: path.join(PLAYGROUND, 'content', 'stories', 'cc2cc58e-6cb9-5923-9ebe-f44977ac02c7.md'),
  title: 'Hospital-at-home programs learn to listen to the night shift',
  topics: ['Digital Health Wire: Hospital at Home', 'Care Catalog: Remote Patient Monitoring'],
  offerings: ['Nightowl - Ward at Home Monitor', 'Larkspur Command'],
};

// The real archive's story belongs to its owner: it is read where it stands beside the checkout, and is no part of it.
const { file, title, topics, offerings } = fs.existsSync(SEED.file) ? SEED : SAMPLE;
const NEW_TITLE = 'What the night shift hears';

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(await writeArchive({ [path.basename(file)]: fs.readFileSync(file) }));
});
afterAll(() => panel.close());

const published = async () => (await rest(panel.url).get('/curated-contents')).list.map((story) => story.title);

it('shows the imported story as published', async () => {
  const { page } = panel;
  await panel.open('curated-content');
  const row = page.locator('tbody tr').filter({ hasText: title });
  await row.getByText('Published', { exact: true }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
  await row.getByText(title).click();
  await page.getByRole('heading', { name: title }).waitFor();
  await page.getByText('Published', { exact: true }).first().waitFor();
  expect(await page.getByText('Modified', { exact: true }).count()).toBe(0);
});

it('shows its topics and offerings in the native fields, in the order of the file', async () => {
  const { page } = panel;
  for (const [label, names] of [
    ['Topics', topics],
    ['Related offerings', offerings],
  ] as const) {
    await page.getByText(`${label} (${names.length})`).waitFor();
    await page.getByRole('button', { name: names.at(-1)!, exact: true }).waitFor();
  }
  const shown = await page.locator('main').innerText();
  const places = [...topics, ...offerings].map((name) => shown.indexOf(name));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  await panel.shoot('story');
});

it('publishes a new title, which REST then has', async () => {
  const { page } = panel;
  expect(await published()).toEqual([title]);
  await page.getByLabel('Title', { exact: false }).first().fill(NEW_TITLE);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Published document').first().waitFor();
  expect(await published()).toEqual([NEW_TITLE]);
  await page.getByRole('heading', { name: NEW_TITLE }).waitFor();
  expect(await page.getByText('Modified', { exact: true }).count()).toBe(0);
});

it('leaves no error in the console of the browser', () => {
  expect(panel.errors).toEqual([]);
});
