/**
 * Writes down every long piece of work: what was asked by whom, and what came of it. Work neither waits for its record nor fails
 * for it: an import may hold the database for minutes, and it may be the very work that is recorded.
 */
import { toErrorReport, type ErrorReport } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { NewRun, RunEnd, Store } from './ports.ts';
import { operatorOf } from './tools.ts';

export interface RunRecorder {
  /** Notes that work has begun; the function returned notes its end. */
  begin(run: Omit<NewRun, 'operator'>): (end: RunEnd) => void;
}

/** An error with more to it than this keeps its words only: the record is no second home for previews and conflicts. */
const mostErrorLetters = 4000;

export class StoreRunRecorder implements RunRecorder {
  readonly #store: Store;
  readonly #log: Log;
  readonly #onEnd: () => void;
  readonly #writing = new Set<Promise<void>>();

  constructor(store: Store, log: Log, onEnd: () => void) {
    this.#store = store;
    this.#log = log;
    this.#onEnd = onEnd;
  }

  begin(asked: Omit<NewRun, 'operator'>): (end: RunEnd) => void {
    const run: NewRun = { ...asked, operator: operatorOf(this.#store) };
    const started = this.#write(() => this.#store.startRun(run));
    return (end) => {
      const ended = started.then((known) =>
        this.#write(() => {
          // Where its beginning could not be written, the whole of it is written now.
          const id = known ?? this.#store.startRun(run);
          this.#store.endRun(id, { ...end, error: end.error && short(end.error) });
          this.#onEnd();
        }),
      );
      this.#hold(ended);
    };
  }

  /** Resolves when everything noted so far has been written, or could not be. */
  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing);
  }

  /** Null when it could not be written. */
  #write<Result>(action: () => Result): Promise<Result | null> {
    const written = this.#store
      .whenWritable()
      .then(action)
      .catch((thrown: unknown) => {
        this.#log.warn('a run could not be recorded', { ...toErrorReport(thrown) });
        return null;
      });
    this.#hold(written);
    return written;
  }

  #hold(writing: Promise<unknown>): void {
    const held: Promise<void> = writing.then(() => void this.#writing.delete(held));
    this.#writing.add(held);
  }
}

function short(error: ErrorReport): ErrorReport {
  return JSON.stringify(error).length > mostErrorLetters ? { ...error, details: {} } : error;
}
