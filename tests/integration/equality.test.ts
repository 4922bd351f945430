import fs from 'node:fs/promises';
import path from 'node:path';

import request from 'supertest';

import { SCHEMAS, UIDS } from '../../content-types';
import type { Create } from '../../migrations/plan/operation';
import type { Plan } from '../../migrations/plan/plan';
import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { writeArchive } from '../support/archive';
import { emptyContent, readContentRows } from '../support/content-rows';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { fullAccessToken } from '../support/rest';
import { story } from '../support/story';
import { variedArchive } from '../support/varied-archive';

const STORIES = 300;
/** The Document Service makes 15 to 50 stories a second. */
const MINUTES = 600_000;
const STORY = UIDS['curated-content'];

const PDF = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n';

let app: ArchiveApp;
let token: string;

beforeAll(async () => {
  app = await startArchiveApp();
  token = await fullAccessToken(app.strapi);
});

afterAll(() => app.stop());

/** Six pictures and two documents: enough for some to be shared and some not. */
const writeAssets = async () => {
  const folder = path.join(ROOT, 'playground', 'assets');
  const images = (await fs.readdir(path.join(folder, 'logos'))).slice(0, 6);
  const files = await Promise.all(images.map(async (name) => [name, await fs.readFile(path.join(folder, 'logos', name))] as const));
  const pdfs = { 'one.pdf': PDF, 'two.pdf': `${PDF}%2\n` };
  return { folder: await writeArchive({ ...Object.fromEntries(files), ...pdfs }), pictures: { images, pdfs: Object.keys(pdfs) } };
};

/** Creates a record as an editor's browser or a script of the app would, and publishes it where the file wants that. */
const createThroughDocuments = async (
  { type, documentId, state, isPublished, timestamps }: Create,
  fileIds: ReadonlyMap<string, number>,
) => {
  const data: Record<string, unknown> = { ...state.values, documentId, createdAt: timestamps.createdAt };
  for (const [attribute, targets] of Object.entries(state.links)) {
    data[attribute] = SCHEMAS[type].attributes[attribute]!.relation === 'manyToOne' ? (targets[0] ?? null) : targets;
  }
  for (const [attribute, file] of Object.entries(state.media)) data[attribute] = file && fileIds.get(file);
  await documents(app.strapi, type).create({ data });
  if (SCHEMAS[type].options.draftAndPublish && isPublished) await documents(app.strapi, type).publish({ documentId });
};

const DATES = ['createdAt', 'updatedAt', 'publishedAt'];

/** An answer without what differs between any two writes of one entry: numeric ids and the moments of the writes. */
const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'id');
  return Object.fromEntries(entries.map(([key, child]) => [key, DATES.includes(key) ? child !== null : comparable(child)]));
};

const POPULATE = {
  topics: true,
  relatedOfferings: { populate: ['topics', 'logo'] },
  featuredImage: true,
  featuredPdf: true,
  favIconImage: true,
};

/** One story in so many is read through the Document Service with all that it points at; REST reads every one. */
const SAMPLE = 5;

/** What Strapi's own code makes of the rows: the panel's status, the Document Service, REST. */
const readAsStrapi = async (documentIds: readonly string[]) => {
  const service = app.strapi.documents(STORY) as unknown as Record<'findOne' | 'findMany', (params: object) => Promise<any>>;
  const metadata = app.strapi.plugin('content-manager').service('document-metadata');
  const status: Record<string, string> = {};
  for (const draft of await service.findMany({ sort: 'documentId', limit: -1 })) {
    const { data } = await metadata.formatDocumentWithMetadata(STORY, draft);
    status[draft.documentId] = data.status;
  }
  const stories: Record<string, unknown> = {};
  for (const documentId of documentIds.filter((_, index) => index % SAMPLE === 0)) {
    const draft = await service.findOne({ documentId, populate: POPULATE });
    const published = await service.findOne({ documentId, populate: POPULATE, status: 'published' });
    stories[documentId] = { draft: comparable(draft), published: comparable(published) };
  }
  const answers: Record<string, unknown> = {};
  for (const list of ['topics?', 'offerings?', 'curated-contents?', 'curated-contents?status=draft&']) {
    for (let page = 1; page <= 4; page += 1) {
      const url = `/api/curation/${list}populate=*&sort=documentId&pagination[page]=${page}&pagination[pageSize]=100`;
      const { body } = await request(app.strapi.server.httpServer).get(url).set('authorization', `Bearer ${token}`).expect(200);
      answers[url] = { data: comparable(body.data), pagination: body.meta.pagination };
    }
  }
  return { status, stories, answers };
};

const observe = async (creates: readonly Create[]) => {
  const dated = new Set(creates.flatMap(({ documentId, timestamps }) => (timestamps.createdAt ? [documentId] : [])));
  const stories = creates.filter(({ type }) => type === 'curated-content').map(({ documentId }) => documentId);
  return { rows: await readContentRows(app.strapi, dated), read: await readAsStrapi(stories) };
};

describe('one archive, imported and created through the Document Service', () => {
  let imported: Awaited<ReturnType<typeof observe>>;
  let created: Awaited<ReturnType<typeof observe>>;

  beforeAll(async () => {
    const { folder: assets, pictures } = await writeAssets();
    const folder = await writeArchive(variedArchive(STORIES, pictures));
    const options = { assets, publish: 'as-source' } as const;

    // On an empty database a plan holds every record whole: the values that both ways are given.
    let creates: Create[] = [];
    let uploads: Plan['uploads'] = new Map();
    const look = (plan: Plan) => {
      creates = [...plan.operations].filter((operation): operation is Create => operation.action === 'create');
      ({ uploads } = plan);
      return Promise.resolve(false);
    };
    await app.importFrom(folder, { ...options, confirm: look });

    const report = await app.importFrom(folder, options);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.byType['curated-content'].created).toBe(STORIES);
    imported = await observe(creates);

    await emptyContent(app.strapi);
    // The media library stays, so that both ways link the same files.
    const files = await app.strapi.db.query('plugin::upload.file').findMany({});
    const fileIds = new Map([...uploads].map(([key, { name }]) => [key, files.find((file) => file.name === name).id as number]));
    for (const create of creates) await createThroughDocuments(create, fileIds);
    created = await observe(creates);
  }, MINUTES);

  it('has drafts and published stories, links and pictures enough to tell the ways apart', () => {
    const { rows } = imported;
    const { length } = rows.curation_curated_contents!;
    expect(length).toBeGreaterThan(STORIES * 1.5);
    expect(length).toBeLessThan(STORIES * 2);
    for (const table of Object.keys(rows)) expect([table, rows[table]!.length > 5]).toEqual([table, true]);
    expect(new Set(Object.values(imported.read.status))).toEqual(new Set(['draft', 'published']));
  });

  it('leaves the same rows in every table, in every column', () => {
    expect(Object.keys(imported.rows)).toEqual(Object.keys(created.rows));
    for (const table of Object.keys(created.rows)) expect([table, imported.rows[table]]).toEqual([table, created.rows[table]]);
  });

  it('shows the same status in the panel, and reads the same in the Document Service', () => {
    expect(imported.read.status).toEqual(created.read.status);
    expect(imported.read.stories).toEqual(created.read.stories);
  });

  it('answers the same over REST', () => {
    expect(imported.read.answers).toEqual(created.read.answers);
  });
});

describe('a single value where a mapping is expected', () => {
  // Not compared above: publishing reads such a value back from the draft as something else ("42" as 42, on SQLite true as 1).
  it('is the same in the draft and in the published row', async () => {
    const values = ['a text', '42', 42, true, '{"looks": "like JSON"}'];
    const files = values.map((value, index) => [
      `${index}.md`,
      story({ id: 90_000 + index, title: `Single ${index}`, htmlMetaData: value }),
    ]);
    await app.importFrom(await writeArchive(Object.fromEntries(files) as Record<string, string>));
    const { curation_curated_contents: rows } = await readContentRows(app.strapi, new Set());
    for (const [index, value] of values.entries()) {
      const found = rows!.filter(({ work_package_id }) => work_package_id === 90_000 + index);
      expect(found.map(({ html_metadata }) => html_metadata)).toEqual([{ json: value }, { json: value }]);
    }
  });
});
