/** As much of the driver as the bench uses; the package brings no types. */
declare module 'better-sqlite3' {
  interface Statement {
    run(...values: unknown[]): unknown;
  }
  export default class Database {
    constructor(filename: string | undefined);
    prepare(sql: string): Statement;
    transaction(work: () => void): () => void;
    close(): void;
  }
}
