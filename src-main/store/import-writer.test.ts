import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toErrorReport } from '../base/errors.ts';
import type { Store } from '../planning/ports.ts';
import { loadDriver } from './driver.ts';
import { openAt } from './fixtures/open-at.ts';
import { setOf } from './fixtures/plan.ts';
import { importQuarters, loadFile, quarterMs, quarters, session, sessionFile, startMs } from './fixtures/samples.ts';
import { scratchStore } from './fixtures/scratch.ts';

const values = (store: Store, count: number) => [...store.readSeries(1, startMs, startMs + count * quarterMs).values];

describe('an import', () => {
  it('leaves every reader the state before it, and refuses every other writer at once', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    const writer = store.beginImport(loadFile({ fileHash: 'second' }));
    writer.addSamples(quarters([10, 20, 30, 40]));
    expect(values(store, 4)).toEqual([1, 2, 3, NaN]);
    const writes: (() => unknown)[] = [
      () => store.setSetting('a', 'b'),
      () => store.saveSet(setOf()),
      () => store.addAudit({ operator: 'a', act: 'b', subject: 'c', detail: null }),
      () => store.markBad(1, startMs, startMs + 1, 'r', 'o'),
      () => store.replaceFlags(1, []),
      () => store.beginImport(loadFile({ fileHash: 'third' })),
    ];
    for (const write of writes) {
      let code = 'nothing thrown';
      try {
        write();
      } catch (thrown) {
        code = toErrorReport(thrown).code;
      }
      expect(code).toBe('database-busy');
    }
    writer.commit({ rowCount: 4 });
    expect(values(store, 4)).toEqual([10, 20, 30, 40]);
    store.setSetting('a', 'b');
  });

  it('lets those who wait go on when it ends, however it ends', async () => {
    const { store } = scratchStore();
    await store.whenWritable();
    for (const end of ['commit', 'rollback', 'refusal'] as const) {
      const writer = store.beginImport(loadFile({ fileHash: end }));
      const order: string[] = [];
      const waiting = Promise.all([1, 2].map(() => store.whenWritable().then(() => order.push('writable'))));
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(end);
      if (end === 'commit') writer.commit({ rowCount: 0 });
      else if (end === 'rollback') writer.rollback();
      else expect(() => writer.addSessions([session()])).toThrow(/no sessions/);
      await waiting;
      expect(order).toEqual([end, 'writable', 'writable']);
      store.setSetting('after', end);
    }
    expect(store.listBatches()).toHaveLength(1);
  });

  it('waits its turn when several begin at the same moment', async () => {
    const { store } = scratchStore();
    const importWhenFree = async (fileHash: string, slot: number): Promise<void> => {
      await store.whenWritable();
      const writer = store.beginImport(loadFile({ fileHash }));
      await new Promise((resolve) => setTimeout(resolve, 2));
      writer.addSamples(quarters([slot], startMs + slot * quarterMs));
      writer.commit({ rowCount: 1 });
    };
    await Promise.all([0, 1, 2, 3].map((slot) => importWhenFree(`file ${slot}`, slot)));
    expect(values(store, 4)).toEqual([0, 1, 2, 3]);
    expect(store.listBatches().map((batch) => batch.fileHash)).toEqual(['file 3', 'file 2', 'file 1', 'file 0']);
  });

  it('keeps nobody waiting when the store closes', async () => {
    const { store } = scratchStore();
    store.beginImport(loadFile());
    const waiting = Promise.all([store.whenWritable(), store.whenWritable()]);
    store.close();
    await waiting;
  });

  it('is given up when the store closes', () => {
    const { store, file } = scratchStore();
    const writer = store.beginImport(sessionFile());
    writer.addSessions([session()]);
    store.close();
    expect(() => writer.addSessions([session()])).toThrow(/has ended/);
    const again = openAt(file);
    onTestFinished(() => again.close());
    expect(again.listBatches()).toEqual([]);
  });

  it('waits for another program that is writing, and refuses in words when it does not wait', async () => {
    const { store, file } = scratchStore();
    const other = new (loadDriver())(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    expect(() => store.setSetting('a', 'b')).toThrow(/written by another program/);
    expect(() => store.beginImport(loadFile())).toThrow(/written by another program/);
    setTimeout(() => other.exec('COMMIT'), 120);
    const began = performance.now();
    await store.whenWritable();
    expect(performance.now() - began).toBeGreaterThan(80);
    store.setSetting('a', 'b');
    importQuarters(store, [1]);
  });

  it('leaves no trace when its process is killed', async () => {
    const { store, file } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    store.close();
    const script = fileURLToPath(new URL('./fixtures/endless-import.ts', import.meta.url));
    const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(1_000_000);
    const again = openAt(file);
    onTestFinished(() => again.close());
    expect(again.listBatches().map((batch) => batch.fileHash)).toEqual(['hash-of-load']);
    expect(again.listSeries()[0]).toMatchObject({ valueCount: 3, toUtcMs: startMs + 3 * quarterMs });
    expect(values(again, 4)).toEqual([1, 2, 3, NaN]);
    importQuarters(again, [7], startMs + 3 * quarterMs, { fileHash: 'after' });
    expect(values(again, 4)).toEqual([1, 2, 3, 7]);
  });

  it('holds no more of a long file than of a short one', async () => {
    const { folder } = scratchStore();
    const script = fileURLToPath(new URL('./fixtures/import-rows.ts', import.meta.url));
    const heldMb = async (rows: number): Promise<number> => {
      const run = promisify(execFile)(process.execPath, [
        '--expose-gc',
        script,
        join(folder, `${rows}.db`),
        String(rows),
      ]);
      const told = JSON.parse((await run).stdout) as { storedCount: number; heldMb: number };
      expect(told.storedCount).toBe(rows);
      return told.heldMb;
    };
    const [short, long] = await Promise.all([heldMb(100_000), heldMb(2_000_000)]);
    expect(long - short).toBeLessThan(2);
  });
});
