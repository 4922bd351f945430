import { logInAsSuperAdmin, logInWith, type Administrator } from '../support/administrators';
import { documents } from '../support/documents';
import { startStrapi, type RunningStrapi } from '../support/strapi';

let running: RunningStrapi;
let admin: Administrator;

beforeAll(async () => {
  running = await startStrapi();
  admin = await logInAsSuperAdmin(running.strapi, running.url);
});
afterAll(() => running.stop());

const create = (type: 'curated-content' | 'topic' | 'offering', data: object) =>
  documents(running.strapi, type).create({ data: { ...data } });

describe('the picker', () => {
  test('finds an offering by a word of its name and suggests it for a story of its topic', async () => {
    const topic = await create('topic', { name: 'Care Catalog: Telehealth' });
    const offering = await create('offering', {
      name: 'Brightwater Televisit',
      permalink: '/offering/brightwater',
      topics: [topic.documentId],
    });
    await create('offering', { name: 'Cinder Fax Bridge' });

    const found = await admin.post('/curation/picker/search', { q: 'televisit' });
    expect(found).toMatchObject({ status: 200, body: { data: [{ name: 'Brightwater Televisit', usedBy: 0 }], meta: { total: 1 } } });
    expect(found.body.data[0].marks.name).toEqual([[12, 21]]);

    const suggested = await admin.post('/curation/picker/suggestions', { story: { topics: [topic.documentId] }, picked: [] });
    expect(suggested.body.data).toMatchObject([
      {
        offering: { documentId: offering.documentId, topics: [{ shared: true }] },
        reasons: [{ kind: 'topics', topics: [{ label: 'Telehealth' }] }],
      },
    ]);
  });

  test('answers nobody who may not read offerings', async () => {
    const author = await logInWith(running.strapi, running.url, [{ action: 'read', type: 'curated-content' }]);
    expect(await author.post('/curation/picker/search', { q: 'televisit' })).toMatchObject({ status: 403 });
  });
});
