import type { UID } from '@strapi/strapi';

import { administrator, logInAsSuperAdmin, logInWith, type Administrator, type Permission } from '../support/administrators';
import { documents } from '../support/documents';
import { fullAccessToken } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

let running: RunningStrapi;
let topic: string;
let offering: string;
let story: string;
let draft: string;

const of = (type: 'curated-content' | 'topic' | 'offering') => documents(running.strapi, type);

beforeAll(async () => {
  running = await startStrapi({ config: { 'server.mcp.enabled': true } });
  topic = (await of('topic').create({ data: { name: 'Care Catalog: Telehealth', label: 'Telehealth' } })).documentId;
  offering = (
    await of('offering').create({
      data: { name: 'Brightwater', summary: 'Video visits over patchy lines', offeringId: 4711, topics: [topic] },
    })
  ).documentId;
  await of('offering').create({ data: { name: 'Cinder', summary: 'Fax becomes a message' } });
  const write = async (title: string, isPublished: boolean) => {
    const { documentId } = await of('curated-content').create({ data: { title, topics: [topic], relatedOfferings: [offering] } });
    if (isPublished) await of('curated-content').publish({ documentId });
    return documentId;
  };
  story = await write('A visit over video', true);
  draft = await write('Another visit over video, not out yet', false);
});
afterAll(() => running.stop());

const READ_STORY: Permission = { action: 'read', type: 'curated-content' };
const UPDATE_STORY: Permission = { action: 'update', type: 'curated-content' };
const READ_OFFERING: Permission = { action: 'read', type: 'offering' };
const READ_TOPIC: Permission = { action: 'read', type: 'topic' };
const CREATE_OFFERING: Permission = { action: 'create', type: 'offering' };
const EDITOR = [READ_STORY, UPDATE_STORY, READ_OFFERING, READ_TOPIC];

const withRole = (permissions: readonly Permission[]) => logInWith(running.strapi, running.url, permissions);

/** What each of the routes answers, by its status. */
const statuses = async (admin: Administrator) => {
  const answers = [
    await admin.post('/curation/picker/search', { q: 'brightwater' }),
    await admin.post('/curation/picker/suggestions', { story: { topics: [topic] }, picked: [] }),
    await admin.post('/curation/picker/offerings', { documentIds: [offering] }),
    await admin.put('/curation/picker/dismissals', { story, offering, dismissed: false }),
    await admin.post('/content-manager/collection-types/plugin::curation.offering', { name: 'Made in the picker' }),
  ];
  return answers.map(({ status }) => status);
};

describe('who may pick', () => {
  test.each<[who: string, admin: () => Promise<Administrator>, search: number, dismiss: number, create: number]>([
    ['nobody in particular', () => Promise.resolve(administrator(running.url)), 401, 401, 401],
    ['a reader of stories', () => withRole([READ_STORY, READ_TOPIC]), 403, 403, 403],
    ['a reader of offerings', () => withRole([READ_STORY, READ_OFFERING]), 200, 403, 403],
    ['an editor', () => withRole(EDITOR), 200, 200, 403],
    ['an editor who may create offerings', () => withRole([...EDITOR, CREATE_OFFERING]), 200, 200, 201],
    ['a super admin', () => logInAsSuperAdmin(running.strapi, running.url), 200, 200, 201],
  ])('%s', async (_, admin, search, dismiss, create) => {
    expect(await statuses(await admin())).toEqual([search, search, search, dismiss, create]);
  });

  test('a dismissal, for everybody who picks for the story, is for who may change its offerings', async () => {
    const dismissal = { story, offering, dismissed: true };
    const statusOf = async (admin: Administrator, body: object = dismissal) =>
      (await admin.put('/curation/picker/dismissals', body)).status;
    const own = { ...UPDATE_STORY, conditions: ['admin::is-creator'] };
    expect(await statusOf(await withRole([READ_STORY, READ_OFFERING, own]))).toBe(403);
    expect(await statusOf(await withRole([READ_STORY, READ_OFFERING, { ...UPDATE_STORY, fields: ['title'] }]))).toBe(403);
    const editor = await withRole(EDITOR);
    expect(await statusOf(editor, { ...dismissal, story: 'nowhere' })).toBe(404);
    expect(await statusOf(editor, { ...dismissal, offering: 'nowhere' })).toBe(404);
    expect(await statusOf(editor)).toBe(200);
    expect(await statusOf(editor, { ...dismissal, dismissed: false })).toBe(200);
  });

  test('a field that an editor may not read is neither told nor searched', async () => {
    const fields = ['name', 'type', 'topics'];
    const admin = await withRole([READ_STORY, READ_TOPIC, { ...READ_OFFERING, fields }]);
    const { body } = await admin.post('/curation/picker/search', { q: 'brightwater' });
    expect(body.data[0]).toMatchObject({
      name: 'Brightwater',
      summary: null,
      offeringId: null,
      marks: { summary: [] },
      topics: [{ label: 'Telehealth' }],
    });
    for (const q of ['patchy', '4711']) expect((await admin.post('/curation/picker/search', { q })).body.meta.total).toBe(0);
    const suggested = await admin.post('/curation/picker/suggestions', { story: { title: 'Patchy lines' } });
    expect(JSON.stringify(suggested.body)).not.toMatch(/patchy/i);
  });

  test('names and topics that an editor may not read are not told', async () => {
    const admin = await withRole([READ_STORY, { ...READ_OFFERING, fields: ['summary', 'topics'] }]);
    const [hit] = (await admin.post('/curation/picker/search', { q: 'patchy' })).body.data;
    expect(hit).toMatchObject({ name: offering, topics: [], marks: { name: [] } });
    expect((await admin.post('/curation/picker/search', { q: 'telehealth' })).body).toMatchObject({
      data: [],
      meta: { facets: { topics: [] } },
    });
  });

  test('a condition on offerings holds', async () => {
    const admin = await withRole([
      ...EDITOR.filter(({ type }) => type !== 'offering'),
      { ...READ_OFFERING, conditions: ['admin::is-creator'] },
      CREATE_OFFERING,
    ]);
    expect((await admin.post('/curation/picker/search', {})).body.meta.total).toBe(0);
    expect((await admin.post('/curation/picker/offerings', { documentIds: [offering] })).body.data).toEqual([]);
    await admin.post('/content-manager/collection-types/plugin::curation.offering', { name: 'My very own' });
    expect((await admin.post('/curation/picker/search', {})).body.data).toMatchObject([{ name: 'My very own' }]);
  });

  test('topics that a condition hides are not told', async () => {
    const admin = await withRole([READ_STORY, READ_OFFERING, { ...READ_TOPIC, conditions: ['admin::is-creator'] }]);
    const { data, meta } = (await admin.post('/curation/picker/search', { q: 'brightwater', story: { topics: [topic] } })).body;
    expect([data[0].topics, meta.facets.topics]).toEqual([[], []]);
    const suggested = await admin.post('/curation/picker/suggestions', { story: { title: 'Patchy lines', topics: [topic] } });
    expect(suggested.body.data[0].offering.name).toBe('Brightwater');
    expect(JSON.stringify(suggested.body)).not.toContain('Telehealth');
  });

  test('a field that one of two roles narrows to some offerings is not told of the others', async () => {
    const admin = await withRole([
      READ_STORY,
      READ_TOPIC,
      { ...READ_OFFERING, fields: ['name'] },
      { ...READ_OFFERING, conditions: ['admin::is-creator'] },
    ]);
    const [hit] = (await admin.post('/curation/picker/search', { q: 'brightwater' })).body.data;
    expect(hit).toMatchObject({ name: 'Brightwater', summary: null, offeringId: null, topics: [] });
    expect((await admin.post('/curation/picker/search', { q: 'patchy' })).body.meta.total).toBe(0);
  });

  test('stories that somebody may not read are neither named nor read', async () => {
    const suggest = async (admin: Administrator, asked: object) =>
      JSON.stringify((await admin.post('/curation/picker/suggestions', { story: asked })).body.data);
    const editor = await withRole(EDITOR);
    const reader = await withRole([READ_OFFERING, READ_TOPIC]);
    expect(await suggest(editor, { title: 'A visit over video', topics: [topic] })).toContain('not out yet');
    expect(await suggest(reader, { title: 'A visit over video', topics: [topic] })).not.toContain('not out yet');
    expect(await suggest(editor, { documentId: draft })).toContain('"terms":["visit');
    expect(await suggest(reader, { documentId: draft })).not.toContain('"terms"');
  });
});

describe('tokens', () => {
  const token = async (name: string, type: string, permissions?: string[]): Promise<string> => {
    const tokens = running.strapi.service('admin::api-token') as unknown as { create(values: object): Promise<{ accessKey: string }> };
    return (await tokens.create({ name, description: '', kind: 'content-api', type, lifespan: null, permissions })).accessKey;
  };
  const ask = (accessKey?: string, body: object = { story: { title: 'A visit over video', topics: [topic] } }) =>
    administrator(running.url, accessKey).post('/api/curation/suggestions', body);
  const SCOPE = 'plugin::curation.suggestions.find';

  test('the public and a token without the permission get nothing', async () => {
    expect((await ask()).status).toBe(403);
    expect((await ask(await token('topics', 'custom', ['plugin::curation.topic.find']))).status).toBe(403);
  });

  test('a read-only and a full token get offerings with all reasons', async () => {
    for (const accessKey of [await token('reader', 'read-only'), await fullAccessToken(running.strapi, 'full')]) {
      const { status, body } = await ask(accessKey);
      expect(status).toBe(200);
      expect(body.data[0]).toMatchObject({ offering: { documentId: offering, topics: [{ label: 'Telehealth', shared: true }] } });
      expect(body.data[0].reasons.map(({ kind }: any) => kind)).toEqual(['picks', 'topics', 'text']);
    }
  });

  test('a token that may only ask is told of no topics and no stories', async () => {
    const { status, body } = await ask(await token('only', 'custom', [SCOPE]));
    expect(status).toBe(200);
    expect(body.data[0]).toMatchObject({ offering: { documentId: offering, topics: [] } });
    expect(body.data[0].reasons).toEqual([
      { kind: 'picks', stories: 1, examples: [] },
      { kind: 'text', terms: ['visit over video'] },
    ]);
  });

  test('what the app keeps private is not told', async () => {
    const accessKey = await fullAccessToken(running.strapi, 'private');
    const askWith = async (hidden: Partial<Record<'curated-content' | 'topic' | 'offering', string[]>>) => {
      const attributes = Object.entries(hidden).flatMap(([type, names]) =>
        names.map(
          (name) => running.strapi.contentType(`plugin::curation.${type}` as UID.ContentType).attributes[name] as { private?: boolean },
        ),
      );
      for (const attribute of attributes) attribute.private = true;
      const reply = await ask(accessKey);
      for (const attribute of attributes) delete attribute.private;
      return reply;
    };
    const kept = await askWith({ offering: ['summary', 'website', 'offeringId', 'editorialStatus'], topic: ['label'] });
    const untitled = await askWith({ 'curated-content': ['title'] });
    const { offering: told } = kept.body.data[0];
    expect(told).toMatchObject({ name: 'Brightwater', summary: null, website: null, offeringId: null, editorialStatus: null, topics: [] });
    expect(JSON.stringify(kept.body)).not.toContain('Telehealth');
    expect(untitled.body.data[0].reasons[0]).toEqual({ kind: 'picks', stories: 1, examples: [] });
  });

  test('drafts are never read', async () => {
    const accessKey = await fullAccessToken(running.strapi, 'drafts');
    const { body } = await ask(accessKey);
    expect(body.data[0].offering.usedBy).toBe(1);
    expect(JSON.stringify(body)).not.toContain('not out yet');
    expect((await ask(accessKey, { story: { documentId: story } })).status).toBe(200);
    const refused = await ask(accessKey, { story: { documentId: draft } });
    expect(refused).toMatchObject({ status: 404, body: { error: { message: expect.stringContaining('no published story') } } });
    expect((await ask(accessKey, { story: { title: 1 } })).status).toBe(400);
  });
});

describe('MCP', () => {
  const call = async (accessKey: string, method: string, params: object = {}) => {
    const response = await fetch(`${running.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessKey}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-06-18',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const text = await response.text();
    const line = text.startsWith('{')
      ? text
      : text
          .split('\n')
          .find((part) => part.startsWith('data: '))!
          .slice('data: '.length);
    return JSON.parse(line).result;
  };
  const adminToken = async (permissions: object[]): Promise<string> => {
    await logInAsSuperAdmin(running.strapi, running.url);
    const role = (await running.strapi.service('admin::role').getSuperAdmin()) as { id: number };
    const [user] = await running.strapi.db
      .query('admin::user')
      .findMany({ where: { roles: { id: role.id } }, populate: ['roles'], limit: 1 });
    const tokens = running.strapi.service('admin::api-token-admin') as unknown as Record<string, (...args: any[]) => Promise<any>>;
    const name = `mcp ${permissions.length} ${Math.random()}`;
    const values = { name, description: '', kind: 'admin', lifespan: null, adminPermissions: permissions };
    return (await tokens.create!(values, user)).accessKey;
  };
  const may = (type: string, fields: string[]) => ({
    action: 'plugin::content-manager.explorer.read',
    subject: `plugin::curation.${type}`,
    properties: { fields },
    conditions: [],
  });

  test('whoever may read offerings can ask which ones fit, and learns what the token may read', async () => {
    const accessKey = await adminToken([may('offering', ['name'])]);
    const { tools } = await call(accessKey, 'tools/list');
    expect(tools.map(({ name }: { name: string }) => name)).toContain('curation_suggest_offerings');
    const { structuredContent } = await call(accessKey, 'tools/call', {
      name: 'curation_suggest_offerings',
      arguments: { story: { title: 'A visit with Brightwater' } },
    });
    expect(structuredContent.data[0]).toMatchObject({ offering: { name: 'Brightwater', summary: null } });
  });

  test('whoever may not, has no such tool', async () => {
    const { tools } = await call(await adminToken([may('topic', ['name'])]), 'tools/list');
    expect(tools.map(({ name }: { name: string }) => name)).not.toContain('curation_suggest_offerings');
  });
});
