import type { Core } from '@strapi/strapi';

import { contentTypeOf, UIDS, type ContentType } from '../../../content-types';
import { uniqueColumns } from '../../../content-types/rules/unique-keys';

import { ownLocale } from '../services/locale';

import { changedKeys, keysOf, missingKeys, neededFor, type Keys, type Values } from './changed-keys';

type Database = Core.Strapi['db'];
type Subscriber = Extract<Parameters<Database['lifecycles']['subscribe']>[0], { models?: string[] }>;
type Event = Parameters<NonNullable<Subscriber['beforeCreate']>>[0];

const typeOf = ({ model }: Event): ContentType => contentTypeOf(model.uid) as ContentType;

/** The columns are the plugin's own: what a caller sends for them would undo the promise that they make. */
const withoutKeys = (type: ContentType, data: Values): Values => {
  for (const { column } of uniqueColumns(type)) delete data[column];
  return data;
};

/**
 * Keeps the unique columns of the three types in step with the attributes that they are made of, whoever writes: the Document Service,
 * REST, the admin panel or a query of the app's own.
 */
export const keepUniqueKeys = (strapi: Core.Strapi): void => {
  const { db } = strapi;
  const own = ({ model }: Event) => ownLocale(strapi, model.uid);

  const writeKeys = async ({ model }: Event, id: unknown, keys: Keys) => {
    if (Object.keys(keys).length > 0) await db.queryBuilder(model.uid).where({ id }).update(keys).execute();
  };

  /** A subscriber of the app runs after this one and may have set another slug: the columns follow before the write is committed. */
  const catchUp = async (event: Event) => {
    const data = event.params.data as Values;
    const { id } = event.result as { id: unknown };
    const load = () => db.query(event.model.uid).findOne({ where: { id } }) as Promise<Values | null>;
    const keys =
      event.action === 'afterCreate' ? keysOf(typeOf(event), data, own(event)) : await changedKeys(typeOf(event), data, load, own(event));
    await writeKeys(event, id, missingKeys(keys, data));
  };

  db.lifecycles.subscribe({
    models: Object.values(UIDS),

    beforeCreate(event) {
      const data = event.params.data as Values;
      Object.assign(data, keysOf(typeOf(event), data, own(event)));
    },

    beforeCreateMany(event) {
      for (const data of event.params.data as Values[]) Object.assign(data, keysOf(typeOf(event), data, own(event)));
    },

    async beforeUpdate(event) {
      const data = withoutKeys(typeOf(event), event.params.data as Values);
      const load = () => db.query(event.model.uid).findOne({ where: event.params.where as Values }) as Promise<Values | null>;
      Object.assign(data, await changedKeys(typeOf(event), data, load, own(event)));
    },

    /**
     * One statement cannot give each row a key of its own, so the keys are written row by row, before the values: where two rows would
     * share one, the database refuses and nothing is changed.
     */
    async beforeUpdateMany(event) {
      const data = withoutKeys(typeOf(event), event.params.data as Values);
      if (neededFor(typeOf(event), data).length === 0) return;
      const rows = (await db.query(event.model.uid).findMany({ where: event.params.where as Values })) as (Values & { id: unknown })[];
      await db.transaction(async () => {
        for (const row of rows) {
          await writeKeys(event, row.id, await changedKeys(typeOf(event), data, () => Promise.resolve(row), own(event)));
        }
      });
    },

    afterCreate: catchUp,
    afterUpdate: catchUp,
  });
};
