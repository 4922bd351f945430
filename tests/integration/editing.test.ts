import type { Host } from '../../migrations/apply/host';
import { Lease } from '../../migrations/apply/lease';
import { readRuns } from '../../migrations/apply/runs';
import { logInAsSuperAdmin, logInWith, type Administrator, type Permission } from '../support/administrators';
import { contentOf } from '../support/content-of';
import { documents } from '../support/documents';
import { startStrapi, type RunningStrapi } from '../support/strapi';
import { listenToRuns } from '../support/webhook';

const STORY = 'plugin::curation.curated-content';
const MERGE = 'plugin::curation.topics.merge';

let app: RunningStrapi;
let host: Host;
let admin: Administrator;

beforeAll(async () => {
  app = await startStrapi();
  host = app.strapi.plugin('curation').service('host') as unknown as Host;
  admin = await logInAsSuperAdmin(app.strapi, app.url);
});
afterAll(() => app.stop());

/** Everything that is stored; where pages stand follows from it. */
const content = async () => {
  const { curation_redirects: _, ...tables } = await contentOf({ strapi: app.strapi, host });
  return tables;
};

const create = (type: 'curated-content' | 'topic' | 'offering', data: object) => documents(app.strapi, type).create({ data: { ...data } });
const story = async (title: string, data: object = {}, isPublished = true) => {
  const { documentId } = await create('curated-content', { title, ...data });
  if (isPublished) await documents(app.strapi, 'curated-content').publish({ documentId });
  return documentId;
};
const offering = async (name: string, data: object = {}) =>
  (await create('offering', { name, permalink: `/offering/${name}`, ...data })).documentId;
const topic = async (name: string) => (await create('topic', { name })).documentId;

/** The names that a relation of a story holds, in order: as saved and as published. */
const linksOf = async (documentId: string, attribute: 'topics' | 'relatedOfferings') => {
  const names: (string[] | null)[] = [];
  for (const status of ['draft', 'published'] as const) {
    const found = await app.strapi.documents(STORY).findOne({ documentId, status, populate: [attribute] as never });
    names.push(found && (found as unknown as Record<string, { name: string }[]>)[attribute]!.map(({ name }) => name));
  }
  return { draft: names[0], published: names[1] };
};

/** What the Content Manager's list says of stories. */
const statusesOf = async (documentIds: string[]): Promise<string[]> => {
  const filter = documentIds.map((id, index) => `filters[documentId][$in][${index}]=${id}`).join('&');
  const { body } = await admin.get(`/content-manager/collection-types/${STORY}?${filter}&pageSize=100`);
  const found = new Map((body.results as { documentId: string; status: string }[]).map((row) => [row.documentId, row.status]));
  return documentIds.map((id) => found.get(id)!);
};

describe('a change of many stories', () => {
  it('adds behind what is there and takes out, in drafts and in what is published, and keeps what is unpublished so', async () => {
    const [a, b, c] = [await offering('Ba'), await offering('Bb'), await offering('Bc')];
    const inStep = await story('in step', { relatedOfferings: [c, a] });
    const draft = await story('draft', { relatedOfferings: [] }, false);
    const modified = await story('modified', { relatedOfferings: [a] });
    await documents(app.strapi, 'curated-content').update({
      documentId: modified,
      data: { relatedOfferings: [a, c], title: 'modified since' },
    });
    const asWished = await story('as wished', { relatedOfferings: [b] });
    const documentIds = [inStep, draft, modified, asWished];
    const before = await content();
    const request = { documentIds, attribute: 'relatedOfferings', add: [b], remove: [a] };

    const preview = await admin.post('/curation/stories/links/preview', request);
    expect(preview).toMatchObject({ status: 200, body: { data: { run: null, unchanged: 1, refused: 0 } } });
    expect(preview.body.data.changed).toEqual([
      { documentId: inStep, title: 'in step', isPublic: true, isHeldBack: false, added: ['Bb'], removed: ['Ba'] },
      { documentId: draft, title: 'draft', isPublic: false, isHeldBack: false, added: ['Bb'], removed: [] },
      { documentId: modified, title: 'modified since', isPublic: true, isHeldBack: false, added: ['Bb'], removed: ['Ba'] },
    ]);
    expect(await content()).toEqual(before);

    const { status, body } = await admin.post('/curation/stories/links', request);
    expect(status).toBe(200);
    expect(body.data.changed).toEqual(preview.body.data.changed);
    expect(await linksOf(inStep, 'relatedOfferings')).toEqual({ draft: ['Bc', 'Bb'], published: ['Bc', 'Bb'] });
    expect(await linksOf(draft, 'relatedOfferings')).toEqual({ draft: ['Bb'], published: null });
    expect(await linksOf(modified, 'relatedOfferings')).toEqual({ draft: ['Bc', 'Bb'], published: ['Bb'] });
    expect(await statusesOf(documentIds)).toEqual(['published', 'draft', 'modified', 'published']);
    expect((await readRuns(host, 1))[0]).toMatchObject({
      kind: 'bulk',
      user: expect.stringContaining('@'),
      counts: { updated: 3 },
      subject: { attribute: 'relatedOfferings', add: [{ name: 'Bb' }], remove: [{ name: 'Ba' }] },
    });

    const undone = await admin.post(`/curation/runs/${body.data.run}/undo`, {});
    expect(undone).toMatchObject({ status: 200, body: { data: { updated: 3, left: [] } } });
    expect(await content()).toEqual(before);
    expect(await statusesOf(documentIds)).toEqual(['published', 'draft', 'modified', 'published']);
  });

  it('leaves what is published alone where that is wished, and the story then is modified', async () => {
    const added = await topic('Draft: only');
    const id = await story('only drafts', {});
    const { body } = await admin.post('/curation/stories/links', {
      documentIds: [id],
      attribute: 'topics',
      add: [added],
      published: false,
    });
    expect(body.data.changed).toMatchObject([{ isPublic: false, isHeldBack: true }]);
    expect(await linksOf(id, 'topics')).toEqual({ draft: ['Draft: only'], published: [] });
    expect(await statusesOf([id])).toEqual(['modified']);
  });

  it('undoes what nobody touched since, and says what it left', async () => {
    const added = await topic('Left: added');
    const [one, two] = [await story('left one', {}), await story('left two', {})];
    const { body } = await admin.post('/curation/stories/links', { documentIds: [one, two], attribute: 'topics', add: [added] });
    await documents(app.strapi, 'curated-content').update({ documentId: two, data: { topics: [added, await topic('Left: other')] } });
    const undone = await admin.post(`/curation/runs/${body.data.run}/undo`, {});
    expect(undone.body.data.left).toEqual([expect.stringContaining('"left two" has another "topics" since')]);
    expect((await linksOf(one, 'topics')).draft).toEqual([]);
    expect((await linksOf(two, 'topics')).draft).toEqual(['Left: added', 'Left: other']);
  });

  it('is made again, and so is its undo, where the database gives it up for another one', async () => {
    const { refreshDerived } = host;
    const giveUp = (times: number) => {
      let given = 0;
      host.refreshDerived = async (...args) => {
        await refreshDerived(...args);
        if ((given += 1) <= times) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      };
    };
    const [added, other] = [await topic('Deadlock: a'), await topic('Deadlock: b')];
    const id = await story('wanted by two', {});
    const request = { documentIds: [id], attribute: 'topics', add: [added] };
    giveUp(1);
    const { body } = await admin.post('/curation/stories/links', request);
    expect(body.data.changed).toHaveLength(1);
    expect(await linksOf(id, 'topics')).toEqual({ draft: ['Deadlock: a'], published: ['Deadlock: a'] });
    giveUp(1);
    const merged = await admin.post('/curation/topics/merge', { source: added, target: other });
    expect(merged.body.data.updated).toBe(1);
    giveUp(1);
    const unmerged = await admin.post(`/curation/runs/${merged.body.data.run}/undo`, {});
    expect(unmerged.body.data).toMatchObject({ created: 1, left: [] });
    giveUp(1);
    const undone = await admin.post(`/curation/runs/${body.data.run}/undo`, {});
    expect(undone.body.data).toMatchObject({ updated: 1, left: [] });
    expect(await linksOf(id, 'topics')).toEqual({ draft: [], published: [] });

    giveUp(Infinity);
    const lost = await admin.post('/curation/stories/links', request);
    host.refreshDerived = refreshDerived;
    expect(lost).toMatchObject({ status: 400, body: { error: { details: { reason: 'held' } } } });
  });

  it('is undone without a wait for webhooks', async () => {
    let isGivenUp = false;
    const stop = await listenToRuns(app.strapi, (request) => void request.socket.on('close', () => (isGivenUp = true)));
    const request = { documentIds: [await story('told', {})], attribute: 'topics', add: [await topic('Told: t')] };
    const { body } = await admin.post('/curation/stories/links', request);
    expect(await admin.post(`/curation/runs/${body.data.run}/undo`, {})).toMatchObject({ status: 200 });
    expect(await admin.post('/curation/stories/links', request)).toMatchObject({ status: 200 });
    expect(isGivenUp).toBe(false);
    stop();
  });

  it('is not undone by a number that no run can have', async () => {
    for (const run of ['2147483648', '9007199254740991', '0', 'x']) {
      expect([run, (await admin.post(`/curation/runs/${run}/undo`, {})).status]).toEqual([run, 400]);
    }
    expect((await admin.post('/curation/runs/2147483647/undo', {})).status).toBe(404);
  });

  it('is refused where nothing is asked for, an entry is gone, or another run is under way', async () => {
    const documentIds = [await story('refused', {})];
    expect(await admin.post('/curation/stories/links', { documentIds, attribute: 'topics' })).toMatchObject({ status: 400 });
    expect(await admin.post('/curation/stories/links', { documentIds, attribute: 'brand', add: ['x'] })).toMatchObject({ status: 400 });
    const gone = await admin.post('/curation/stories/links', { documentIds, attribute: 'topics', add: ['nowhere'] });
    expect(gone).toMatchObject({ status: 400, body: { error: { details: { reason: 'gone' } } } });
    const lease = await Lease.acquire(host);
    const held = await admin.post('/curation/stories/links', { documentIds, attribute: 'topics', add: [await topic('Held: t')] });
    await lease.release();
    expect(held).toMatchObject({ status: 400, body: { error: { details: { reason: 'held' } } } });
  });
});

describe('what is told around stories', () => {
  it('of an offering: the stories that name it, the newest first, with their state, page by page', async () => {
    const used = await offering('Used');
    const old = await story('old', { relatedOfferings: [used], date: '2020-01-01' });
    const young = await story('young', { relatedOfferings: [used], date: '2024-01-01' }, false);
    const publicAlone = await story('public alone', { relatedOfferings: [used], date: '2022-01-01' });
    await documents(app.strapi, 'curated-content').update({ documentId: publicAlone, data: { relatedOfferings: [] } });
    await story('another', { date: '2023-01-01' });
    const { body } = await admin.get(`/curation/offerings/${used}/stories?pageSize=2`);
    expect(body.data).toEqual([
      { documentId: young, title: 'young', date: '2024-01-01', status: 'draft' },
      { documentId: publicAlone, title: 'public alone', date: '2022-01-01', status: 'modified' },
    ]);
    expect(body.meta.pagination).toEqual({ page: 1, pageSize: 2, pageCount: 2, total: 3 });
    const second = await admin.get(`/curation/offerings/${used}/stories?pageSize=2&page=2`);
    expect(second.body.data).toMatchObject([{ documentId: old, status: 'published' }]);
    expect(await admin.get('/curation/offerings/nowhere/stories')).toMatchObject({ status: 404 });
  });

  it('of a topic: how many stories and offerings, and what was merged into it until that is undone', async () => {
    const [a, b] = [await topic('Of: a'), await topic('Of: b')];
    await story('of one', { topics: [a] });
    await story('of two', { topics: [b] }, false);
    await offering('Of', { topics: [b] });
    await create('topic', { name: 'Of: child', parent: b });
    const usage = async () => (await admin.get(`/curation/topics/${b}/usage`)).body.data;
    expect(await usage()).toEqual({ stories: 1, offerings: 1, topics: 1, merges: [] });
    const preview = await admin.post('/curation/topics/merge/preview', { source: a, target: b });
    expect(preview.body.data).toEqual({
      source: { documentId: a, name: 'Of: a' },
      target: { documentId: b, name: 'Of: b' },
      stories: 1,
      offerings: 0,
      topics: 0,
      both: { stories: 0, offerings: 0 },
      examples: [{ documentId: expect.any(String), name: 'of one' }],
    });
    const { body } = await admin.post('/curation/topics/merge', { source: a, target: b });
    expect(await usage()).toMatchObject({ stories: 2, merges: [{ run: body.data.run, source: { name: 'Of: a' } }] });
    await admin.post(`/curation/runs/${body.data.run}/undo`, {});
    expect(await usage()).toEqual({ stories: 1, offerings: 1, topics: 1, merges: [] });
  });

  it('of a merge that cannot be undone: what changed since', async () => {
    const [a, b] = [await topic('Since: a'), await topic('Since: b')];
    const { body } = await admin.post('/curation/topics/merge', { source: a, target: b });
    await topic('Since: A');
    const refused = await admin.post(`/curation/runs/${body.data.run}/undo`, {});
    expect(refused).toMatchObject({ status: 400, body: { error: { details: { reason: 'changedSince', names: ['Since: a'] } } } });
  });

  it('of all stories: what they lack, as many as the list finds with the same filter', async () => {
    const archived = [await offering('Gone 1', { editorialStatus: 'archived' }), await offering('Gone 2', { editorialStatus: 'archived' })];
    await story('names two archived', { relatedOfferings: archived });
    const { body } = await admin.get('/curation/overview');
    const totals = [];
    for (const filter of [
      '',
      'filters[$and][0][relatedOfferings][name][$null]=true',
      'filters[$and][0][topics][name][$null]=true',
      'filters[$and][0][relatedOfferings][editorialStatus][$eq]=archived',
    ]) {
      totals.push((await admin.get(`/content-manager/collection-types/${STORY}?${filter}`)).body.pagination.total);
    }
    const { stories, withoutOfferings, withoutTopics, withArchivedOfferings } = body.data;
    expect([stories, withoutOfferings, withoutTopics, withArchivedOfferings]).toEqual(totals);
    expect(withArchivedOfferings).toBe(1);
    expect(stories).toBeGreaterThan(withoutOfferings);
  });
});

describe('permissions', () => {
  const all = (type: Permission['type'], ...actions: Permission['action'][]): Permission[] => actions.map((action) => ({ action, type }));
  const read = (['curated-content', 'topic', 'offering'] as const).flatMap((type) => all(type, 'read'));
  const roles: Record<string, [Permission[], string[]]> = {
    nobody: [[], []],
    reader: [read, []],
    'catalogue keeper': [[...all('offering', 'read', 'update'), ...all('topic', 'read')], []],
    author: [[...read, ...all('curated-content', 'update')], []],
    editor: [[...read, ...all('curated-content', 'update', 'publish')], []],
    librarian: [read, [MERGE]],
  };
  let ids: { story: string; offering: string; a: string; b: string };

  beforeAll(async () => {
    ids = { offering: await offering('Perm'), a: await topic('Perm: a'), b: await topic('Perm: b'), story: await story('perm', {}) };
  });

  it.each([
    ['nobody', [403, 403, 403, 403, 403]],
    ['reader', [200, 200, 403, 403, 200]],
    ['catalogue keeper', [403, 200, 403, 403, 403]],
    ['author', [200, 200, 403, 200, 200]],
    ['editor', [200, 200, 403, 200, 200]],
    ['librarian', [200, 200, 200, 403, 200]],
  ])('of %s', async (role, expected) => {
    const [permissions, actions] = roles[role]!;
    const who = await logInWith(app.strapi, app.url, permissions, actions);
    const replies = [
      await who.get(`/curation/offerings/${ids.offering}/stories`),
      await who.get(`/curation/topics/${ids.a}/usage`),
      await who.post('/curation/topics/merge/preview', { source: ids.a, target: ids.b }),
      await who.post('/curation/stories/links/preview', { documentIds: [ids.story], attribute: 'relatedOfferings', add: [ids.offering] }),
      await who.get('/curation/overview'),
    ];
    expect(replies.map(({ status }) => status)).toEqual(expected);
    if (role === 'catalogue keeper') expect(replies[1]!.body.data).toMatchObject({ stories: null, offerings: expect.any(Number) });
    const merged = await who.post('/curation/topics/merge', { source: ids.a, target: 'nowhere' });
    expect(merged.status).toBe(role === 'librarian' ? 400 : 403);
  });

  it('let who may not publish change drafts alone', async () => {
    const author = await logInWith(app.strapi, app.url, ...roles.author!);
    const id = await story('by an author', {});
    const { body } = await author.post('/curation/stories/links', { documentIds: [id], attribute: 'topics', add: [ids.a] });
    expect(body.data.changed).toMatchObject([{ isPublic: false, isHeldBack: true }]);
    expect(await linksOf(id, 'topics')).toEqual({ draft: ['Perm: a'], published: [] });
    // Another author's change is not theirs to take back.
    const other = await logInWith(app.strapi, app.url, ...roles.author!);
    expect(await other.post(`/curation/runs/${body.data.run}/undo`, {})).toMatchObject({ status: 403 });
    expect(await author.post(`/curation/runs/${body.data.run}/undo`, {})).toMatchObject({ status: 200 });
  });

  it('hold for single entries and single fields', async () => {
    const own: Permission[] = [...read, { action: 'update', type: 'curated-content', conditions: ['admin::is-creator'] }];
    const creator = await logInWith(app.strapi, app.url, own);
    const request = { documentIds: [ids.story], attribute: 'topics', add: [ids.a] };
    const { body } = await creator.post('/curation/stories/links', request);
    expect(body.data).toMatchObject({ run: null, changed: [], refused: 1 });
    expect(await linksOf(ids.story, 'topics')).toEqual({ draft: [], published: [] });

    const titles = await logInWith(app.strapi, app.url, [...read, { action: 'update', type: 'curated-content', fields: ['title'] }]);
    expect(await titles.post('/curation/stories/links', request)).toMatchObject({ status: 403 });
  });

  const ownOnly = { conditions: ['admin::is-creator'] };

  it('of two roles count for each field by itself', async () => {
    const used = await offering('Two roles');
    const theirs = await story('theirs', { relatedOfferings: [used] });
    const who = await logInWith(app.strapi, app.url, [
      ...all('topic', 'read'),
      ...all('offering', 'read'),
      ...all('curated-content', 'create'),
      { action: 'read', type: 'curated-content', fields: ['date', 'relatedOfferings'] },
      { action: 'read', type: 'curated-content', ...ownOnly },
      { action: 'update', type: 'curated-content', fields: ['title'] },
      { action: 'update', type: 'curated-content', ...ownOnly },
    ]);
    const made = await who.post(`/content-manager/collection-types/${STORY}`, {
      title: 'my own',
      relatedOfferings: { connect: [{ documentId: used }] },
    });
    const own = made.body.data.documentId as string;
    const request = { documentIds: [theirs, own], attribute: 'topics', add: [ids.a] };
    const { body } = await who.post('/curation/stories/links', request);
    expect(body.data).toMatchObject({ changed: [{ documentId: own, title: 'my own' }], refused: 1 });
    expect(await linksOf(theirs, 'topics')).toEqual({ draft: [], published: [] });

    const { data } = (await who.get(`/curation/offerings/${used}/stories`)).body;
    expect(Object.fromEntries(data.map(({ documentId, title }: any) => [documentId, title]))).toEqual({
      [theirs]: theirs,
      [own]: 'my own',
    });
    // Which topics stories of others have is not theirs to know.
    expect((await who.get(`/curation/topics/${ids.a}/usage`)).body.data.stories).toBe(1);
  });

  it('keep names of topics that a condition hides', async () => {
    const who = await logInWith(
      app.strapi,
      app.url,
      [...all('curated-content', 'read', 'update'), { action: 'read', type: 'topic', ...ownOnly }],
      [MERGE],
    );
    const replies = [
      await who.post('/curation/stories/links/preview', { documentIds: [ids.story], attribute: 'topics', add: [ids.a] }),
      await who.post('/curation/stories/links', { documentIds: [ids.story], attribute: 'topics', remove: [ids.a] }),
      await who.post('/curation/topics/merge/preview', { source: ids.a, target: ids.b }),
      await who.post('/curation/topics/merge', { source: ids.a, target: ids.b }),
    ];
    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(JSON.stringify(replies)).not.toContain('Perm: a');
  });

  it('of the plugin’s own stand under Settings > Roles', async () => {
    const { body } = await admin.get('/admin/permissions');
    const own = (body.data.sections.plugins as { action: string; plugin: string }[]).filter(({ plugin }) => plugin === 'curation');
    expect(own.map(({ action }) => action)).toEqual(expect.arrayContaining([MERGE, 'plugin::curation.runs.undo']));
  });

  it('are asked of somebody who is logged in', async () => {
    const response = await fetch(`${app.url}/curation/overview`);
    expect([401, 403]).toContain(response.status);
  });
});
