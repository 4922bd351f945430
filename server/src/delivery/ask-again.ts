import type { Host } from '../../../migrations/apply/host';
import type { Row } from '../../../migrations/apply/select';

/** As much of the SQLite driver as is used here. */
interface Connection {
  prepare(question: string): { all(): Row[] };
}

interface Pool {
  acquireConnection(): Promise<Connection>;
  releaseConnection(connection: Connection): Promise<void>;
}

const prepared = new WeakMap<Connection, Map<string, ReturnType<Connection['prepare']>>>();

const statementOf = (connection: Connection, question: string) => {
  const known = prepared.get(connection) ?? new Map<string, ReturnType<Connection['prepare']>>();
  prepared.set(connection, known);
  const statement = known.get(question) ?? connection.prepare(question);
  known.set(question, statement);
  return statement;
};

/**
 * Asks what is asked for every request, outside any transaction, by a text without variables that is the same each time. Knex would have
 * SQLite prepare it every time, and take longer over it than SQLite over the answer.
 */
export const askAgain = async ({ knex, client }: Host, question: string): Promise<Row[]> => {
  if (client !== 'sqlite') {
    const answer = (await knex.raw(question)) as { rows: Row[] } | [Row[]];
    return 'rows' in answer ? answer.rows : answer[0];
  }
  const pool = knex.client as Pool;
  const connection = await pool.acquireConnection();
  try {
    return statementOf(connection, question).all();
  } finally {
    await pool.releaseConnection(connection);
  }
};
