import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDriver } from './driver.ts';
import { openAt } from './fixtures/open-at.ts';
import { importQuarters, loadFile, quarterMs, quarters, startMs } from './fixtures/samples.ts';
import { scratchStore } from './fixtures/scratch.ts';

const integrity = (file: string): unknown => {
  const database = new (loadDriver())(file, { readonly: true });
  try {
    return database.pragma('integrity_check', { simple: true });
  } finally {
    database.close();
  }
};

describe('a backup', () => {
  it('is whole, and of one instant, while an import is going on and other things are written', async () => {
    const { store, folder } = scratchStore();
    const many = Array.from({ length: 96 * 2000 }, (_, slot) => slot);
    importQuarters(store, many);
    const writer = store.beginImport(loadFile({ fileHash: 'second' }));
    writer.addSamples(quarters(new Array<number>(5000).fill(-1)));
    const file = join(folder, 'copy.db');
    const copying = store.backup(file);
    await new Promise((resolve) => setImmediate(resolve));
    writer.commit({ rowCount: 5000 });
    store.setSetting('during', 'yes');
    await copying;
    expect(integrity(file)).toBe('ok');
    const copy = openAt(file);
    onTestFinished(() => copy.close());
    const values = copy.readSeries(1, startMs, startMs + 5000 * quarterMs).values;
    const batches = copy.listBatches().length;
    expect(new Set(values.map((value) => (value === -1 ? 2 : 1)))).toEqual(new Set([batches]));
  });

  it('does not hold the run that made it, but every other', async () => {
    const { store, folder } = scratchStore();
    const run = (kind: string) => ({ kind, title: kind, asked: {}, operator: 'ann', startedAtMs: Date.now() });
    store.startRun(run('plan'));
    store.startRun(run('backup'));
    const file = join(folder, 'copy.db');
    await store.backup(file);
    expect(store.listRuns({ offset: 0, limit: 9 }).runs.map(({ kind }) => kind)).toEqual(['backup', 'plan']);
    const copy = openAt(file);
    onTestFinished(() => copy.close());
    expect(copy.listRuns({ offset: 0, limit: 9 }).runs.map(({ kind }) => kind)).toEqual(['plan']);
  });

  it('leaves a file that is already there as it is, whatever it is', async () => {
    const { store, folder } = scratchStore();
    const file = join(folder, 'precious.db');
    writeFileSync(file, 'letters');
    await expect(store.backup(file)).rejects.toThrow(`${file} is already there and was left as it is.`);
    expect(readFileSync(file, 'utf8')).toBe('letters');
    mkdirSync(join(folder, 'sub'));
    await expect(store.backup(join(folder, 'sub'))).rejects.toThrow(/already there/);
  });

  it('leaves nothing behind when it fails', async () => {
    const { store, folder } = scratchStore();
    const before = readdirSync(folder);
    await expect(store.backup(join(folder, 'missing', 'copy.db'))).rejects.toThrow(/does not exist/);
    const copying = store.backup(join(folder, 'copy.db'));
    store.close();
    await expect(copying).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([]);
    expect(existsSync(join(folder, 'copy.db'))).toBe(false);
  });

  it('takes the place of another file only when told, and only once it is whole', async () => {
    const { store, folder, file } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    const copyFile = join(folder, 'copy.db');
    writeFileSync(copyFile, 'letters');
    const copying = store.backup(copyFile, 'replace');
    expect(readFileSync(copyFile, 'utf8')).toBe('letters');
    expect(await copying).toBeGreaterThan(10_000);
    expect(integrity(copyFile)).toBe('ok');
    await expect(store.backup(file, 'replace')).rejects.toThrow(/is the database itself/);
    const other = openAt(copyFile);
    onTestFinished(() => other.close());
    await expect(store.backup(copyFile, 'replace')).rejects.toThrow(/another program/);
    expect(other.listSeries()).toHaveLength(1);
  });
});
