import type { Core } from '@strapi/strapi';

import { CONTENT_TYPES } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';
import { derivedOf } from '../derived';
import { enqueue, isBuildQueued } from '../derived/queue';

import { publishedAfter } from './build';
import { formatOf } from './format';
import { isCommand } from '../config/config-of';
import { ensureSequence, formatOfTable, ownTransaction, startAgain } from './numbering';

/**
 * Sees to it, when Strapi starts, that the table of ready answers is there in the form that this code writes. Where there is content already it
 * is built behind the requests; a command leaves that to the server.
 */
export const prepareDeliveries = async (strapi: Core.Strapi, host: Host): Promise<void> => {
  await ensureSequence(host);
  const wanted = formatOf(strapi);
  if ((await formatOfTable(host)) !== wanted) {
    const first = await Promise.all(CONTENT_TYPES.map((type) => publishedAfter(host, host.knex, type, '', 1)));
    if (first.flat().length === 0) await ownTransaction(host, (trx) => startAgain(host, trx, wanted));
    else if (!isCommand(strapi)) {
      await ownTransaction(host, async (trx) => {
        if (!(await isBuildQueued(host, trx, wanted))) await enqueue(host, trx, [{ kind: 'all', format: wanted }]);
      });
      strapi.log.info('[curation] The ready answers for sites are being built; until they are, /api/curation/delivery answers 503.');
    }
  }
  if (!isCommand(strapi)) derivedOf(strapi).worker.start();
};
