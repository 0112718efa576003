import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeStore } from './conformance/describe-store.ts';
import { importQuarters, startMs } from './fixtures/samples.ts';
import { migrationsDirectory, openAt, sha256 } from './fixtures/open-at.ts';
import { scratchFolder, scratchStore } from './fixtures/scratch.ts';
import { readMigrations } from './migrations.ts';

describeStore('SQLite', openAt);

describe('openStore', () => {
  it('stands in for memory with a file that is gone when closed', () => {
    const store = openAt(':memory:');
    const other = openAt(':memory:');
    importQuarters(store, [1, 2, 3]);
    expect(store.info().file).toBe(':memory:');
    expect(store.listSeries()).toHaveLength(1);
    expect(other.listSeries()).toHaveLength(0);
    store.close();
    other.close();
    expect(() => store.listSeries()).toThrow(/not open/);
  });
  it('says what it holds and where', () => {
    const { store, file } = scratchStore();
    const empty = store.info();
    expect(empty).toMatchObject({ file, schemaVersion: readMigrations(migrationsDirectory, sha256).length });
    importQuarters(store, new Array<number>(9600).fill(1.5));
    expect(store.info().bytes).toBeGreaterThan(empty.bytes + 9600 * 8);
    expect(store.readSeries(1, startMs, startMs + 1).values).toEqual(Float64Array.of(1.5));
  });
  it('refuses a folder that is not there, and makes none', () => {
    const folder = join(scratchFolder(), 'missing');
    expect(() => openAt(join(folder, 'store.db'))).toThrow(/does not exist/);
    expect(existsSync(folder)).toBe(false);
  });
});
