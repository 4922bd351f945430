import fs from 'node:fs/promises';
import path from 'node:path';

import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

import { FILE_UID } from '../../../content-types';
import type { FileUpload, Host, MediaLinks, StoredFile, TypeTables } from '../../../migrations/apply/host';

import { derivedOf } from '../derived';
import { againAfterDeadlock } from '../documents/after-deadlock';

import { announce } from './announce';
import { ownLocale } from './locale';
import { isOwnHost } from './site';

const MEDIA_FOLDER = 'Curation';

/** The part of @strapi/database's metadata that is read here; the package exports no types for it. */
interface MetaAttribute {
  type: string;
  relation?: string;
  target?: string;
  columnName?: string;
  joinTable?: {
    name: string;
    joinColumn: { name: string };
    inverseJoinColumn?: { name: string };
    orderColumnName?: string;
    morphColumn?: { idColumn: { name: string }; typeColumn: { name: string } };
  };
}

const clientOf = (knex: Knex): Host['client'] => {
  const name = String((knex.client as { config: { client: unknown } }).config.client);
  if (name.includes('sqlite')) return 'sqlite';
  return name.includes('mysql') ? 'mysql' : 'postgres';
};

const mediaLinks = (strapi: Core.Strapi, uid: string, field: string): MediaLinks => {
  const { related } = strapi.db.metadata.get(FILE_UID).attributes as unknown as Record<string, MetaAttribute>;
  const { name, joinColumn, morphColumn } = related!.joinTable!;
  return {
    table: name,
    file: joinColumn.name,
    relatedId: morphColumn!.idColumn.name,
    relatedType: morphColumn!.typeColumn.name,
    order: 'order',
    uid,
    field,
  };
};

const tablesOf = (strapi: Core.Strapi, uid: string, answersJson: boolean): TypeTables => {
  const { tableName, attributes } = strapi.db.metadata.get(uid) as unknown as {
    tableName: string;
    attributes: Record<string, MetaAttribute>;
  };
  const tables: TypeTables = {
    table: tableName,
    columns: {},
    links: {},
    media: {},
    answersJson,
    // Names of tables are asked for before Strapi knows its default locale.
    get locale() {
      return ownLocale(strapi, uid);
    },
  };
  for (const [name, attribute] of Object.entries(attributes)) {
    if (attribute.columnName) tables.columns[name] = attribute.columnName;
    else if (attribute.target === FILE_UID) tables.media[name] = mediaLinks(strapi, uid, name);
    else if (attribute.joinTable?.inverseJoinColumn) {
      const { name: table, joinColumn, inverseJoinColumn, orderColumnName } = attribute.joinTable;
      tables.links[name] = {
        table,
        source: joinColumn.name,
        target: inverseJoinColumn.name,
        order: orderColumnName ?? null,
        uid: attribute.target!,
      };
    }
  }
  return tables;
};

/** What the migration engine needs of Strapi, and all that it gets. */
export const createHost = ({ strapi }: { strapi: Core.Strapi }): Host => {
  const knex = strapi.db.connection;
  const client = clientOf(knex);
  const known = new Map<string, TypeTables>();
  let folder: Promise<number> | undefined;

  /** The media library's folder for imported files, made when the first one comes. */
  const folderId = () => {
    folder ??= (async () => {
      const query = strapi.db.query('plugin::upload.folder');
      const found = await query.findOne({ where: { name: MEDIA_FOLDER, parent: null } });
      const made = found ?? (await strapi.plugin('upload').service('folder').create({ name: MEDIA_FOLDER, parent: null }));
      return made.id as number;
    })();
    return folder;
  };

  return {
    knex,
    client,
    tables(uid) {
      const tables = known.get(uid) ?? tablesOf(strapi, uid, client === 'mysql');
      known.set(uid, tables);
      return tables;
    },
    transaction(work, isRepeatable = false) {
      const write = () => strapi.db.transaction(({ trx }) => work(trx as unknown as Knex.Transaction)) as ReturnType<typeof work>;
      const writeOrAgain = (): ReturnType<typeof work> => againAfterDeadlock(strapi, write, writeOrAgain);
      return isRepeatable ? writeOrAgain() : write();
    },
    refreshDerived: (trx, type, documentIds) => derivedOf(strapi).refresh(trx, { type, documentIds }),
    refreshShowing: (trx, fileIds) => derivedOf(strapi).showFiles(trx, fileIds),
    async upload({ path: filepath, name, mime, size, alternativeText, caption }: FileUpload): Promise<StoredFile> {
      const [file] = await strapi
        .plugin('upload')
        .service('upload')
        .upload({
          data: { fileInfo: { name, alternativeText, caption, folder: await folderId() } },
          files: { filepath, originalFilename: name, mimetype: mime, size },
        });
      return file as StoredFile;
    },
    async remove(fileId) {
      const file = await strapi.db.query(FILE_UID).findOne({ where: { id: fileId } });
      if (file) await strapi.plugin('upload').service('upload').remove(file);
    },
    async download(fileId) {
      const file = await strapi.db.query(FILE_UID).findOne({ where: { id: fileId } });
      if (file?.provider !== 'local') return undefined;
      return fs.readFile(path.join(strapi.dirs.static.public, String(file.url)));
    },
    announce: (run) => announce(strapi, run),
    isOwnHost: (name) => isOwnHost(strapi, name),
    log: strapi.log,
  };
};
