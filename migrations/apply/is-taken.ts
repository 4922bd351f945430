/** What the drivers of SQLite, PostgreSQL and MySQL call it. */
const CODES: readonly unknown[] = ['SQLITE_CONSTRAINT_UNIQUE', '23505', 'ER_DUP_ENTRY'];

/** True where a database refused a row because another one has its slug, name or id. */
export const isTaken = (error: unknown): boolean => CODES.includes((error as { code?: unknown } | null)?.code);
