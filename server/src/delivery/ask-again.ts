import type { Host } from '../../../migrations/apply/host';
import type { Row } from '../../../migrations/apply/select';
import { sqliteStatement, type SqliteConnection } from '../../../migrations/apply/sqlite-statement';

interface Pool {
  acquireConnection(): Promise<SqliteConnection>;
  releaseConnection(connection: SqliteConnection): Promise<void>;
}

/** Asks what is asked for every request, outside any transaction, by a text without variables that is the same each time. */
export const askAgain = async ({ knex, client }: Host, question: string): Promise<Row[]> => {
  if (client !== 'sqlite') {
    const answer = (await knex.raw(question)) as { rows: Row[] } | [Row[]];
    return 'rows' in answer ? answer.rows : answer[0];
  }
  const pool = knex.client as Pool;
  const connection = await pool.acquireConnection();
  try {
    return sqliteStatement(connection, question).all();
  } finally {
    await pool.releaseConnection(connection);
  }
};
