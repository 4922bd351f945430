import type { Core } from '@strapi/strapi';

import { PLUGIN_ID } from '../../../content-types';
import type { Host } from '../../../migrations/apply/host';
import { derivedOf } from '../derived';
import { enqueue } from '../derived/queue';

import { checkDeliveries, type Check } from './check';
import { formatOf } from './format';
import { currentSequence, ownTransaction } from './numbering';

/** The table of ready answers, for who looks after it. */
export interface DeliveryService {
  /** How far it is: complete in the form that this code writes, and tasks that are waiting. */
  state(): Promise<{ isBuilt: boolean; waiting: number }>;
  /** Compares it with what a rebuild would make. */
  check(): Promise<Check>;
  /** Makes it anew, and returns when that is done. */
  rebuild(): Promise<void>;
}

export const createDeliveryService = ({ strapi }: { strapi: Core.Strapi }): DeliveryService => {
  const host = strapi.plugin(PLUGIN_ID).service('host') as unknown as Host;
  return {
    async state() {
      const { format } = await currentSequence(host);
      return { isBuilt: format === formatOf(strapi), waiting: await derivedOf(strapi).worker.waiting() };
    },
    check: () => checkDeliveries(strapi, host),
    async rebuild() {
      await ownTransaction(host, (trx) => enqueue(host, trx, [{ kind: 'all' }]));
      await derivedOf(strapi).worker.drain();
    },
  };
};
