/**
 * Who may write. An import holds the write lock on a connection of its own for as long as its file lasts; meanwhile readers see
 * the state before it, other writers of this process are refused at once, and nothing waits with the event loop held.
 */
import { Refusal } from '../base/errors.ts';
import { connectionSql, type Connection } from './connection.ts';
import { databaseRefusal, inWords } from './in-words.ts';

/** How often and how long another program's transaction is waited for. */
const probeMs = 50;
const patienceMs = 60_000;

export class WriteGate {
  readonly #connection: Connection;
  readonly #file: string;
  #writer: string | null = null;
  #closed = false;
  readonly #waiting: (() => void)[] = [];

  constructor(connection: Connection, file: string) {
    this.#connection = connection;
    this.#file = file;
  }

  /**
   * Runs a write as one transaction on the store's own connection.
   * @throws Refusal `database-busy`, `database-unwritable`, `database-broken`
   */
  write<Result>(action: (connection: Connection) => Result): Result {
    this.#refuseIfHeld();
    return inWords(this.#file, () => this.#connection.transaction(() => action(this.#connection)));
  }

  /** Claims the right to write for a long piece of work; returns what gives it back. @throws Refusal `database-busy` */
  hold(writer: string): () => void {
    this.#refuseIfHeld();
    this.#writer = writer;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#writer = null;
      for (const resolve of this.#waiting.splice(0)) resolve();
    };
  }

  /** Resolves when neither this process nor another holds the write lock, or when another has held it for a minute. */
  async whenWritable(): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      while (this.#writer !== null) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (this.#closed || !this.#heldElsewhere() || Date.now() >= deadline) return;
      await new Promise((resolve) => setTimeout(resolve, probeMs));
    }
  }

  /** Lets go of everyone who waits; the store is closing. */
  close(): void {
    this.#closed = true;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #refuseIfHeld(): void {
    if (this.#writer !== null) throw new Refusal('database-busy', { file: this.#file, writer: this.#writer });
  }

  #heldElsewhere(): boolean {
    const { database } = this.#connection;
    const timeout = Number(database.pragma('busy_timeout', { simple: true }));
    database.pragma('busy_timeout = 0');
    try {
      this.#connection.run(connectionSql.begin);
      this.#connection.run(connectionSql.rollback);
      return false;
    } catch (thrown) {
      if (databaseRefusal(this.#file, thrown)?.code === 'database-busy') return true;
      throw thrown;
    } finally {
      database.pragma(`busy_timeout = ${timeout}`);
    }
  }
}
