/**
 * One connection with the settings every connection of ours has, statements prepared once, and transactions.
 * Rows come back as plain records; each table's file says what is in them.
 */
import type BetterSqlite3 from 'better-sqlite3';
import { loadDriver, type Database } from './driver.ts';

export type SqlValue = string | number | null | Uint8Array;
export type Parameters = Record<string, SqlValue>;
type Prepared = BetterSqlite3.Statement<[Parameters], unknown>;

export const connectionSql = {
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
} as const;

/** Milliseconds a write waits, with the event loop held, for another program's transaction. */
const busyTimeoutMs = 250;
const settings = [
  'journal_mode = WAL',
  'foreign_keys = ON',
  'trusted_schema = OFF',
  'cache_size = -8000',
  // The write-ahead log is cut back to this after a large import.
  'journal_size_limit = 16777216',
] as const;

/** 'throwaway': nothing waits for the disk, because the file goes when the process does. */
export type Durability = 'lasting' | 'throwaway';

export class Connection {
  readonly database: Database;
  readonly #durability: Durability;
  readonly #prepared = new Map<string, Prepared>();

  constructor(file: string, durability: Durability = 'lasting') {
    const driver = loadDriver();
    this.#durability = durability;
    this.database = new driver(file, { timeout: busyTimeoutMs });
    try {
      this.database.pragma(`synchronous = ${durability === 'lasting' ? 'NORMAL' : 'OFF'}`);
      for (const setting of settings) this.database.pragma(setting);
    } catch (thrown) {
      this.database.close();
      throw thrown;
    }
  }

  /** Another connection to the same file. */
  twin(): Connection {
    return new Connection(this.database.name, this.#durability);
  }

  get<Row>(sql: string, parameters: Parameters = {}): Row | null {
    return (this.#statement(sql).get(parameters) as Row | undefined) ?? null;
  }

  all<Row>(sql: string, parameters: Parameters = {}): Row[] {
    return this.#statement(sql).all(parameters) as Row[];
  }

  /** Rows one at a time; nothing else may use this connection until the last was taken. */
  iterate<Row>(sql: string, parameters: Parameters = {}): IterableIterator<Row> {
    return this.#statement(sql).iterate(parameters) as IterableIterator<Row>;
  }

  run(sql: string, parameters: Parameters = {}): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(parameters);
    return { changes, id: Number(lastInsertRowid) };
  }

  /** All or nothing; the write lock is taken at the start, so that it cannot fail half-way for a lock. */
  transaction<Result>(action: () => Result): Result {
    this.run(connectionSql.begin);
    try {
      const result = action();
      this.run(connectionSql.commit);
      return result;
    } catch (thrown) {
      if (this.database.inTransaction) this.run(connectionSql.rollback);
      throw thrown;
    }
  }

  close(): void {
    this.database.close();
  }

  #statement(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const prepared = this.database.prepare<[Parameters], unknown>(sql);
    this.#prepared.set(sql, prepared);
    return prepared;
  }
}
