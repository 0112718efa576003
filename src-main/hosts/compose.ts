/**
 * The core, wired once for every door: store + solver + planning behind one dispatcher. Nothing outside this file knows which
 * store or solver is used.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Log } from '../base/log.ts';
import type { AnyEvent } from '../contract/calls.ts';
import { createDispatcher, type Dispatcher } from '../contract/dispatcher.ts';
import { sameThread } from '../planning/helpers/same-thread.ts';
import { JobBoard } from '../planning/jobs.ts';
import type { DemoBundle } from '../planning/intake/load-demo.ts';
import type { ByteSource } from '../planning/ports.ts';
import { StoreRunRecorder } from '../planning/run-recorder.ts';
import type { PlanTools } from '../planning/tools.ts';
import { createSolverPool } from '../solver/pool.ts';
import { openStore } from '../store/open-store.ts';
import { fileSource } from './file-source.ts';
import { createHandlers } from './handlers/handlers.ts';
import { createHelperThreads } from './threads/helper-threads.ts';
import { createUploads } from './uploads.ts';

export const productVersion = '0.1.0';

export interface CoreOptions {
  databaseFile: string;
  log: Log;
  host: 'desktop' | 'browser' | 'cli';
  migrationsDirectory: string;
  demoDirectory: string;
  workerUrl: URL;
  /** Left out: helpers work in the core's own thread. */
  helperUrl?: URL;
}

export interface Core {
  dispatch: Dispatcher;
  onEvent(listener: (event: AnyEvent) => void): () => void;
  upload(source: ByteSource): { uploadId: string };
  /** The use-cases themselves, for the command line. */
  tools: PlanTools;
  jobs: JobBoard;
  /** Cancels what runs, waits for it, closes the database. */
  close(): Promise<void>;
}

/** @throws Refusal `node-too-old`, `database-newer`, `database-diverged`, `database-broken` */
export async function compose(options: CoreOptions): Promise<Core> {
  const clock = { nowMs: () => Date.now(), nextTurn: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const store = openStore({
    file: options.databaseFile,
    nowMs: clock.nowMs,
    hash,
    migrationsDirectory: options.migrationsDirectory,
  });
  const solver = createSolverPool({ workerUrl: options.workerUrl, log: options.log });
  const { helperUrl, log } = options;
  const helpers = helperUrl ? createHelperThreads({ helperUrl, log }) : sameThread;
  const listeners = new Set<(event: AnyEvent) => void>();
  const emit = (event: AnyEvent) => listeners.forEach((listener) => listener(event));
  const recorder = new StoreRunRecorder(store, options.log, () => emit({ name: 'changed', payload: { what: 'runs' } }));
  const jobs = new JobBoard(
    clock,
    (job) => emit({ name: 'job', payload: { ...job, error: job.error && { ...job.error } } }),
    recorder,
  );
  const uploads = createUploads();
  const tools: PlanTools = { store, solver, helpers, clock, hash, log };
  const handlers = createHandlers({
    tools,
    jobs,
    uploads,
    demo: readDemo(options.demoDirectory),
    host: options.host,
    version: productVersion,
    emit,
  });
  return {
    dispatch: createDispatcher(handlers, options.log, clock.nowMs),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    upload: (source) => uploads.hold(source),
    tools,
    jobs,
    close: async () => {
      await jobs.cancelAll();
      await solver.dispose();
      await within(recordingMs, recorder.settled());
      store.close();
    },
  };
}

/** How long the last records of runs may wait for a database that another program is writing. */
const recordingMs = 5000;

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const over = setTimeout(milliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([work, over]);
  patience.abort();
}

function readDemo(directory: string): DemoBundle {
  const read = (file: string) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as unknown;
  return {
    site: read('site.json') as DemoBundle['site'],
    files: read('files.json') as DemoBundle['files'],
    roads: read('roads.json') as DemoBundle['roads'],
    mobileStorage: read('mobile-storage.json') as DemoBundle['mobileStorage'],
    feeder: read('feeder.json') as DemoBundle['feeder'],
    open: (file) => fileSource(join(directory, file)),
  };
}
