import path from 'node:path';

import type { z } from 'zod';

import { startArchiveApp, type ArchiveApp } from '../support/archive-app';
import { ROOT } from '../support/paths';
import { fullAccessToken } from '../support/rest';

/** What Strapi's command runs: a dependency of Strapi's, not of ours. */
const GENERATOR = '@strapi/openapi';

interface Operation {
  parameters: { name: string; in: string; schema: { description?: string } }[];
  responses: Record<string, unknown>;
}

interface Route {
  path: string;
  response?: z.ZodType;
}

let app: ArchiveApp;
let token: string;

beforeAll(async () => {
  app = await startArchiveApp();
  token = await fullAccessToken(app.strapi);
  const playground = path.join(ROOT, 'playground');
  await app.importFrom(path.join(playground, 'content'), {
    assets: path.join(playground, 'assets'),
    only: '{topics/*,offerings/*,stories/[4-5]*}',
  });
});

afterAll(() => app.stop());

const routes = (): Route[] => {
  const { routes: all } = (app.strapi.plugin('curation') as unknown as { routes: Record<string, { routes: Route[] }> }).routes[
    'content-api'
  ]!;
  return all.filter((route) => route.path.startsWith('/delivery/'));
};

describe('the routes for sites, as `strapi openapi generate` describes them', () => {
  let paths: Record<string, { get: Operation }>;

  beforeAll(() => {
    const command = require.resolve(GENERATOR, { paths: [path.dirname(require.resolve('@strapi/strapi'))] });
    const { generate } = jest.requireActual<{ generate(strapi: unknown): { document: { paths: typeof paths } } }>(command);
    ({ paths } = generate(app.strapi).document);
  });

  it('have a meaning for each parameter, and an answer', () => {
    const described = routes().map((route) => [route.path, paths[`/curation${route.path.replace(':slug', '{slug}')}`]?.get] as const);
    expect(described).toHaveLength(13);
    for (const [at, operation] of described) {
      expect([at, operation?.parameters.filter(({ schema }) => !schema.description)]).toEqual([at, []]);
      expect([at, operation?.responses]).toEqual([at, expect.objectContaining({ 200: expect.anything(), 404: expect.anything() })]);
    }
    expect(paths['/curation/delivery/contents/{slug}']?.get.parameters).toMatchObject([{ name: 'slug', in: 'path' }]);
  });
});

describe('every answer', () => {
  const asJson = (type: string | null, text: string): unknown => (type?.includes('json') ? JSON.parse(text) : text);
  const get = async (at: string) => {
    const response = await fetch(`${app.url}/api/curation${at}`, { headers: { authorization: `Bearer ${token}` } });
    return { status: response.status, body: asJson(response.headers.get('content-type'), await response.text()) };
  };

  it('is as it is described', async () => {
    for (const { path: at, response } of routes()) {
      const list = await get(at.replace('/:slug', ''));
      const slug = at.includes(':slug') ? (list.body as { data: { slug: string }[] }).data[0]!.slug : '';
      const asked = at.endsWith('/resolve') ? `${at}?path=/topic/none` : at.replace(':slug', slug);
      const { status, body } = await get(asked);
      if (at.endsWith('/resolve')) expect([at, status]).toEqual([at, 404]);
      else {
        expect([at, status]).toEqual([at, 200]);
        expect([at, response!.safeParse(body).error]).toEqual([at, undefined]);
      }
    }
  });
});
