import { SCHEMAS, type ContentType } from '../../content-types';
import { isBlank } from '../../content-types/rules/blank';
import type { JsonObject, JsonValue } from '../source/json';
import type { TypeTables } from './host';

/** A moment out of a raw query: SQLite answers milliseconds, the others a Date or text. */
export const toMoment = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(value as string | number | Date).toISOString();

/**
 * JSON out of a raw query: text, but for MySQL's driver, which parses it.
 *
 * @param isParsed true where text is a value and not JSON; it need not be told where no single text can come
 */
export const toJson = (value: unknown, isParsed = false): JsonValue => {
  if (typeof value !== 'string' || isParsed) return value as JsonValue;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    // Strapi writes a single text into SQLite without quotes, and reads it as it stands.
    return value;
  }
};

/** JSON as every driver takes it. An empty one is SQL's null, as Strapi writes it. */
export const fromJson = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));

/** Attributes, as columns of a row. */
export const toColumns = (type: ContentType, { columns }: TypeTables, values: JsonObject): Record<string, unknown> => {
  const { attributes } = SCHEMAS[type];
  // Filled in place: of a large archive this makes more rows than all else makes objects.
  const row: Record<string, unknown> = {};
  for (const attribute of Object.keys(values)) {
    const value = values[attribute] ?? null;
    const { type: kind } = attributes[attribute]!;
    const isMoment = kind === 'datetime' && value !== null;
    row[columns[attribute]!] = kind === 'json' ? fromJson(value) : isMoment ? new Date(String(value)) : value;
  }
  return row;
};

/** True for a text that says nothing: to files it is none, as a missing one is. JSON may hold such a text as a value. */
export const isEmptyText = (kind: string, value: unknown): boolean => value === '' || (kind !== 'json' && value !== null && isBlank(value));

/** A row's columns, as attributes in the form in which files and database are compared. */
export const toValues = (type: ContentType, { columns, answersJson }: TypeTables, row: Record<string, unknown>): JsonObject =>
  Object.fromEntries(
    Object.entries(SCHEMAS[type].attributes).flatMap(([attribute, { type: kind, writable }]): [string, JsonValue][] => {
      const column = columns[attribute];
      if (!column || writable === false) return [];
      const value = row[column] as JsonValue | undefined;
      if (value === null || value === undefined || isEmptyText(kind, value)) return [[attribute, null]];
      if (kind === 'json') return [[attribute, toJson(value, answersJson)]];
      if (kind === 'datetime') return [[attribute, toMoment(value)]];
      if (kind === 'date') return [[attribute, String(value).slice(0, 10)]];
      return [[attribute, value]];
    }),
  );
