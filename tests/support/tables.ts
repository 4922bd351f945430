import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

/** Every row of every table, by the table's name: what "nothing was written" means. */
export const dumpTables = async (strapi: Core.Strapi): Promise<Record<string, unknown[]>> => {
  const knex: Knex = strapi.db.connection;
  const names = [...strapi.db.metadata.values()].flatMap(({ tableName, attributes }) => [
    tableName,
    ...Object.values(attributes).flatMap((attribute) => ('joinTable' in attribute ? [attribute.joinTable.name] : [])),
  ]);
  const dump: Record<string, unknown[]> = {};
  for (const name of [...new Set(names)].sort()) dump[name] = (await knex(name).select('*').orderBy('id')) as unknown[];
  return dump;
};
