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
  #onRelease: (() => void) | null = null;
  #usher: 'idle' | 'busy' = 'idle';
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
      this.#onRelease?.();
    };
  }

  /**
   * Resolves when neither this process nor another holds the write lock, or when another has held it for a minute. Those who wait
   * are let through one at a time, so that the first may begin an import before the second looks.
   */
  whenWritable(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1 && this.#usher === 'idle') void this.#letThrough();
    });
  }

  /** Lets go of everyone who waits; the store is closing. */
  close(): void {
    this.#closed = true;
    this.#onRelease?.();
  }

  async #letThrough(): Promise<void> {
    this.#usher = 'busy';
    while (this.#waiting.length > 0) {
      await this.#free();
      this.#waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#usher = 'idle';
  }

  async #free(): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      while (this.#writer !== null && !this.#closed)
        await new Promise<void>((resolve) => {
          this.#onRelease = resolve;
        });
      if (this.#closed || !this.#heldElsewhere() || Date.now() >= deadline) return;
      await new Promise((resolve) => setTimeout(resolve, probeMs));
    }
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
      // Any other complaint is for the write itself to meet.
      return databaseRefusal(this.#file, thrown)?.code === 'database-busy';
    } finally {
      database.pragma(`busy_timeout = ${timeout}`);
    }
  }
}
