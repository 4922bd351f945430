import type { Core } from '@strapi/strapi';

interface Entry {
  id: number;
  documentId: string;
  [attribute: string]: unknown;
}

interface Reply {
  status: number;
  /** The answer's JSON: `data` of one entry or of many is told apart by the test that asked. */
  body: { data: Entry; error: { status: number; name: string; message: string; details: unknown }; meta: Record<string, unknown> };
  list: Entry[];
}

/** A token of "Full access", as made under Settings > API Tokens. */
export const fullAccessToken = async (strapi: Core.Strapi, name = 'test'): Promise<string> => {
  const tokens = strapi.service('admin::api-token') as unknown as { create(values: object): Promise<{ accessKey: string }> };
  const { accessKey } = await tokens.create({ name, description: '', kind: 'content-api', type: 'full-access', lifespan: null });
  return accessKey;
};

/** Requests to `/api/curation`, as the public or with a token. */
export const rest = (url: string, token?: string) => {
  const request = async (method: string, path: string, data?: object): Promise<Reply> => {
    const response = await fetch(`${url}/api/curation${path}`, {
      method,
      headers: { ...(data && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(data && { body: JSON.stringify({ data }) }),
    });
    const text = await response.text();
    const body = (text ? JSON.parse(text) : {}) as Reply['body'];
    return { status: response.status, body, list: Array.isArray(body.data) ? (body.data as Entry[]) : [] };
  };
  return {
    get: (path: string) => request('GET', path),
    post: (path: string, data: object) => request('POST', path, data),
    put: (path: string, data: object) => request('PUT', path, data),
    delete: (path: string) => request('DELETE', path),
  };
};
