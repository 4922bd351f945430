import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { undoArchive } from '../../migrations/undo-archive';
import { writeArchive } from '../support/archive';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { story } from '../support/story';

const STORY = 'plugin::curation.curated-content';

let app: ArchiveApp;
let table: ReturnType<typeof deliveriesOf>;

beforeAll(async () => {
  app = await startArchiveApp();
  table = deliveriesOf(app.strapi);
});

afterAll(() => app.stop());

const stories = () => documents(app.strapi, 'curated-content');
const topics = () => documents(app.strapi, 'topic');
const offerings = () => documents(app.strapi, 'offering');

const published = async (data: Record<string, unknown>) => {
  const { documentId } = await stories().create({ data });
  await stories().publish({ documentId });
  return documentId;
};

describe('a story', () => {
  it('has an answer from its publication on, and none as a draft', async () => {
    const topic = await topics().create({ data: { name: 'Wards: Night' } });
    const offering = await offerings().create({ data: { name: 'Nightowl', permalink: '/offering/nightowl' } });
    const { documentId } = await stories().create({
      data: {
        title: 'One alarm, not nine',
        slug: 'one-alarm',
        date: '2024-03-01',
        basePath: '/news/',
        identifier: 'News',
        extra: { secret: 1 },
        topics: [topic.documentId],
        relatedOfferings: [offering.documentId],
      },
    });
    expect(await table.one(documentId)).toBeUndefined();

    await stories().publish({ documentId });
    const { json } = (await table.one(documentId))!;
    expect(json).toMatchObject({
      documentId,
      title: 'One alarm, not nine',
      slug: 'one-alarm',
      date: '2024-03-01',
      path: '/news/one-alarm',
      breadcrumbs: ['Home', 'News', 'One alarm, not nine'],
      breadcrumbLinks: ['/', '/news/', ''],
      featuredImage: null,
      topics: [{ documentId: topic.documentId, name: 'Wards: Night', label: 'Night', slug: 'wards-night', path: '/topic/wards-night' }],
      offerings: [{ documentId: offering.documentId, name: 'Nightowl', permalink: '/offering/nightowl' }],
    });
    for (const key of ['id', 'extra', 'slugKey', 'locale', 'createdBy']) expect(json).not.toHaveProperty(key);

    await stories().update({ documentId, data: { title: 'A draft that nobody sees' } });
    expect((await table.one(documentId))!.json!.title).toBe('One alarm, not nine');
    await stories().publish({ documentId });
    expect((await table.one(documentId))!.json!.title).toBe('A draft that nobody sees');
  });

  it('leaves a mark when it is withdrawn or deleted', async () => {
    const withdrawn = await published({ title: 'Withdrawn', slug: 'withdrawn' });
    const deleted = await published({ title: 'Deleted', slug: 'deleted' });
    await stories().unpublish({ documentId: withdrawn });
    await stories().delete({ documentId: deleted });
    expect(await table.one(withdrawn)).toMatchObject({ slug: 'withdrawn', isGone: true, json: null });
    expect(await table.one(deleted)).toMatchObject({ slug: 'deleted', isGone: true, json: null });
    expect(await table.faults()).toEqual(NO_FAULTS);
  });

  it('is written together with its answer, or not at all', async () => {
    const documentId = await published({ title: 'Before', slug: 'together' });
    await expect(
      app.strapi.db.transaction(async () => {
        await stories().update({ documentId, data: { title: 'After' } });
        await stories().publish({ documentId });
        throw new Error('the editor changed his mind');
      }),
    ).rejects.toThrow('changed his mind');
    expect((await table.one(documentId))!.json!.title).toBe('Before');
    expect(await table.faults()).toEqual(NO_FAULTS);
  });

  it('follows writes past the Document Service', async () => {
    const documentId = await published({ title: 'By the book', slug: 'by-the-book' });
    const query = app.strapi.db.query(STORY);
    await query.updateMany({ where: { documentId }, data: { title: 'Past the book' } });
    expect((await table.one(documentId))!.json!.title).toBe('Past the book');
    const row = await query.findOne({ where: { documentId, publishedAt: { $notNull: true } } });
    await query.update({ where: { id: row.id }, data: { title: 'Once more' } });
    expect((await table.one(documentId))!.json!.title).toBe('Once more');
    await query.deleteMany({ where: { documentId } });
    expect((await table.one(documentId))!.isGone).toBe(true);

    const many = ['first', 'second', 'third'].map((name) => ({ title: name, slug: `of-many-${name}`, publishedAt: new Date() }));
    await query.createMany({ data: many });
    expect(await table.rows({ is_gone: false }).then((rows) => rows.filter(({ slug }) => slug?.startsWith('of-many-')))).toHaveLength(3);
    expect(await table.faults()).toEqual(NO_FAULTS);
    await query.deleteMany({ where: { slug: { $startsWith: 'of-many-' } } });
  });
});

describe('what a story is written for by a middleware of the app', () => {
  it('is seen, also where the write that set it off does not wait for it', async () => {
    const late: Promise<unknown>[] = [];
    app.strapi.documents.use(async ({ uid, action, params }, next) => {
      const written = (await next()) as { documentId: string };
      const isMeant = uid === STORY && action === 'create' && (params as { data?: { title?: string } }).data?.title === 'Setting off';
      const write = () => stories().update({ documentId: written.documentId, data: { title: 'Set off' }, status: 'published' });
      if (isMeant) late.push(wait(300).then(write));
      return written as never;
    });
    const { documentId } = await stories().create({ data: { title: 'Setting off' } });
    await Promise.all(late);
    expect((await table.one(documentId))?.json?.title).toBe('Set off');
    expect(await table.faults()).toEqual(NO_FAULTS);
  });
});

describe('what a story embeds', () => {
  it('reaches it when it changes', async () => {
    const parent = await topics().create({ data: { name: 'Parent' } });
    const topic = await topics().create({ data: { name: 'Child', parent: parent.documentId } });
    const offering = await offerings().create({ data: { name: 'Old name', permalink: '/offering/old', topics: [topic.documentId] } });
    const documentId = await published({ title: 'Embedding', topics: [topic.documentId], relatedOfferings: [offering.documentId] });

    await topics().update({ documentId: parent.documentId, data: { name: 'Other parent' } });
    await topics().update({ documentId: topic.documentId, data: { slug: 'another-child' } });
    await offerings().update({ documentId: offering.documentId, data: { permalink: '/offering/new' } });
    await table.settled();
    expect((await table.one(documentId))!.json).toMatchObject({
      topics: [{ name: 'Child', slug: 'another-child', parent: { name: 'Other parent' } }],
      offerings: [{ permalink: '/offering/new' }],
    });
    expect((await table.one(offering.documentId))!.json!.topics).toMatchObject([{ slug: 'another-child' }]);

    await topics().delete({ documentId: topic.documentId });
    await offerings().delete({ documentId: offering.documentId });
    await table.settled();
    expect((await table.one(documentId))!.json).toMatchObject({ topics: [], offerings: [] });
    expect(await table.faults()).toEqual(NO_FAULTS);
  });

  it('is told of once every answer shows it as it is now', async () => {
    const topic = await topics().create({ data: { name: 'Told: before' } });
    const shown = await published({ title: 'Told of', topics: [topic.documentId] });
    await table.settled();
    const told: [unknown, unknown][] = [];
    const stop = app.strapi.eventHub.on('curation.refreshed', async ({ entries }: { entries: unknown }) => {
      told.push([entries, (await table.one(shown))!.json!.topics]);
    });
    // Nobody shows this one.
    const unused = await topics().create({ data: { name: 'Told: unused' } });
    await topics().update({ documentId: unused.documentId, data: { name: 'Told: still unused' } });
    await topics().update({ documentId: topic.documentId, data: { name: 'Told: now' } });
    await table.settled();
    stop();
    expect(told).toEqual([[[{ model: 'topic', documentId: topic.documentId }], [expect.objectContaining({ name: 'Told: now' })]]]);
  });
});

describe('an archive', () => {
  const content = path.join(ROOT, 'playground', 'content');
  const assets = path.join(ROOT, 'playground', 'assets');

  it('is there as soon as it is imported, and gone when the import is taken back', async () => {
    const { run } = await app.importFrom(content, { assets });
    const rows = (await table.rows({ type: 'curated-content' })).filter(({ json }) => json?.archetype === 'curated-content');
    expect(rows).toHaveLength(66);
    expect(await table.faults()).toEqual(NO_FAULTS);

    const pictured = rows.find(({ json }) => json!.featuredImage)!;
    expect(pictured.json!.featuredImage).toMatchObject({
      url: expect.stringMatching(/^\/uploads\//),
      mime: 'image/jpeg',
      size: expect.any(Number),
    });
    const upload = app.strapi.plugin('upload').service('upload');
    const { documentId } = pictured.json!.featuredImage;
    const file = await app.strapi.db.query('plugin::upload.file').findOne({ where: { documentId } });
    await upload.updateFileInfo(file.id, { alternativeText: 'A ward at night' });
    await table.settled();
    expect((await table.one(pictured.documentId))!.json!.featuredImage.alternativeText).toBe('A ward at night');
    await upload.remove(file);
    await table.settled();
    expect((await table.one(pictured.documentId))!.json!.featuredImage).toBeNull();
    expect(await table.faults()).toEqual(NO_FAULTS);

    await undoArchive(app.host, run!);
    expect(await table.faults()).toEqual(NO_FAULTS);
    const untouched = rows.find((row) => row.json!.featuredImage?.documentId !== documentId)!;
    expect((await table.one(untouched.documentId))!.isGone).toBe(true);
  });

  it('changes what its files change', async () => {
    const archive = (title: string) => writeArchive({ 'a.md': story({ id: 1, title, slug: 'a', categories: ['Wards: Night'] }) });
    await app.importFrom(await archive('First'));
    await app.importFrom(await archive('Second'));
    const [row] = await table.rows({ type: 'curated-content', slug: 'a' });
    expect(row!.json!.title).toBe('Second');
    expect(await table.faults()).toEqual(NO_FAULTS);
  });
});

describe('the whole table', () => {
  it('is made anew where it was tampered with', async () => {
    const name = app.strapi.db.metadata.get('plugin::curation.delivery').tableName;
    const knex = app.strapi.db.connection;
    await published({ title: 'Tampered', slug: 'tampered' });
    const missing = await published({ title: 'Missing', slug: 'missing' });
    await table.settled();
    await knex(name).where({ slug: 'tampered' }).update({ body: '{"title":"Tampered with"' });
    await knex(name).where({ document_id: missing }).delete();
    expect(await table.faults()).toEqual({ stale: 1, missing: 1, extra: 0 });
    await table.rebuild();
    expect(await table.faults()).toEqual(NO_FAULTS);
    expect(await table.state()).toEqual({ isBuilt: true, waiting: 0 });
  });
});
