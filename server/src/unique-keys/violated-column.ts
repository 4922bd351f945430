import { SCHEMAS, type ContentType } from '../../../content-types';

/** Told by its shape: the driver of SQLite makes its errors without the class of this process's own ones. */
type DatabaseError = Partial<Record<'code' | 'constraint' | 'message', unknown>>;

/**
 * What the database calls the index or column that refused a row. Each says it in a place of its own. The statement stands in front, with
 * the editor's words in it, so only the end of the message counts.
 */
const refusedBy = ({ code, constraint, message }: DatabaseError): string | undefined => {
  const text = String(message);
  if (code === 'SQLITE_CONSTRAINT_UNIQUE') return /UNIQUE constraint failed: ([\w.]+)$/.exec(text)?.[1];
  if (code === '23505') return String(constraint);
  if (code === 'ER_DUP_ENTRY') return /for key '(?:\w+\.)?(\w+)'$/.exec(text)?.[1];
  return undefined;
};

const camelCase = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The unique column over which a database refused a row of this type; undefined for every other error. */
export const violatedColumn = (type: ContentType, error: unknown): string | undefined => {
  if (typeof error !== 'object' || error === null) return undefined;
  const refused = refusedBy(error);
  const { collectionName, indexes } = SCHEMAS[type];
  const index = indexes.find(({ name, columns }) => refused === name || refused === `${collectionName}.${columns[0]}`);
  return index?.columns[0] && camelCase(index.columns[0]);
};
