import { adminApi, type StrapiApp } from '@strapi/strapi/admin';

/** The panel makes its store after every plugin has registered. */
let panel: Pick<StrapiApp, 'store'> | undefined;

/** To be called once, while the plugin registers. */
export const watchPanel = (app: StrapiApp): void => {
  panel = app;
};

/** Lets the Content Manager read lists and entries again that were changed behind its back. */
export const refreshDocuments = (): void => {
  const tags = ['Document', 'Relations'] as unknown as Parameters<typeof adminApi.util.invalidateTags>[0];
  panel?.store?.dispatch(adminApi.util.invalidateTags(tags));
};
