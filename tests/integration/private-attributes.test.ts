import { deliveriesOf, NO_FAULTS } from '../support/deliveries';
import { documents } from '../support/documents';
import { fullAccessToken } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

const PRIVATE = ['slug', 'basePath', 'date', 'permalink', 'aliases', 'createdAt', 'updatedAt', 'publishedAt'];

let app: RunningStrapi;
let token: string;

beforeAll(async () => {
  app = await startStrapi({ config: { 'api.responses.privateAttributes': PRIVATE } });
  token = await fullAccessToken(app.strapi);
});
afterAll(() => app.stop());

const ask = (path: string) => fetch(`${app.url}/api/curation/delivery${path}`, { headers: { authorization: `Bearer ${token}` } });
const get = async (path: string) => (await (await ask(path)).json()) as { data: any; meta: any };

it('what a story stands under is private, and it stands there all the same', async () => {
  const wards = await documents(app.strapi, 'topic').create({ data: { name: 'Wards', slug: 'wards' } });
  const night = await documents(app.strapi, 'topic').create({ data: { name: 'Night', slug: 'night', parent: wards.documentId } });
  for (const [title, date] of [
    ['Newer', '2024-05-02'],
    ['Older', '2024-05-01'],
  ] as const)
    await documents(app.strapi, 'curated-content').create({
      data: { title, slug: title.toLowerCase(), basePath: '/news/', date, topics: [night.documentId] },
      status: 'published',
    });
  const table = deliveriesOf(app.strapi);
  await table.settled();

  const { data } = await get('/contents');
  expect(data.map(({ title, path }: any) => [title, path])).toEqual([
    ['Newer', '/news/newer'],
    ['Older', '/news/older'],
  ]);
  expect((await get('/contents/older')).data.title).toBe('Older');
  expect((await get('/topics/night')).data.path).toBe('/topic/night');
  expect((await get('/resolve?path=/news/older')).data).toEqual({ kind: 'content', slug: 'older' });
  for (const name of PRIVATE) expect(JSON.stringify(data)).not.toContain(`"${name}"`);
  expect(data[0].topics[0].parent).toEqual({ documentId: wards.documentId, name: 'Wards' });
  expect(await table.faults()).toEqual(NO_FAULTS);
});

it('what leads to a story is private, and follows it all the same', async () => {
  const stories = documents(app.strapi, 'curated-content');
  const { documentId } = await stories.create({ data: { title: 'Led to', slug: 'led-to', aliases: ['/old'] }, status: 'published' });
  const leading = async () => (await get('/redirects')).data.map(({ from }: any) => from);
  expect([await leading(), (await get('/resolve?path=/old')).data]).toEqual([['/old'], { kind: 'redirect', status: 301, to: '/led-to' }]);
  await stories.update({ documentId, data: { aliases: ['/older'] }, status: 'published' });
  expect([await leading(), (await ask('/resolve?path=/old')).status]).toEqual([['/older'], 404]);
});

it('when a story changed is private, and no sitemap tells it', async () => {
  const sitemap = await (await ask('/sitemap.xml')).text();
  expect([sitemap.includes('<loc>'), sitemap.includes('<lastmod>')]).toEqual([true, false]);
});
