import type { Core } from '@strapi/strapi';

import type { DeliveryService } from '../../server/src/delivery/service';
import type { Derived } from '../../server/src/derived';

interface Row {
  type: string;
  documentId: string;
  slug: string | null;
  isGone: boolean;
  json: Record<string, any> | null;
}

/** The table of ready answers, as a test looks at it. */
export const deliveriesOf = (strapi: Core.Strapi) => {
  const service = strapi.plugin('curation').service('delivery') as unknown as DeliveryService;
  const { worker } = strapi.plugin('curation').service('derived') as unknown as Derived;
  const table = strapi.db.metadata.get('plugin::curation.delivery').tableName;

  const rows = async (where: object = {}): Promise<Row[]> => {
    const found = await strapi.db.connection(table).where(where).orderBy('position');
    return found.map(({ type, document_id, slug, is_gone, body, topics, offerings }) => ({
      type,
      documentId: document_id,
      slug,
      isGone: Boolean(is_gone),
      json: body ? JSON.parse(`${body},"topics":${topics ?? null},"offerings":${offerings ?? null}}`) : null,
    }));
  };

  return {
    ...service,
    rows,
    one: async (documentId: string): Promise<Row | undefined> => (await rows({ document_id: documentId }))[0],
    /** Waits for what is done behind the requests. */
    settled: () => worker.drain(),
    /** What `curation status` would say, without the number of right ones. */
    async faults() {
      await worker.drain();
      const { stale, missing, extra } = await service.check();
      return { stale, missing, extra };
    },
  };
};

export const NO_FAULTS = { stale: 0, missing: 0, extra: 0 };
