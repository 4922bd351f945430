import { contentTypeOf, UIDS } from '../../content-types';
import { documents as service } from '../support/documents';
import { fullAccessToken, rest } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

const { 'curated-content': STORY, topic: TOPIC, offering: OFFERING } = UIDS;

let running: RunningStrapi;
let api: ReturnType<typeof rest>;

beforeAll(async () => {
  running = await startStrapi();
  api = rest(running.url, await fullAccessToken(running.strapi));
});
afterAll(() => running.stop());

const documents = (uid: string) => service(running.strapi, contentTypeOf(uid)!);

describe('a slug that is left empty', () => {
  test.each([
    ['/curated-contents', { title: 'Bread & circuses', link: 'https://www.news.example.com/a' }, 'newsexample-bread-and-circuses'],
    ['/curated-contents', { title: 'No link yet', slug: '' }, 'no-link-yet'],
    ['/curated-contents', { title: '!?', slug: ' ' }, 'story'],
    ['/topics', { name: 'Healthcare IT News: Patient Empowerment', slug: null }, 'healthcare-it-news-patient-empowerment'],
    ['/offerings', { name: 'FLOW - Platform', permalink: '/offering/flow---platform' }, 'flow---platform'],
    ['/offerings', { name: 'Whole', permalink: 'https://medigy.example.com/offering/whole-address/?from=x#top' }, 'whole-address'],
    ['/offerings', { name: 'Blank', permalink: '/offering/with a blank' }, 'with-a-blank'],
    ['/offerings', { name: 'Chart Reader' }, 'chart-reader'],
  ])('%s %j gets %s', async (path, data, slug) => {
    const { status, body } = await api.post(path, data);
    expect([status, body.data.slug]).toEqual([201, slug]);
  });

  test('is numbered where it is taken, one that is given is not', async () => {
    const slugs = [];
    for (const name of ['Numbers', 'Numbers!', 'Numbers?']) slugs.push((await api.post('/topics', { name })).body.data.slug);
    expect(slugs).toEqual(['numbers', 'numbers-2', 'numbers-3']);
    expect((await api.post('/topics', { name: 'Numbers.', slug: 'numbers-2' })).status).toBe(400);
  });

  test('is numbered past the first hundreds', async () => {
    const data = Array.from({ length: 600 }, (_, n) => ({ name: `Long ${n}`, slug: n === 0 ? 'long' : `long-${n + 1}` }));
    await running.strapi.db.query(TOPIC).createMany({ data });
    expect((await api.post('/topics', { name: 'Long' })).body.data.slug).toBe('long-601');
  });

  test('keeps its number where it is as long as a slug can be', async () => {
    const title = 'x'.repeat(400);
    await api.post('/curated-contents', { title });
    const { body } = await api.post('/curated-contents', { title });
    expect(body.data.slug).toBe(`${'x'.repeat(253)}-2`);
  });

  test('is left empty as long as there is no title', async () => {
    const draft = await documents(STORY).create({ data: { description: 'Started' } });
    expect(draft.slug).toBeNull();
    const named = await documents(STORY).update({ documentId: draft.documentId, data: { title: 'Finished' } });
    expect(named.slug).toBe('finished');
  });

  test('comes back when an editor empties it, and is the same', async () => {
    const { body } = await api.post('/topics', { name: 'Emptied' });
    const path = `/topics/${body.data.documentId}`;
    expect((await api.put(path, { slug: 'chosen' })).body.data.slug).toBe('chosen');
    expect((await api.put(path, { slug: '' })).body.data.slug).toBe('emptied');
    expect((await api.put(path, { slug: null })).body.data.slug).toBe('emptied');
  });

  test('stays when the name changes: addresses do not move by themselves', async () => {
    const { body } = await api.post('/topics', { name: 'Before' });
    expect((await api.put(`/topics/${body.data.documentId}`, { name: 'After' })).body.data.slug).toBe('before');
  });

  test('is different for each of forty parallel requests', async () => {
    const replies = await Promise.all(Array.from({ length: 40 }, () => api.post('/curated-contents', { title: 'Parallel' })));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 201));
    const slugs = replies.map(({ body }) => body.data.slug);
    expect(new Set(slugs).size).toBe(40);
    expect(slugs).toContain('parallel');
    for (const slug of slugs) expect(slug).toMatch(/^parallel(-\d+)?$/);
    expect(await running.strapi.db.query(STORY).count({ where: { title: 'Parallel' } })).toBe(80);
  });

  test('is found inside an outer transaction too', async () => {
    const slugs = await running.strapi.db.transaction(async () => {
      const one = await documents(STORY).create({ data: { title: 'Outer' }, status: 'published' });
      const two = await documents(STORY).create({ data: { title: 'Outer' }, status: 'published' });
      return [one.slug, two.slug];
    });
    expect(slugs).toEqual(['outer', 'outer-2']);
  });
});

describe('a duplicate', () => {
  test('of a story gets a free slug, with the title it had or a new one', async () => {
    const link = 'https://example.com/a';
    const { body } = await api.post('/curated-contents', { title: 'Twice told', link, slug: 'by-hand' });
    const { documentId } = body.data;
    const clone = async (data?: object) => (await documents(STORY).clone({ documentId, data: { ...data } })).entries[0]!;
    expect((await clone()).slug).toBe('example-twice-told');
    expect((await clone({ title: 'Twice told', link, slug: 'by-hand' })).slug).toBe('example-twice-told-2');
    expect((await clone({ title: 'Told anew', slug: 'by-hand' })).slug).toBe('example-told-anew');
    expect((await clone({ slug: 'mine' })).slug).toBe('mine');
    await expect(clone({ slug: 'mine' })).rejects.toMatchObject({ attribute: 'slug' });
  });

  test('of an offering is an offering of its own', async () => {
    const { body } = await api.post('/offerings', { name: 'Original', offeringId: 1, permalink: '/offering/original', summary: 'S' });
    const { documentId } = body.data;
    const [copy] = (await documents(OFFERING).clone({ documentId, data: { name: 'Copy', offeringId: 1 } })).entries;
    expect(copy).toMatchObject({ name: 'Copy', slug: 'copy', offeringId: null, permalink: null, summary: 'S' });
    await expect(documents(TOPIC).clone({ documentId })).resolves.toMatchObject({ entries: [] });
  });

  test('of a topic needs a name of its own', async () => {
    const { body } = await api.post('/topics', { name: 'Set: Original', description: 'D' });
    const { documentId } = body.data;
    await expect(documents(TOPIC).clone({ documentId })).rejects.toMatchObject({ attribute: 'name' });
    const [copy] = (await documents(TOPIC).clone({ documentId, data: { name: 'Other: Copy' } })).entries;
    expect(copy).toMatchObject({ slug: 'other-copy', taxonomy: 'Other', label: 'Copy', description: 'D' });
  });
});

describe('what else follows', () => {
  const topic = async (data: object) => {
    const { body } = await api.post('/topics', data);
    return { first: body.data, put: async (change: object) => (await api.put(`/topics/${body.data.documentId}`, change)).body.data };
  };

  test('a topic has the label and the taxonomy of its name, until an editor chooses others', async () => {
    const { first, put } = await topic({ name: 'Medigy: Telehealth' });
    expect(first).toMatchObject({ taxonomy: 'Medigy', label: 'Telehealth' });
    expect(await put({ name: 'Telehealth' })).toMatchObject({ taxonomy: null, label: 'Telehealth' });
    expect(await put({ name: 'News: Remote care', label: 'Telehealth', taxonomy: '' })).toMatchObject({
      taxonomy: 'News',
      label: 'Remote care',
    });
    expect(await put({ label: 'At home' })).toMatchObject({ taxonomy: 'News', label: 'At home' });
    expect(await put({ name: 'Medigy: Home' })).toMatchObject({ taxonomy: 'Medigy', label: 'At home' });
    expect(await put({ label: '' })).toMatchObject({ taxonomy: 'Medigy', label: 'Home' });
  });

  test('a story has the publisher of its link, until an editor chooses another', async () => {
    const { body } = await api.post('/curated-contents', { title: 'Branded', link: 'https://www.one.example.com/a' });
    expect(body.data.brand).toBe('one.example.com');
    const put = async (change: object) => (await api.put(`/curated-contents/${body.data.documentId}`, change)).body.data.brand;
    expect(await put({ link: 'https://two.example.com/a' })).toBe('two.example.com');
    expect(await put({ brand: 'The Two' })).toBe('The Two');
    expect(await put({ link: 'https://three.example.com/a' })).toBe('The Two');
    expect(await put({ brand: null })).toBe('three.example.com');
    expect(await put({ link: null })).toBeNull();
  });
});

describe('the slug field of the edit form', () => {
  interface Uid {
    generateUIDField(input: object): Promise<string>;
    checkUIDAvailability(input: object): Promise<boolean>;
    findUniqueUID(input: object): Promise<string>;
  }
  const uid = (): Uid => running.strapi.plugin('content-manager').service('uid');
  const field = (contentTypeUID: string) => ({ contentTypeUID, field: 'slug' });

  test('"Regenerate" gives what an empty field would get', async () => {
    const data = { id: '', title: 'In the form', link: 'https://www.example.com/a' };
    expect(await uid().generateUIDField({ ...field(STORY), data })).toBe('example-in-the-form');
    const { body } = await api.post('/curated-contents', { title: 'In the form', link: data.link });
    expect(body.data.slug).toBe('example-in-the-form');
    expect(await uid().generateUIDField({ ...field(STORY), data })).toBe('example-in-the-form-2');
    expect(await uid().generateUIDField({ ...field(STORY), data: { ...data, id: body.data.documentId } })).toBe('example-in-the-form');
    expect(await uid().generateUIDField({ ...field(STORY), data: { id: '' } })).toBe('');
  });

  test('"Available" means what the database will say', async () => {
    await api.post('/topics', { name: 'Seen', slug: 'Seen' });
    expect(await uid().checkUIDAvailability({ ...field(TOPIC), value: 'sEEN' })).toBe(false);
    expect(await uid().findUniqueUID({ ...field(TOPIC), value: 'sEEN' })).toBe('sEEN-2');
    expect(await uid().checkUIDAvailability({ ...field(TOPIC), value: 'unseen' })).toBe(true);
  });

  test('of a published story whose draft moved on keeps its old slug taken', async () => {
    const { body } = await api.post('/curated-contents', { title: 'Mover', slug: 'mover' });
    await documents(STORY).update({ documentId: body.data.documentId, data: { slug: 'moved' } });
    expect(await uid().checkUIDAvailability({ ...field(STORY), value: 'mover' })).toBe(false);
  });
});
