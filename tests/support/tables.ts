import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

const tablesOf = (strapi: Core.Strapi, isWanted: (uid: string) => boolean): string[] => {
  const models = [...strapi.db.metadata.values()].filter(({ uid }) => isWanted(uid));
  const links = models.flatMap(({ attributes }) =>
    Object.values(attributes).flatMap((attribute) => ('joinTable' in attribute ? [attribute.joinTable.name] : [])),
  );
  return [...new Set([...links, ...models.map(({ tableName }) => tableName)])];
};

/** The counter of changes to ready answers: one row, which is made when Strapi starts and asked for as long as it runs. */
const COUNTER = 'plugin::curation.sequence';

/** Removes every row that the plugin has brought, as if it had just been started for the first time. */
export const emptyTables = async (strapi: Core.Strapi): Promise<void> => {
  const isOurs = (uid: string) => uid.startsWith('plugin::curation.') && uid !== COUNTER;
  const names = tablesOf(strapi, (uid) => isOurs(uid) || uid === 'plugin::upload.file');
  for (const name of names) await strapi.db.connection(name).delete();
};

/** Strapi's own notes: a timer of the media library writes there once a week, at a moment that is drawn when the database is made. */
const NOTES = 'strapi::core-store';

/** Every row of every table, by the table's name: what "nothing was written" means. */
export const dumpTables = async (strapi: Core.Strapi): Promise<Record<string, unknown[]>> => {
  const knex: Knex = strapi.db.connection;
  const dump: Record<string, unknown[]> = {};
  for (const name of tablesOf(strapi, (uid) => uid !== NOTES).sort())
    dump[name] = (await knex(name).select('*').orderBy('id')) as unknown[];
  return dump;
};
