/** The plugin's id in Strapi: the prefix of its routes, permissions and configuration. */
export const PLUGIN_ID = 'curation';

/** The three content types, by the short name that files, reports and mapping files use. */
export const UIDS = {
  'curated-content': 'plugin::curation.curated-content',
  topic: 'plugin::curation.topic',
  offering: 'plugin::curation.offering',
} as const;

export type ContentType = keyof typeof UIDS;

/** Strapi's pictures and documents. */
export const FILE_UID = 'plugin::upload.file';

/**
 * Every content type, in the order in which rows are written: what is pointed at comes before what points at it.
 */
export const CONTENT_TYPES = ['topic', 'offering', 'curated-content'] as const satisfies readonly ContentType[];

/** The short name of a uid, or undefined for a type of somebody else's. */
export const contentTypeOf = (uid: string): ContentType | undefined => CONTENT_TYPES.find((type) => UIDS[type] === uid);
