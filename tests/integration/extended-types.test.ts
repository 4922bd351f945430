import path from 'node:path';

import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { documents } from '../support/documents';
import { ROOT } from '../support/paths';
import { fullAccessToken, rest } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

let app: RunningStrapi;
let site: ReturnType<typeof rest>;

beforeAll(async () => {
  app = await startStrapi({ extensions: path.join(ROOT, 'tests', 'fixtures', 'extended') });
  site = rest(app.url, await fullAccessToken(app.strapi));
  await app.strapi.plugin('i18n').service<any>('locales').create({ code: 'de', name: 'German (de)' });
});
afterAll(() => app.stop());

const stories = () => documents(app.strapi, 'curated-content');

it('attributes that an app added are told to sites as over REST', async () => {
  const added = {
    views: '7000000000',
    seenAt: '2024-05-01T10:00:00.000Z',
    airsAt: '20:15:00.000',
    embargo: '2024-05-01T10:00:00.000Z',
    price: 1.5,
    isFree: false,
    blocks: [{ type: 'paragraph', children: [{ type: 'text', text: 'Text' }] }],
  };
  const { documentId } = await stories().create({ data: { title: 'More', slug: 'more', ...added }, status: 'published' });
  const told = (entry: Record<string, unknown>) => Object.fromEntries(Object.keys(added).map((name) => [name, entry[name]]));
  const { body } = await site.get(`/curated-contents/${documentId}`);
  expect(told((await site.get('/delivery/contents/more')).body.data)).toEqual(told(body.data));
});

it('a story that names a topic in two languages has it once', async () => {
  const topics = documents(app.strapi, 'topic') as any;
  const { documentId } = await topics.create({ data: { name: 'Night', slug: 'night' } });
  await topics.update({ documentId, locale: 'de', data: { name: 'Nacht', slug: 'nacht' } });
  await stories().create({
    data: { title: 'Both', slug: 'both', topics: ['en', 'de'].map((locale) => ({ documentId, locale })) },
    status: 'published',
  });
  const { topics: told } = (await site.get('/delivery/contents/both')).body.data;
  expect(told).toEqual([expect.objectContaining({ documentId, name: 'Night', slug: 'night' })]);
  expect(await deliveriesOf(app.strapi).faults()).toEqual(NO_FAULTS);
});
