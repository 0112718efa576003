/** Helpers in worker threads: one thread for each, from when it is opened until it is closed. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { silentLog, type Log } from '../../base/log.ts';
import type { Helper, HelperReply, Helpers } from '../../planning/helpers/helpers.ts';
import { sameThread } from '../../planning/helpers/same-thread.ts';
import type { AnswerOf, KnownTo, RequestOf, TradeName } from '../../planning/helpers/trades.ts';
import type { HelperStart, ThreadReply } from './helper-messages.ts';

export interface HelperThreadsOptions {
  /** The thread's entry: helper-entry.ts in the source tree, its bundle in a build. */
  helperUrl: URL;
  /** How many may work at a time; default: what the processors leave beside planning and one solve, at most 4. With 0 all is done in the caller's thread. */
  threads?: number;
  log?: Log;
}

const spareThreads = (): number => Math.min(4, Math.max(0, availableParallelism() - 2));

export function createHelperThreads({
  helperUrl,
  threads = spareThreads(),
  log = silentLog,
}: HelperThreadsOptions): Helpers {
  if (threads === 0) return sameThread;
  return {
    threads,
    open: (trade, known) => new HelperThread(helperUrl, { trade, known, log }),
  };
}

class HelperThread<Name extends TradeName> implements Helper<Name> {
  readonly #worker: Worker;
  readonly #log: Log;
  readonly #trade: Name;
  /** Requests not answered yet, in their order. */
  #open: ((reply: HelperReply<Name>) => void)[] = [];
  /** What every further request is answered. */
  #last: HelperReply<Name> | null = null;
  #ended: Promise<unknown> | null = null;

  constructor(entryUrl: URL, { trade, known, log }: { trade: Name; known: KnownTo<Name>; log: Log }) {
    this.#log = log;
    this.#trade = trade;
    const workerData: HelperStart = { trade, known };
    this.#worker = new Worker(entryUrl, { workerData });
    // It keeps the process alive while it is asked something, and only then.
    this.#worker.unref();
    this.#worker.on('message', (reply: ThreadReply) => this.#take(reply));
    this.#worker.on('messageerror', (error) => this.#lose(error.message));
    this.#worker.on('error', (error: unknown) => this.#lose(error instanceof Error ? error.message : String(error)));
    this.#worker.on('exit', (code) => this.#lose(`its thread ended with code ${code}`));
  }

  ask(request: RequestOf<Name>): Promise<HelperReply<Name>> {
    if (this.#last !== null) return Promise.resolve(this.#last);
    return new Promise((resolve) => {
      this.#open.push(resolve);
      this.#worker.ref();
      this.#worker.postMessage(request);
    });
  }

  async close(): Promise<void> {
    this.#end({ kind: 'closed' });
    await this.#ended;
  }

  #take(reply: ThreadReply): void {
    if (this.#last !== null) return;
    if (reply.kind === 'broken') {
      this.#lose(reply.problem);
      return;
    }
    const resolve = this.#open.shift();
    if (this.#open.length === 0) this.#worker.unref();
    resolve?.({ kind: 'done', answer: reply.answer as AnswerOf<Name> });
  }

  #lose(problem: string): void {
    if (this.#last !== null) return;
    this.#log.error('A helper was lost', { trade: this.#trade, problem });
    this.#end({ kind: 'failed', problem });
  }

  #end(last: HelperReply<Name>): void {
    // A helper that broke stays broken.
    this.#last ??= last;
    this.#ended ??= this.#worker.terminate();
    for (const resolve of this.#open) resolve(this.#last);
    this.#open = [];
  }
}
