import http from 'node:http';

import { rounded, timed, type Timed } from './timed';

export interface Ask {
  path: string;
  headers?: Record<string, string>;
}

export interface Load extends Timed {
  perSecond: number;
}

/** A server that is asked, over so many connections that are kept open. */
export interface Target {
  url: string;
  connections: number;
  headers: Record<string, string>;
}

/** One request, its answer read to the end. @returns status, ETag and length */
export const ask = (agent: http.Agent, { url, headers }: Target, { path, headers: own }: Ask) =>
  new Promise<{ status: number; etag: string | undefined; bytes: number }>((resolve, reject) => {
    const request = http.get(url + path, { agent, headers: { ...headers, ...own } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve({ status: response.statusCode!, etag: response.headers.etag, bytes }));
      response.on('error', reject);
    });
    request.on('error', reject);
  });

/** Asks for a while, each connection one request after the other, or until there is nothing left to ask. */
export const load = async (target: Target, status: number, next: (index: number) => Ask | undefined, seconds: number): Promise<Load> => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: target.connections });
  const times: number[] = [];
  let index = 0;
  const began = performance.now();
  const work = async () => {
    while (performance.now() - began < seconds * 1000) {
      const wanted = next(index++);
      if (!wanted) return;
      const start = performance.now();
      const answer = await ask(agent, target, wanted);
      times.push(performance.now() - start);
      if (answer.status !== status) throw new Error(`${wanted.path} was answered ${answer.status}, not ${status}`);
    }
  };
  await Promise.all(Array.from({ length: target.connections }, work));
  const elapsed = (performance.now() - began) / 1000;
  agent.destroy();
  return { perSecond: rounded(times.length / elapsed), ...timed(times) };
};
