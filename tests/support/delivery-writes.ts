import type { Core } from '@strapi/strapi';

import { documents } from './documents';

/** Ways to write an entry; every test of the ready answers draws from them. */
export const WRITES = [
  'create',
  'publish',
  'publish',
  'edit',
  'editAndPublish',
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

const STORY = 'plugin::curation.curated-content';

/** Carries out one write. What cannot be done, because another writer was quicker, is left undone. */
export const carryOut = async (strapi: Core.Strapi, { write, at }: Drawn): Promise<void> => {
  const stories = documents(strapi, 'curated-content');
  const topics = documents(strapi, 'topic');
  const offerings = documents(strapi, 'offering');
  const pick = async (uid: string): Promise<string | undefined> => {
    const rows = await strapi.db.query(uid).findMany({ select: ['documentId'], orderBy: { id: 'asc' } });
    return rows.length > 0 ? (rows[at % rows.length] as { documentId: string }).documentId : undefined;
  };
  const story = () => pick(STORY);
  const topic = () => pick('plugin::curation.topic');
  const offering = () => pick('plugin::curation.offering');
  const some = async (one: () => Promise<string | undefined>) => [await one()].filter((id): id is string => id !== undefined);

  const create = async () =>
    stories.create({
      data: {
        title: `Story ${at}`,
        date: `2024-01-${String((at % 28) + 1).padStart(2, '0')}`,
        brand: `brand${at % 3}.example`,
        topics: await some(topic),
        relatedOfferings: await some(offering),
      },
    });
  const edit = async (documentId: string) => {
    await stories.update({ documentId, data: { title: `Edited ${at}`, topics: await some(topic) } });
  };

  const carry: Record<Write, () => Promise<unknown>> = {
    async create() {
      const { documentId } = await create();
      await stories.publish({ documentId });
    },
    publish: async () => stories.publish({ documentId: (await story()) ?? (await create()).documentId }),
    edit: async () => edit((await story()) ?? (await create()).documentId),
    async editAndPublish() {
      const documentId = (await story()) ?? (await create()).documentId;
      await edit(documentId);
      await stories.publish({ documentId });
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
      if (documentId) await offerings.update({ documentId, data: { topics: await some(topic) } });
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
