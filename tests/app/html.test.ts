import fs from 'node:fs/promises';
import path from 'node:path';

import { readSavedPlan } from '../../migrations/saved-plan';
import { readArchive, writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { curation } from '../support/cli';
import { PLAYGROUND } from '../support/paths';
import { story } from '../support/story';

const STORY = 'plugin::curation.curated-content';

const BODY = '<p onclick="f()">A</p>\r\n<script>1</script>\r\n<iframe src="https://maps.example/"></iframe>\r\n\r\nUse `<script>`.\r\n';
const CLEAN = '<p>A</p>\r\n\r\nUse `<script>`.\r\n';
const FILES = { 'a.md': story({ id: 1, title: 'A', via: 'x' }, BODY) };

let app: ArchiveApp;
let folder: string;

beforeAll(async () => {
  app = await startArchiveApp();
  folder = await writeArchive(FILES);
});

afterAll(() => app.stop());

const stored = async (status: 'draft' | 'published' = 'published') =>
  (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 1 }, status })) as unknown as {
    documentId: string;
    body: string;
    via: string;
  };

const edit = async (data: Record<string, unknown>) => {
  const { documentId } = await stored();
  await app.strapi.documents(STORY).update({ documentId, data: data as never, status: 'published' });
};

const exported = async () => {
  const target = await writeArchive({});
  await app.exportTo(target);
  return readArchive(target);
};

it('stores and serves a body without active HTML, and tells each piece', async () => {
  const { problems } = await app.importFrom(folder);
  expect(problems.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
    'html/active: "onclick" of <p> is taken out.',
    'html/active: <script> is taken out, with what is in it.',
    'html/active: <iframe> is taken out: "https://maps.example/" is none of the hosts whose frames stay.',
  ]);
  expect((await stored()).body).toBe(CLEAN);
  expect((await stored('draft')).body).toBe(CLEAN);
});

it('has nothing to write a second time, and tells it again', async () => {
  const { counts, problems } = await app.importFrom(folder);
  expect(counts).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  expect(problems).toHaveLength(3);
});

it('gives the file back byte for byte', async () => {
  expect(await exported()).toEqual(FILES);
});

it('gives the body back as it was where an editor changed something else', async () => {
  await edit({ via: 'z' });
  expect(await exported()).toEqual({ 'a.md': FILES['a.md'].replace('via: x', 'via: z') });
  await edit({ via: 'x' });
});

it('writes the body that an editor wrote', async () => {
  await edit({ body: '<p>Mine.</p>\n' });
  expect(await exported()).toEqual({ 'a.md': FILES['a.md'].replace(BODY, '<p>Mine.</p>\n') });
  await edit({ body: CLEAN });
  expect(await exported()).toEqual(FILES);
});

it('takes an embed of an editor that comes back in a file for no conflict, and leaves it in Strapi', async () => {
  const own = await writeArchive({ 'own.md': story({ id: 2, title: 'Own' }, 'One.\n') });
  await app.importFrom(own);
  const find = async () =>
    (await app.strapi.documents(STORY).findFirst({ filters: { workPackageId: 2 }, status: 'published' })) as unknown as {
      documentId: string;
      body: string;
    };
  const embed = 'Two.\n\n<script src="https://video.example/player.js"></script>\n';
  await app.strapi.documents(STORY).update({ documentId: (await find()).documentId, data: { body: embed } as never, status: 'published' });
  await app.exportTo(own);
  await fs.rm(path.join(own, 'a.md'));
  for (let time = 0; time < 2; time += 1) {
    const { counts, problems } = await app.importFrom(own);
    expect(counts).toMatchObject({ updated: 0, unchanged: 1, conflicts: 0 });
    expect(problems.map(({ rule }) => rule)).toEqual(['html/active']);
    expect((await find()).body).toBe(embed);
  }

  await fs.writeFile(path.join(own, 'own.md'), story({ id: 2, title: 'Own' }, 'Three.\n'));
  expect((await app.importFrom(own)).counts).toMatchObject({ conflicts: 1 });
  await app.strapi.documents(STORY).delete({ documentId: (await find()).documentId });
});

it('looks at unchanged files again where the options are others', async () => {
  const { counts, problems } = await app.importFrom(folder, { html: 'keep' });
  expect({ ...counts, problems }).toMatchObject({ updated: 1, problems: [] });
  expect((await stored()).body).toBe(BODY);

  expect((await app.importFrom(folder, { frames: ['maps.example'] })).counts).toMatchObject({ updated: 1 });
  expect((await stored()).body).toBe(CLEAN.replace('</p>', '</p>\r\n<iframe src="https://maps.example/"></iframe>'));

  expect((await app.importFrom(folder)).counts).toMatchObject({ updated: 1 });
  expect((await stored()).body).toBe(CLEAN);
});

it('keeps the options in a saved plan', async () => {
  const file = path.join(await fs.mkdtemp(`${folder}-plan-`), 'plan.json');
  const { env } = app.database;
  const plan = ['plan', folder, '--app', PLAYGROUND, '--html', 'keep', '--frames', 'maps.example,b.example', '--out', file];
  const { code, stderr } = await curation(plan, { env });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect((await readSavedPlan(file)).options).toMatchObject({ html: 'keep', frames: ['maps.example', 'b.example'] });
  await curation(['apply', file, '--app', PLAYGROUND, '--yes'], { env });
  expect((await stored()).body).toBe(BODY);
  await fs.rm(path.dirname(file), { recursive: true });
});
