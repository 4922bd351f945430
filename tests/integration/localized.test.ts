import path from 'node:path';

import { UIDS, type ContentType } from '../../content-types';
import { mergeTopics } from '../../migrations/merge-topics';
import { undoArchive } from '../../migrations/undo-archive';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import type { TemporaryDatabase } from '../support/database';
import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { fullAccessToken, rest } from '../support/rest';
import { offeringFile, story } from '../support/story';
import { createReadyDatabase } from '../support/template/template';

const extensions = path.join(ROOT, 'tests', 'fixtures', 'localized');

let database: TemporaryDatabase;
let app: ArchiveApp;
let site: ReturnType<typeof rest>;

const start = async () => {
  app = await startArchiveApp({ database, extensions });
  site = rest(app.url, await fullAccessToken(app.strapi, `test ${Date.now()}`));
};

const locales = () => app.strapi.plugin('i18n').service<any>('locales');

beforeAll(async () => {
  database = await createReadyDatabase();
  await start();
  await locales().create({ code: 'de', name: 'German (de)' });
});

afterAll(async () => {
  await app.stop();
  await database.drop();
});

/** The rows of a type as the database has them. */
const rowsOf = async (type: ContentType, where: object = {}): Promise<any[]> =>
  app.strapi.db.connection(app.host.tables(UIDS[type]).table).where(where).orderBy('id');
const localesOf = async (type: ContentType, where: object = {}) => (await rowsOf(type, where)).map(({ locale }) => locale);

const german = (type: ContentType, where: object = {}) =>
  app.strapi.db.query(UIDS[type]).findMany({ where: { ...where, locale: 'de' }, orderBy: ['id'], populate: ['topics'] });

const translate = (type: ContentType, documentId: string, data: object) =>
  (documents(app.strapi, type) as any).update({ documentId, locale: 'de', data, status: type === 'offering' ? undefined : 'published' });

const idOf = async (title: string): Promise<string> => (await rowsOf('curated-content', { title }))[0].document_id;

const offering = (id: number) => [{ label: `Offering ${id}`, permalink: `/offering/o-${id}`, offeringId: id }];

/** An archive in names of its own, so that no test meets what another one left. */
const archiveOf = (name: string, { id, said = name, topic = `Kind: ${name}` }: { id: number; said?: string; topic?: string }) => ({
  [`${name}.md`]: story({
    id,
    title: said,
    slug: `${name}-story`.toLowerCase(),
    date: '2024-05-01',
    categories: [topic],
    relatedOfferings: offering(id),
  }),
  [`${name}-offering.md`]: offeringFile(`Offering ${id}`, { offeringId: id, permalink: `/offering/o-${id}`, categories: [topic] }),
});

const importFiles = async (files: Record<string, string>) => app.importFrom(await writeArchive(files));

describe('an import into types that an app has localized', () => {
  it('writes rows of the default locale, and none into what is not localized', async () => {
    await importFiles(archiveOf('Plain', { id: 1 }));
    expect(await localesOf('curated-content')).toEqual(['en', 'en']);
    expect(await localesOf('offering')).toEqual(['en']);
    expect(await localesOf('topic')).toEqual([null]);
  });

  it('writes them as the Document Service does', async () => {
    const made = await documents(app.strapi, 'curated-content').create({ data: { title: 'By hand' }, status: 'published' });
    expect(await localesOf('curated-content', { document_id: made.documentId })).toEqual(['en', 'en']);
    await documents(app.strapi, 'curated-content').delete({ documentId: made.documentId });
  });

  it('is seen over REST and by sites', async () => {
    const { list } = await site.get('/curated-contents?populate=*');
    expect(list).toMatchObject([
      { title: 'Plain', locale: 'en', topics: [{ name: 'Kind: Plain' }], relatedOfferings: [{ name: 'Offering 1' }] },
    ]);
    expect((await site.get('/offerings')).list).toHaveLength(1);
    const delivered = await site.get('/delivery/contents');
    expect(delivered.list).toMatchObject([{ title: 'Plain', relatedOfferings: [{ name: 'Offering 1' }] }]);
    expect(await deliveriesOf(app.strapi).faults()).toEqual(NO_FAULTS);
  });

  it('writes nothing when it is repeated', async () => {
    const folder = await writeArchive(archiveOf('Plain', { id: 1 }));
    const before = await rowsOf('curated-content');
    expect(await app.importFrom(folder)).toMatchObject({ run: null, counts: { created: 0, updated: 0, unchanged: 3 } });
    // Another folder: nothing tells at a glance that it is the same.
    const { counts, operations } = await app.planFrom(
      await writeArchive({ ...archiveOf('Plain', { id: 1 }), 'x.md': story({ id: 2, title: 'X' }) }),
    );
    operations.close();
    expect(counts).toMatchObject({ created: 1, updated: 0, unchanged: 3, conflicts: 0 });
    expect(await rowsOf('curated-content')).toEqual(before);
  });

  it('publishes in the default locale, and an undo of an undo does so again', async () => {
    const folder = await writeArchive({ 'd.md': story({ id: 3, title: 'Later' }) });
    await app.importFrom(folder, { publish: 'none' });
    const where = { document_id: await idOf('Later') };
    expect(await localesOf('curated-content', where)).toEqual(['en']);
    const { run } = await app.importFrom(folder, { publish: 'all' });
    expect(await localesOf('curated-content', where)).toEqual(['en', 'en']);
    const undone = await undoArchive(app.host, run!);
    expect(await localesOf('curated-content', where)).toEqual(['en']);
    await undoArchive(app.host, undone.run!);
    expect(await localesOf('curated-content', where)).toEqual(['en', 'en']);
  });
});

describe('a translation', () => {
  it('may have the slug of its entry, and no other entry gets it', async () => {
    await importFiles(archiveOf('Slug', { id: 10 }));
    await translate('curated-content', await idOf('Slug'), { title: 'Schnecke', slug: 'slug-story' });
    expect((await site.get('/curated-contents?locale=de&filters[slug]=slug-story')).list).toMatchObject([{ title: 'Schnecke' }]);
    const taken = await site.post('/curated-contents', { title: 'Again', slug: 'slug-story' });
    expect(taken).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('taken by the story "Slug"') } } });
    expect((await site.get('/delivery/contents/slug-story')).body.data).toMatchObject({ title: 'Slug' });
  });

  it('gets a slug of its own where its editor gives none', async () => {
    await importFiles(archiveOf('Own', { id: 11 }));
    await translate('curated-content', await idOf('Own'), { title: 'Eigene Sache' });
    expect((await german('curated-content', { title: 'Eigene Sache' })).map(({ slug }) => slug)).toEqual(['eigene-sache', 'eigene-sache']);
  });

  it('stays as it is when files change, and its entry follows', async () => {
    await importFiles(archiveOf('Same', { id: 12 }));
    const documentId = await idOf('Same');
    await translate('curated-content', documentId, { title: 'Gleich', slug: 'gleich' });
    const [{ document_id: offeringId }] = await rowsOf('offering', { name: 'Offering 12' });
    await translate('offering', offeringId, { name: 'Angebot 12', slug: 'angebot-12' });
    const before = [await german('curated-content', { documentId }), await german('offering', { documentId: offeringId })];

    const archive = await writeArchive(archiveOf('Same', { id: 12 }));
    expect(await app.importFrom(archive)).toMatchObject({ counts: { created: 0, updated: 0, conflicts: 0 } });
    const report = await importFiles(archiveOf('Same', { id: 12, said: 'Changed' }));
    expect(report.counts).toMatchObject({ created: 0, updated: 1, conflicts: 0, refused: 0 });
    expect([await german('curated-content', { documentId }), await german('offering', { documentId: offeringId })]).toEqual(before);
    expect((await rowsOf('curated-content', { document_id: documentId, locale: 'en' })).map(({ title }) => title)).toEqual([
      'Changed',
      'Changed',
    ]);
    expect((await site.get('/delivery/contents/same-story')).body.data).toMatchObject({
      title: 'Changed',
      relatedOfferings: [{ name: 'Offering 12' }],
    });
    expect(await deliveriesOf(app.strapi).faults()).toEqual(NO_FAULTS);

    await undoArchive(app.host, report.run!);
    expect((await site.get('/delivery/contents/same-story')).body.data).toMatchObject({ title: 'Same' });
    expect([await german('curated-content', { documentId }), await german('offering', { documentId: offeringId })]).toEqual(before);
  });

  it('is suggested for no story', async () => {
    await importFiles(archiveOf('Picked', { id: 16 }));
    const [{ document_id: documentId }] = await rowsOf('offering', { name: 'Offering 16' });
    await translate('offering', documentId, { name: 'Xylophonkurs', slug: 'xylophonkurs' });
    const suggestions = app.strapi.plugin('curation').service<any>('suggestions');
    const found = JSON.stringify(
      await suggestions.suggest({ title: 'Xylophonkurs', topics: [(await rowsOf('topic', { name: 'Kind: Picked' }))[0].document_id] }),
    );
    expect(found.split(documentId)).toHaveLength(2);
    expect(found).not.toContain('Xylophonkurs');
  });

  it('survives an undo of the import that made its entry, and the entry comes back beside it', async () => {
    const { run } = await importFiles(archiveOf('Made', { id: 13 }));
    const documentId = await idOf('Made');
    await translate('curated-content', documentId, {
      title: 'Gemacht',
      slug: 'gemacht',
      topics: (await rowsOf('topic', { name: 'Kind: Made' })).map((row) => row.document_id),
    });
    const before = await german('curated-content', { documentId });
    expect(before[0].topics).toHaveLength(1);

    const undone = await undoArchive(app.host, run!);
    expect(undone.problems).toMatchObject([{ rule: 'undo/changed-since', message: expect.stringContaining('is in use') }]);
    expect(await localesOf('curated-content', { document_id: documentId })).toEqual(['de', 'de']);
    expect(await german('curated-content', { documentId })).toEqual(before);
    expect((await site.get('/delivery/contents/made-story')).status).toBe(404);

    await undoArchive(app.host, undone.run!);
    expect((await localesOf('curated-content', { document_id: documentId })).sort()).toEqual(['de', 'de', 'en', 'en']);
    expect(await german('curated-content', { documentId })).toEqual(before);
    expect((await site.get('/delivery/contents/made-story')).body.data).toMatchObject({ title: 'Made' });
  });

  it('keeps its topic: a merge that would take it away is refused', async () => {
    await importFiles({ ...archiveOf('From', { id: 14 }), ...archiveOf('Into', { id: 15 }) });
    const [source] = await rowsOf('topic', { name: 'Kind: From' });
    const [target] = await rowsOf('topic', { name: 'Kind: Into' });
    const documentId = await idOf('From');
    await translate('curated-content', documentId, { title: 'Von', slug: 'von', topics: [source.document_id] });
    const merge = () => mergeTopics(app.host, { source: source.document_id, target: target.document_id });
    await expect(merge()).rejects.toThrow('Translations of 1 entry name "Kind: From". Give them "Kind: Into" instead, then merge.');
    expect((await german('curated-content', { documentId })).map(({ topics }) => topics)).toMatchObject([
      [{ name: 'Kind: From' }],
      [{ name: 'Kind: From' }],
    ]);

    await translate('curated-content', documentId, { topics: [target.document_id] });
    await merge();
    expect((await site.get('/delivery/contents/from-story')).body.data).toMatchObject({ topics: [{ name: 'Kind: Into' }] });
  });
});

it('another default locale lets an import write nothing over what is there', async () => {
  await importFiles(archiveOf('Moved', { id: 20 }));
  await app.strapi.plugin('i18n').service('locales').setDefaultLocale({ code: 'de' });
  await app.stop();
  await start();
  const before = await rowsOf('curated-content');
  const report = await importFiles(archiveOf('Moved', { id: 20, said: 'Changed' }));
  expect(report.counts).toMatchObject({ created: 0, updated: 0 });
  expect(report.problems.map(({ rule }) => rule)).toEqual(['record/deleted']);
  expect(await rowsOf('curated-content')).toEqual(before);
  const other = await importFiles({ 'other.md': story({ id: 99, title: 'Other', slug: 'moved-story' }) });
  expect(other.problems.map(({ rule }) => rule)).toEqual(['content/slug-duplicate']);
  expect(await rowsOf('curated-content', { locale: 'en' })).toEqual(before.filter(({ locale }) => locale === 'en'));
});
