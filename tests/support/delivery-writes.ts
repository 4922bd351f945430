import type { Core } from '@strapi/strapi';

import { documents } from './documents';
import { randomFrom } from './random';

/** Ways to write an entry; every test of the ready answers draws from them. */
export const WRITES = [
  'create',
  'publish',
  'publish',
  'edit',
  'editAndPublish',
  'editWhilePublished',
  'publishTwiceAtOnce',
  'unpublish',
  'delete',
  'discardDraft',
  'clone',
  'renameTopic',
  'moveTopic',
  'deleteTopic',
  'renameOffering',
  'fileOffering',
  'query',
  'queryMany',
  'inOneTransaction',
  'givenUp',
] as const;

export type Write = (typeof WRITES)[number];

interface Drawn {
  write: Write;
  /** Any number: which entry it is about, and what it says. */
  at: number;
}

/** The entries that one of several writers at once changes and deletes. */
interface Share {
  part: number;
  of: number;
}

const EVERYTHING: Share = { part: 0, of: 1 };
const STORY = 'plugin::curation.curated-content';
const TOPIC = 'plugin::curation.topic';
const OFFERING = 'plugin::curation.offering';

/** A documentId is a number to the base of 36; its last digits are as good as random. */
const partOf = (documentId: string, of: number): number => parseInt(documentId.slice(-4), 36) % of;

/**
 * Carries out one write. What cannot be done, because another writer was quicker, is left undone.
 *
 * Writers at once have an entry each to themselves: where one deletes what another updates, Strapi emits the event of an entry that is
 * null, in a promise that nobody waits for, and the process ends.
 */
export const carryOut = async (strapi: Core.Strapi, { write, at }: Drawn, share: Share = EVERYTHING): Promise<void> => {
  const stories = documents(strapi, 'curated-content');
  const topics = documents(strapi, 'topic');
  const offerings = documents(strapi, 'offering');
  const pick = async (uid: string, { part, of } = share): Promise<string | undefined> => {
    const rows = (await strapi.db.query(uid).findMany({ select: ['documentId'], orderBy: { id: 'asc' } })) as { documentId: string }[];
    const own = rows.filter(({ documentId }) => partOf(documentId, of) === part);
    return own[at % own.length]?.documentId;
  };
  const story = () => pick(STORY);
  const topic = () => pick(TOPIC);
  const offering = () => pick(OFFERING);
  const some = async (uid: string) => [await pick(uid, EVERYTHING)].filter((id): id is string => id !== undefined);

  const create = async () =>
    stories.create({
      data: {
        title: `Story ${at}`,
        date: `2024-01-${String((at % 28) + 1).padStart(2, '0')}`,
        brand: `brand${at % 3}.example`,
        topics: await some(TOPIC),
        relatedOfferings: await some(OFFERING),
      },
    });
  const edit = async (documentId: string) => {
    await stories.update({ documentId, data: { title: `Edited ${at}`, topics: await some(TOPIC) } });
  };

  const carry: Record<Write, () => Promise<unknown>> = {
    async create() {
      const { documentId } = await create();
      await stories.publish({ documentId });
    },
    publish: async () => stories.publish({ documentId: (await story()) ?? (await create()).documentId }),
    async edit() {
      const documentId = await story();
      if (documentId) await edit(documentId);
    },
    async editAndPublish() {
      const documentId = await story();
      if (!documentId) return;
      await edit(documentId);
      await stories.publish({ documentId });
    },
    async editWhilePublished() {
      const documentId = await story();
      if (documentId) await Promise.allSettled([edit(documentId), stories.publish({ documentId })]);
    },
    async publishTwiceAtOnce() {
      const documentId = await story();
      if (documentId) await Promise.allSettled([stories.publish({ documentId }), stories.publish({ documentId })]);
    },
    unpublish: async () => stories.unpublish({ documentId: (await story()) ?? '' }),
    delete: async () => stories.delete({ documentId: (await story()) ?? '' }),
    discardDraft: async () => stories.discardDraft({ documentId: (await story()) ?? '' }),
    clone: async () => stories.clone({ documentId: (await story()) ?? '', data: { title: `Clone ${at}` } }),
    async renameTopic() {
      const documentId = await topic();
      if (documentId) await topics.update({ documentId, data: { name: `Topic ${at}` } });
      else await topics.create({ data: { name: `Topic ${at}` } });
    },
    async moveTopic() {
      const made = await topics.create({ data: { name: `Parent ${at}` } });
      const documentId = await topic();
      if (documentId !== made.documentId) await topics.update({ documentId, data: { parent: made.documentId } });
    },
    deleteTopic: async () => topics.delete({ documentId: (await topic()) ?? '' }),
    async renameOffering() {
      const documentId = await offering();
      const data = { name: `Offering ${at}`, permalink: `/offering/${at}` };
      if (documentId) await offerings.update({ documentId, data });
      else await offerings.create({ data });
    },
    async fileOffering() {
      const documentId = await offering();
      if (documentId) await offerings.update({ documentId, data: { topics: await some(TOPIC) } });
    },
    query: async () =>
      strapi.db.query(STORY).updateMany({ where: { documentId: (await story()) ?? '' }, data: { description: `Queried ${at}` } }),
    queryMany: () => strapi.db.query(STORY).deleteMany({ where: { title: `Clone ${at}` } }),
    inOneTransaction: async () =>
      strapi.db.transaction(async () => {
        const { documentId } = await create();
        await stories.publish({ documentId });
        await carry.renameTopic();
      }),
    givenUp: async () =>
      strapi.db.transaction(async () => {
        await carry.editAndPublish();
        throw new Error('given up');
      }),
  };
  await carry[write]().catch(() => undefined);
};

/** Several writers at once, in a process of one or more on a database. */
export const writeAtOnce = async (
  strapi: Core.Strapi,
  seed: number,
  { writers, each, node = 0, nodes = 1 }: { writers: number; each: number; node?: number; nodes?: number },
): Promise<void> => {
  const random = randomFrom(seed);
  const write = async (share: Share) => {
    for (let done = 0; done < each; done += 1) await carryOut(strapi, { write: random.pick(WRITES), at: random.below(100_000) }, share);
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => write({ part: node * writers + index, of: nodes * writers })));
};
