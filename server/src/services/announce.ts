import { setTimeout as wait } from 'node:timers/promises';

import type { Core } from '@strapi/strapi';

import { SCHEMAS, UIDS } from '../../../content-types';
import type { Announcement } from '../../../migrations/apply/host';

import { inOwnLocale } from './locale';
import { configOf, isCommand } from '../config/config-of';

/** The event of a whole run; webhooks can be bound to it under Settings > Webhooks. */
export const RUN_EVENT = 'curation.run';

/** The event of answers that were made anew behind a request, because what they embed has changed; webhooks can be bound to it as well. */
export const REFRESHED_EVENT = 'curation.refreshed';

/** What answers embed: a topic, an offering, or a file of the media library. */
export interface Embedded {
  model: string;
  documentId: string;
}

const ENTRY_EVENTS = { create: 'entry.create', update: 'entry.update', remove: 'entry.delete' } as const;
const POLL_MS = 50;
/** A webhook's own time limit is 10 seconds. */
const PATIENCE_MS = 15_000;

/** Webhooks are sent behind the caller's back; a command, which ends after its run, has to wait for them. */
export const webhooksSent = async (strapi: Core.Strapi): Promise<void> => {
  const { queue }: { queue?: { running: number; queue: unknown[] } } = strapi.get('webhookRunner');
  const until = Date.now() + PATIENCE_MS;
  while (queue && (queue.running > 0 || queue.queue.length > 0) && Date.now() < until) await wait(POLL_MS);
};

/** One event for each entry, as Strapi's own ways of writing emit them. */
const announceEach = async (strapi: Core.Strapi, changes: Announcement['changes']): Promise<void> => {
  for await (const { type, documentId, action } of changes) {
    const uid = UIDS[type];
    const { modelName } = strapi.contentType(uid);
    const { draftAndPublish } = SCHEMAS[type].options;
    const rows =
      action === 'remove' ? [{ documentId }] : await strapi.db.query(uid).findMany({ where: { documentId, ...inOwnLocale(strapi, uid) } });
    for (const entry of rows) {
      const isPublished = draftAndPublish && Boolean(entry.publishedAt);
      await strapi.eventHub.emit(isPublished ? 'entry.publish' : ENTRY_EVENTS[action], { model: modelName, uid, entry });
    }
  }
};

/** Tells the rest of Strapi what a run has changed, as loudly as the configuration's `events` says. */
export const announce = async (strapi: Core.Strapi, { changes, ...run }: Announcement): Promise<void> => {
  const { events } = configOf(strapi);
  if (events === 'none') return;
  if (events === 'each') await announceEach(strapi, changes);
  await strapi.eventHub.emit(RUN_EVENT, run);
  if (isCommand(strapi)) await webhooksSent(strapi);
};

/** Tells the rest of Strapi that every answer shows these entries as they are now. */
export const announceRefreshed = async (strapi: Core.Strapi, entries: readonly Embedded[]): Promise<void> => {
  const { events } = configOf(strapi);
  if (events !== 'none') await strapi.eventHub.emit(REFRESHED_EVENT, { entries });
};
