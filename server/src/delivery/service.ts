import type { Core } from '@strapi/strapi';

import type { Host } from '../../../migrations/apply/host';
import { derivedOf } from '../derived';
import { enqueue } from '../derived/queue';

import { checkDeliveries, type Check } from './check';
import { formatOf } from './format';
import { AnswerCache } from './http/answer-cache';
import { CallerHistory } from './http/caller-history';
import { currentSequence, formatOfTable, ownTransaction, type Sequence } from './numbering';
import { prepareDeliveries } from './prepare';
import { shareNext } from './share-next';
import { hostOf } from '../services/host-of';
import { configOf } from '../config/config-of';

const MEGABYTE = 1024 * 1024;

/** The table of ready answers, for who looks after it. */
export interface DeliveryService {
  host: Host;
  cache: AnswerCache;
  callers: CallerHistory;
  /** How far the table has come at the moment of the call or later: asked of the database, because another node may have written. */
  generation: () => Promise<Sequence>;
  /**
   * Whether it can be served: it was seen whole in the form that this code writes. A node that serves goes on where one of another version makes
   * it anew: the two forms differ in little, and an answer is better than none.
   */
  isServed(sequence: Pick<Sequence, 'format'>): boolean;
  /** Looks again whether it can be served. */
  prepare(): Promise<void>;
  /** How far it is: complete in the form that this code writes, and tasks that are waiting. */
  state(): Promise<{ isBuilt: boolean; waiting: number }>;
  /** Compares it with what a rebuild would make. */
  check(): Promise<Check>;
  /** Makes it anew, and returns when that is done. */
  rebuild(): Promise<void>;
}

export const createDeliveryService = ({ strapi }: { strapi: Core.Strapi }): DeliveryService => {
  const host = hostOf(strapi);
  const { delivery } = configOf(strapi);
  let isServed = false;
  return {
    host,
    cache: new AnswerCache(delivery.cacheMegabytes * MEGABYTE),
    callers: new CallerHistory(),
    generation: shareNext(() => currentSequence(host)),
    isServed: ({ format }) => (isServed ||= format === formatOf(strapi)),
    async prepare() {
      isServed = false;
      await prepareDeliveries(strapi, host);
    },
    async state() {
      return { isBuilt: (await formatOfTable(host)) === formatOf(strapi), waiting: await derivedOf(strapi).worker.waiting() };
    },
    check: () => checkDeliveries(strapi, host),
    async rebuild() {
      await ownTransaction(host, (trx) => enqueue(host, trx, [{ kind: 'all', format: formatOf(strapi) }]));
      await derivedOf(strapi).worker.drain();
    },
  };
};
