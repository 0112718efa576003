import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDriver } from './driver.ts';
import { openAt } from './fixtures/open-at.ts';
import { loadFile } from './fixtures/samples.ts';
import { scratchStore } from './fixtures/scratch.ts';
import { isGone } from './process-life.ts';

const run = (startedAtMs: number) => ({ kind: 'plan', title: 'Plan', asked: {}, operator: 'ann', startedAtMs });
const done = { outcome: 'done' as const, said: '', result: 'plan-1', error: null, endedAtMs: Date.now() + 1 };

const reopened = (file: string) => {
  const store = openAt(file);
  onTestFinished(() => store.close());
  return store;
};
const outcomes = (store: ReturnType<typeof openAt>) =>
  store.listRuns({ offset: 0, limit: 9 }).runs.map(({ outcome, endedAtMs }) => [outcome, endedAtMs]);

describe('a run left under way', () => {
  it('by a process that was killed is lost when the database is next opened; when it ended is not known', () => {
    const { file } = scratchStore();
    const script = fileURLToPath(new URL('./fixtures/leave-run.ts', import.meta.url));
    const { signal } = spawnSync(process.execPath, [script, file, String(Date.now())]);
    expect(signal).toBe('SIGKILL');
    expect(outcomes(reopened(file))).toEqual([['lost', null]]);
  });

  it('by a process that still works is left to it', () => {
    const { store, file } = scratchStore();
    const id = store.startRun(run(Date.now()));
    const other = reopened(file);
    expect(outcomes(other)).toEqual([[null, null]]);
    store.endRun(id, done);
    expect(outcomes(other)).toEqual([['done', done.endedAtMs]]);
  });

  it('and given up may still tell its end', () => {
    const { store, file } = scratchStore();
    const id = store.startRun(run(1));
    expect(outcomes(reopened(file))).toEqual([['lost', null]]);
    store.endRun(id, done);
    expect(outcomes(store)).toEqual([['done', done.endedAtMs]]);
  });

  it('is given up at a later opening when another program writes', () => {
    const { store, file } = scratchStore();
    store.startRun(run(1));
    const busy = new (loadDriver())(file);
    onTestFinished(() => void busy.close());
    busy.exec('BEGIN IMMEDIATE');
    expect(outcomes(reopened(file))).toEqual([[null, null]]);
    busy.exec('ROLLBACK');
    expect(outcomes(reopened(file))).toEqual([['lost', null]]);
  });

  it('does not stand in the way of an import', () => {
    const { store } = scratchStore();
    store.startRun(run(1));
    store.beginImport(loadFile()).rollback();
    expect(outcomes(store)).toEqual([[null, null]]);
  });
});

describe('isGone', () => {
  const now = Date.now();
  it('asks the system for the process, and does not take a later one of the same number for it', () => {
    expect(isGone(process.ppid, now)).toBe(false);
    expect(isGone(process.ppid, 0)).toBe(true);
    expect(isGone(process.pid, now)).toBe(false);
    expect(isGone(process.pid, performance.timeOrigin - 1)).toBe(true);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(isGone(pid, now)).toBe(true);
    expect(isGone(0, now)).toBe(true);
  });
});
