import { readPicks } from '../../admin/src/related-offerings/picks/readPicks';
import { UNCHANGED, type Pick, type RelationValue } from '../../admin/src/related-offerings/picks/value';
import { writePicks } from '../../admin/src/related-offerings/picks/writePicks';
import { logInAsSuperAdmin, type Administrator } from '../support/administrators';
import { documents } from '../support/documents';
import { randomFrom } from '../support/random';
import { rest } from '../support/rest';
import { startStrapi, type RunningStrapi } from '../support/strapi';

const STORIES = '/content-manager/collection-types/plugin::curation.curated-content';
const OFFERINGS = 16;
const ROUNDS = 12;

let running: RunningStrapi;
let editor: Administrator;
let offerings: Pick[];

beforeAll(async () => {
  running = await startStrapi();
  editor = await logInAsSuperAdmin(running.strapi, running.url);
  offerings = [];
  for (let number = 1; number <= OFFERINGS; number += 1) {
    const { id, documentId, name } = await documents(running.strapi, 'offering').create({ data: { name: `Offering ${number}` } });
    offerings.push({ id: id as number, documentId, name: name as string });
  }
});
afterAll(() => running.stop());

/** What the panel sends of a form's value: the native field's own items, and of each what is for the server. */
const sent = ({ connect, disconnect }: RelationValue) => ({
  connect: connect.map(({ apiData }) => apiData),
  disconnect: disconnect.map(({ apiData }) => apiData),
});

const saved = async (story: string, status: 'draft' | 'published'): Promise<Pick[]> => {
  const path = `/content-manager/relations/plugin::curation.curated-content/${story}/relatedOfferings`;
  const pages = await Promise.all([1, 2].map((page) => editor.get(`${path}?status=${status}&pageSize=10&page=${page}`)));
  const results = pages.flatMap(({ body }) => body.results as Pick[]);
  return results.map(({ id, documentId, name }) => ({ id, documentId, name })).reverse();
};

const onSite = async (story: string): Promise<string[]> => {
  const { body } = await rest(running.url).get(`/curated-contents/${story}?populate[relatedOfferings][fields]=name`);
  return (body.data.relatedOfferings as { name: string }[]).map(({ name }) => name);
};

const names = (picks: Pick[]) => picks.map(({ name }) => name);
const choose = (...numbers: number[]) => numbers.map((number) => offerings[number - 1]!);

const createStory = async (picks: Pick[]): Promise<string> => {
  const { body, status } = await editor.post(STORIES, { title: 'Night shift', relatedOfferings: sent(writePicks(picks, [])) });
  expect([status, body.error]).toEqual([201, undefined]);
  return body.data.documentId as string;
};

const write = async (story: string, picks: Pick[], action: 'save' | 'publish') => {
  const value = { relatedOfferings: sent(writePicks(picks, await saved(story, 'draft'))) };
  const { body, status } =
    action === 'save' ? await editor.put(`${STORIES}/${story}`, value) : await editor.post(`${STORIES}/${story}/actions/publish`, value);
  expect([status, body.error]).toEqual([200, undefined]);
};

it('keeps the order of a new story, through publish, reorder and publish, and over REST', async () => {
  const first = choose(3, 1, 4, 2);
  const story = await createStory(first);
  expect(names(await saved(story, 'draft'))).toEqual(names(first));
  await write(story, first, 'publish');
  expect(await onSite(story)).toEqual(names(first));

  const second = choose(2, 3, 5, 1);
  await write(story, second, 'save');
  expect(names(await saved(story, 'draft'))).toEqual(names(second));
  // The site has what was published, until it is published again.
  expect(await onSite(story)).toEqual(names(first));
  expect(names(await saved(story, 'published'))).toEqual(names(first));

  await write(story, second, 'publish');
  expect(await onSite(story)).toEqual(names(second));
  expect(names(await saved(story, 'published'))).toEqual(names(second));

  const third = choose(1, 2, 3, 5);
  await write(story, third, 'publish');
  expect(await onSite(story)).toEqual(names(third));
});

it('puts the order back that is published, when the draft is discarded', async () => {
  const story = await createStory(choose(1, 2, 3));
  await write(story, choose(1, 2, 3), 'publish');
  await write(story, choose(3, 4, 1), 'save');
  await editor.post(`${STORIES}/${story}/actions/discard`, {});
  const draft = await saved(story, 'draft');
  expect(names(draft)).toEqual(names(choose(1, 2, 3)));
  expect(readPicks(draft, UNCHANGED)).toEqual(draft);
});

describe('a copy', () => {
  const topicsOf = async (story: string) => {
    const { body } = await editor.get(`/content-manager/relations/plugin::curation.curated-content/${story}/topics?pageSize=10`);
    return (body.results as { name: string }[]).map(({ name }) => name).reverse();
  };
  const copy = async (source: string, value: object) => {
    const { body, status } = await editor.post(`${STORIES}/clone/${source}`, { title: 'Night shift, again', ...value });
    expect([status, body.error]).toEqual([200, undefined]);
    return body.data.documentId as string;
  };

  it.each([
    ['nothing changed', [1, 2]],
    ['one added', [1, 2, 3]],
    ['one removed', [2]],
    ['all removed', []],
    ['one moved', [2, 1]],
    ['one removed, others added around and moved', [4, 2, 5]],
    ['others instead', [3, 4]],
  ])('has what its form shows: %s', async (_, numbers) => {
    const source = await createStory(choose(1, 2));
    const made = await copy(source, { relatedOfferings: sent(writePicks(choose(...numbers), await saved(source, 'draft'))) });
    expect(names(await saved(made, 'draft'))).toEqual(names(choose(...numbers)));
    expect(names(await saved(source, 'draft'))).toEqual(names(choose(1, 2)));
  });

  it('has the topics that the native field shows, and the offerings of the draft', async () => {
    const topics = await Promise.all(['A', 'B', 'C'].map((name) => documents(running.strapi, 'topic').create({ data: { name } })));
    const [a, b, c] = topics.map(({ id, documentId }) => ({ id, documentId }));
    const source = await createStory(choose(3, 1));
    await write(source, choose(3, 1), 'publish');
    await editor.put(`${STORIES}/${source}`, { topics: { connect: [a, b], disconnect: [] } });
    await write(source, choose(1, 2), 'save');
    const made = await copy(source, { topics: { connect: [{ ...c, position: { before: b!.documentId } }], disconnect: [a] } });
    expect(await topicsOf(made)).toEqual(['C', 'B']);
    expect(names(await saved(made, 'draft'))).toEqual(names(choose(1, 2)));
  });
});

it('keeps whatever order an editor makes, time after time', async () => {
  const random = randomFrom(4711);
  const story = await createStory(random.some(offerings, OFFERINGS));
  for (let round = 0; round < ROUNDS; round += 1) {
    const wanted = random.some(offerings, OFFERINGS);
    await write(story, wanted, random.chance(0.5) ? 'save' : 'publish');
    expect([round, names(await saved(story, 'draft'))]).toEqual([round, names(wanted)]);
  }
  const last = await saved(story, 'draft');
  await write(story, last, 'publish');
  expect(await onSite(story)).toEqual(names(last));
});
