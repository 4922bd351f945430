import { adminApi, type StrapiApp } from '@strapi/strapi/admin';

import { UIDS } from '../../content-types/uids';

/** The panel makes its store after every plugin has registered. */
let panel: Pick<StrapiApp, 'store'> | undefined;

/** To be called once, while the plugin registers. */
export const watchPanel = (app: StrapiApp): void => {
  panel = app;
};

type Tag = string | { type: 'Document'; id: string };

const invalidate = (tags: Tag[]): void => {
  panel?.store?.dispatch(adminApi.util.invalidateTags(tags as unknown as Parameters<typeof adminApi.util.invalidateTags>[0]));
};

/** Lets the Content Manager read lists and entries again that were changed behind its back. */
export const refreshDocuments = (): void => invalidate(['Document', 'Relations']);

/**
 * As above, once a topic was merged into another one. The Content Manager holds on to the entry whose page was left, and would ask for the
 * topic that is gone; of topics, only the one that stays is read again.
 */
export const refreshMerged = (target: string): void =>
  invalidate([
    ...Object.values(UIDS).map((uid): Tag => ({ type: 'Document', id: `${uid}_LIST` })),
    ...[UIDS['curated-content'], UIDS.offering].map((uid): Tag => ({ type: 'Document', id: `${uid}_ALL_ITEMS` })),
    { type: 'Document', id: `${UIDS.topic}_${target}` },
  ]);
