import http from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Core } from '@strapi/strapi';

/**
 * Has Strapi tell a server of every run.
 *
 * @param answer what the server does with what it is told
 * @returns ends both
 */
export const listenToRuns = async (strapi: Core.Strapi, answer: http.RequestListener): Promise<() => void> => {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const webhook = await strapi
    .get('webhookStore')
    .createWebhook({ id: '', name: 'Listener', url, headers: {}, events: ['curation.run'], isEnabled: true });
  strapi.get('webhookRunner').add(webhook);
  return () => {
    strapi.get('webhookRunner').remove(webhook);
    server.closeAllConnections();
    server.close();
  };
};
