import { adminApi, type StrapiApp } from '@strapi/strapi/admin';

/** The panel makes its store after every plugin has registered. */
let panel: Pick<StrapiApp, 'store'> | undefined;

/** To be called once, while the plugin registers. */
export const watchPanel = (app: StrapiApp): void => {
  panel = app;
};

/** What the Content Manager asks for: an entry by its `documentId`, an entry's relations by its `id`, or a list by neither. */
interface Question {
  documentId?: string;
  id?: string;
}

type Initiate = (question: unknown, options: { subscribe: boolean; forceRefetch: boolean }) => never;

/** Entries that are not there any more, and are not to be asked for. */
const gone = new Set<string>();

/**
 * Lets the Content Manager read lists, entries and relations again that were changed behind its back. It holds on to the entry whose page was
 * left; its own way, by tags, would ask for one that was merged away meanwhile, and log that it was not found.
 */
export const refreshDocuments = (): void => {
  const store = panel?.store;
  if (!store) return;
  const tags = ['Document', 'Relations'] as unknown as Parameters<typeof adminApi.util.selectInvalidatedBy>[1];
  const endpoints = adminApi.endpoints as unknown as Record<string, { initiate: Initiate }>;
  for (const { endpointName, originalArgs } of adminApi.util.selectInvalidatedBy(store.getState(), tags)) {
    const { documentId, id } = originalArgs as Question;
    if (gone.has(documentId ?? id ?? '')) continue;
    store.dispatch(endpoints[endpointName]!.initiate(originalArgs, { subscribe: false, forceRefetch: true }));
  }
};

/** As above, once an entry is gone. */
export const refreshWithout = (documentId: string): void => {
  gone.add(documentId);
  refreshDocuments();
};

/** As above, once it is back. */
export const refreshWith = (documentId: string): void => {
  gone.delete(documentId);
  refreshDocuments();
};
