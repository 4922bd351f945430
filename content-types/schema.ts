/** The part of Strapi's attribute definitions that this plugin's schemas use. */
export interface Attribute {
  type: 'string' | 'text' | 'richtext' | 'uid' | 'integer' | 'date' | 'datetime' | 'json' | 'enumeration' | 'relation' | 'media';
  required?: boolean;
  private?: boolean;
  maxLength?: number;
  regex?: string;
  enum?: readonly string[];
  columnType?: { type: string; args?: unknown[] };
  relation?: 'manyToMany' | 'manyToOne';
  target?: string;
  multiple?: boolean;
  allowedTypes?: ('images' | 'files' | 'videos' | 'audios')[];
  configurable?: boolean;
  writable?: boolean;
  visible?: boolean;
  pluginOptions?: Record<string, unknown>;
}

export interface Index {
  name: string;
  columns: string[];
  type?: 'unique';
}

export interface Schema {
  kind: 'collectionType';
  collectionName: string;
  info: { singularName: string; pluralName: string; displayName: string; description: string };
  options: { draftAndPublish: boolean };
  pluginOptions: Record<string, unknown>;
  attributes: Record<string, Attribute>;
  indexes: Index[];
}

/**
 * Addresses outgrow the 255 characters of Strapi's own string column (tracking parameters alone do), so they are stored as text and checked
 * against the length that browsers and proxies agree on.
 */
export const address = (): Attribute => ({ type: 'string', maxLength: 2048, columnType: { type: 'text', args: ['longtext'] } });

/** A headline: longer than 255 in real archives, still one line. */
export const headline = (): Attribute => ({
  type: 'string',
  required: true,
  maxLength: 1000,
  columnType: { type: 'text', args: ['longtext'] },
});

export const line = (): Attribute => ({ type: 'string' });

/**
 * A slug as archives have them: Strapi's default pattern refuses every letter outside ASCII, so entries that were imported could never be
 * saved again. What would end or split a path in an address stays refused.
 */
export const slug = (): Attribute => ({ type: 'uid', regex: '^[^\\s?#]*$' });

/**
 * Holds a digest under a unique index: the promise that no two entries share a slug, a name or an identity, kept by the database and not
 * by a check that a parallel request can slip past. Written by the plugin alone; see rules/unique-keys.ts.
 */
export const uniqueKey = (): Attribute => ({
  type: 'string',
  private: true,
  configurable: false,
  writable: false,
  visible: false,
  pluginOptions: { 'content-manager': { visible: false } },
});

/** Front matter that no attribute names: kept for the export, never in an answer. */
export const extra = (): Attribute => ({
  type: 'json',
  private: true,
  visible: false,
});

export const unique = (table: string, column: string): Index => ({
  name: `${table}_${column}_unique`,
  columns: [column],
  type: 'unique',
});

/** What is asked for often: who wrote what lately. */
export const index = (table: string, column: string): Index => ({ name: `${table}_${column}_index`, columns: [column] });
