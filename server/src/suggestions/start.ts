import type { Core } from '@strapi/strapi';
import { suggestionsOf } from './service';

/** Reads the index once Strapi listens: start-up does not wait for it, and a command that only loads Strapi has no use for it. */
export const startSuggestions = (strapi: Core.Strapi): void => {
  const { index } = suggestionsOf(strapi);
  index.listen();
  strapi.server.httpServer.once('listening', () => index.start());
};
