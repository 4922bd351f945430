import type { Core } from '@strapi/strapi';

import { contentTypeOf, FILE_UID, SCHEMAS, UIDS, type ContentType } from '../../../content-types';

import { noteWritten } from './collect-writes';
import { derivedOf } from '.';

type Database = Core.Strapi['db'];
type Subscriber = Extract<Parameters<Database['lifecycles']['subscribe']>[0], { models?: string[] }>;
type Event = Parameters<NonNullable<Subscriber['beforeCreate']>>[0];
type Values = Record<string, unknown>;

const typeOf = ({ model }: Event): ContentType => contentTypeOf(model.uid) as ContentType;

const documentIdsOf = (rows: readonly unknown[]): string[] => [
  ...new Set(rows.flatMap((row) => ((row as Values | null)?.documentId as string | null | undefined) ?? [])),
];

/** What a draft says is shown to nobody. */
const isDraft = (event: Event): boolean => {
  if (event.action === 'afterDelete') return false;
  const { publishedAt } = event.result as Values;
  const data = event.params.data as Values | undefined;
  return Boolean(SCHEMAS[typeOf(event)].options.draftAndPublish) && publishedAt === null && data?.publishedAt === undefined;
};

/**
 * Sees every entry and every file of the media library that is written, whoever writes it: the Document Service, which keeps it for the end of
 * its call, or a query of the app's own.
 */
export const watchWrites = (strapi: Core.Strapi): void => {
  const { db } = strapi;

  const select = async ({ model, params }: Event): Promise<string[]> =>
    documentIdsOf(await db.query(model.uid).findMany({ select: ['documentId'], where: params.where as Values }));

  /** The entries of rows that a statement is about to change or remove: afterwards nothing tells which they were. */
  const remember = async (event: Event) => {
    event.state.curationDocuments = await select(event);
  };
  const remembered = ({ state }: Event) => (state.curationDocuments ?? []) as string[];

  const written = async (event: Event) => {
    if (!event.result || isDraft(event)) return;
    const { id, documentId } = event.result as { id?: unknown; documentId?: string };
    const found = documentId
      ? [documentId]
      : documentIdsOf(await db.query(event.model.uid).findMany({ select: ['documentId'], where: { id } }));
    await noteWritten(strapi, typeOf(event), found);
  };

  db.lifecycles.subscribe({
    models: Object.values(UIDS),
    afterCreate: written,
    afterUpdate: written,
    afterDelete: written,
    // MySQL and MariaDB tell one id of a whole batch: the entries are named before they are written.
    beforeCreateMany({ model, params }) {
      const { documentId } = model.attributes as { documentId?: { default?: () => string } };
      for (const row of params.data as Values[]) row.documentId ??= documentId?.default?.();
    },
    afterCreateMany: (event) => noteWritten(strapi, typeOf(event), documentIdsOf(event.params.data as Values[])),
    beforeUpdateMany: remember,
    afterUpdateMany: (event) => noteWritten(strapi, typeOf(event), remembered(event)),
    beforeDeleteMany: remember,
    afterDeleteMany: (event) => noteWritten(strapi, typeOf(event), remembered(event)),
  });

  const fileWritten = async (documentIds: readonly string[]) => {
    if (documentIds.length === 0) return;
    await db.transaction(({ trx }) => derivedOf(strapi).showFiles(trx, documentIds));
  };
  const oneFile = (event: Event) => fileWritten(documentIdsOf([event.result]));

  db.lifecycles.subscribe({
    models: [FILE_UID],
    // A new file is shown by nobody, unless its upload says by whom.
    afterCreate: async (event) => {
      if ((event.params.data as Values).related !== undefined) await oneFile(event);
    },
    afterUpdate: oneFile,
    afterDelete: oneFile,
    beforeUpdateMany: remember,
    afterUpdateMany: (event) => fileWritten(remembered(event)),
    beforeDeleteMany: remember,
    afterDeleteMany: (event) => fileWritten(remembered(event)),
  });
};
