import { paint, say, Stop } from './terminal.mjs';

const KNOWN_STORY = {
  workPackageId: 4711,
  title: 'Hospital-at-home programs learn to listen to the night shift',
  topics: 2,
  relatedOfferings: 2,
};

const STORIES = '/api/curation/curated-contents';
const POPULATE = 'populate[topics]=true&populate[relatedOfferings]=true&populate[featuredImage]=true';

const get = async (url, init) => {
  const response = await fetch(url, init);
  if (!response.ok) throw new Stop(`${url} answers ${response.status}: ${(await response.text()).slice(0, 500)}`);
  return response;
};

const expect = (holds, message) => {
  if (!holds) throw new Stop(message);
};

const knownStory = async (base) => {
  const { data } = await (await get(`${base}${STORIES}?filters[workPackageId]=${KNOWN_STORY.workPackageId}&${POPULATE}`)).json();
  expect(data.length === 1, `REST gives ${data.length} stories with workPackageId ${KNOWN_STORY.workPackageId}, not 1`);
  const [story] = data;
  expect(story.title === KNOWN_STORY.title, `its title is "${story.title}", not "${KNOWN_STORY.title}"`);
  for (const relation of ['topics', 'relatedOfferings']) {
    expect(story[relation].length === KNOWN_STORY[relation], `it has ${story[relation].length} ${relation}, not ${KNOWN_STORY[relation]}`);
  }
  expect(story.featuredImage?.url, 'it has no featured image');
  const image = await get(new URL(story.featuredImage.url, base));
  expect(image.headers.get('content-type')?.startsWith('image/'), `its image is ${image.headers.get('content-type')}`);
  return `REST gives "${story.title}" with 2 topics, 2 offerings and its picture`;
};

const anyStory = async (base) => {
  const { data, meta } = await (await get(`${base}${STORIES}?pagination[pageSize]=1&${POPULATE}`)).json();
  expect(data.length === 1, 'REST gives no story');
  const [{ title, topics, relatedOfferings }] = data;
  return `REST gives ${meta.pagination.total} stories, "${title}" with ${topics.length} topics and ${relatedOfferings.length} offerings among them`;
};

const siteSyncs = async (base) => {
  const sync = async (query) => (await get(`${base}/api/curation/delivery/sync?limit=500${query}`)).json();
  const { data, meta } = await sync('');
  expect(data.items.length > 0, 'a site that syncs gets nothing');
  if (meta.more) return `a site that syncs gets ${data.items.length} stories, and more with the next page`;
  const next = await sync(`&cursor=${meta.cursor}`);
  expect(next.data.items.length === 0, `a site that syncs again gets ${next.data.items.length} stories once more`);
  return `a site that syncs gets ${data.items.length} stories, and nothing again the second time`;
};

const adminPage = async (base) => {
  const page = await (await get(`${base}/admin`)).text();
  expect(page.includes('id="strapi"'), 'the admin page has no place for the panel');
  const script = /<script[^>]+src="([^"]+)"/.exec(page)?.[1];
  expect(script, 'the admin page loads no script');
  await get(new URL(script, base));
  return 'the admin page and its script are served';
};

const editorLogsIn = async (base, { accounts: [{ email, password }] }) => {
  const login = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) };
  const { data } = await (await get(`${base}/admin/login`, login)).json();
  const headers = { authorization: `Bearer ${data.token}` };
  for (const type of ['curated-content', 'topic', 'offering']) {
    await get(`${base}/content-manager/collection-types/plugin::curation.${type}?pageSize=1`, { headers });
  }
  return `${email} logs in and sees stories, topics and offerings`;
};

/** Asks a running demo what a visitor would, a line an answer. Every question is asked, even after one failed. */
export const check = async (base, server, { sample }) => {
  const failed = [];
  for (const question of [sample ? knownStory : anyStory, siteSyncs, adminPage, editorLogsIn]) {
    try {
      say(`  ${paint('green', '✓')} ${await question(base, server)}`);
    } catch (error) {
      say(`  ${paint('red', '✗')} ${error.message}`);
      failed.push(error.message);
    }
  }
  if (failed.length > 0) throw new Stop(`The demo does not work: ${failed.join('; ')}`);
};
