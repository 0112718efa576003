import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toErrorReport } from '../base/errors.ts';
import { loadDriver } from './driver.ts';
import { importQuarters } from './fixtures/samples.ts';
import { migrationsDirectory, openAt, sha256 } from './fixtures/open-at.ts';
import { scratchFolder } from './fixtures/scratch.ts';
import { readMigrations } from './migrations.ts';
import { openStore } from './open-store.ts';

/** How many steps there are today, and the first words of the file of the next one. */
const known = readMigrations(migrationsDirectory, sha256).length;
const nextStep = String(known + 1).padStart(4, '0');

/** A database of today, closed, and a folder of migrations that can be changed under it. */
function setUp(): { file: string; directory: string; open: () => void } {
  const folder = scratchFolder();
  const file = join(folder, 'surewatt.db');
  const directory = join(folder, 'migrations');
  cpSync(migrationsDirectory, directory, { recursive: true });
  const store = openAt(file);
  importQuarters(store, [1, 2, 3]);
  store.close();
  const open = () => openStore({ file, nowMs: () => 0, hash: sha256, migrationsDirectory: directory }).close();
  return { file, directory, open };
}

const fingerprint = (file: string) => ({
  bytes: createHash('sha256').update(readFileSync(file)).digest('hex'),
  modified: statSync(file).mtimeMs,
  beside: readdirSync(join(file, '..')).sort(),
});

/** The refusal's code and sentence, and proof that the file was left as it was. */
function refusal(file: string, open: () => void): { code: string; message: string } {
  const before = fingerprint(file);
  try {
    open();
  } catch (thrown) {
    expect(fingerprint(file)).toEqual(before);
    const { code, message } = toErrorReport(thrown);
    return { code, message };
  }
  throw new Error('it was opened');
}

describe('opening a database of another history', () => {
  it('takes a database further by the steps it lacks, and keeps what is in it', () => {
    const { file, directory, open } = setUp();
    writeFileSync(
      join(directory, `${nextStep}_colours.sql`),
      'CREATE TABLE colours (name TEXT) STRICT; INSERT INTO colours VALUES (1);',
    );
    open();
    const database = new (loadDriver())(file, { readonly: true });
    expect(database.pragma('user_version', { simple: true })).toBe(known + 1);
    expect(database.prepare('SELECT name FROM colours').pluck().all()).toEqual(['1']);
    expect(database.prepare('SELECT number_count FROM series').pluck().all()).toEqual([3]);
    expect(database.prepare('SELECT id FROM migrations').pluck().all()).toEqual(
      Array.from({ length: known + 1 }, (_, index) => index + 1),
    );
    database.close();
  });

  it('undoes a step that fails half-way', () => {
    const { file, directory, open } = setUp();
    writeFileSync(
      join(directory, `${nextStep}_broken.sql`),
      'CREATE TABLE colours (name TEXT); INSERT INTO nowhere VALUES (1);',
    );
    expect(open).toThrow(/nowhere/);
    rmSync(join(directory, `${nextStep}_broken.sql`));
    open();
    const database = new (loadDriver())(file, { readonly: true });
    expect(database.pragma('user_version', { simple: true })).toBe(known);
    expect(database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'colours'`).pluck().get()).toBe(0);
    database.close();
  });

  it('refuses one written by a newer program', () => {
    const { file, directory, open } = setUp();
    const newest = readdirSync(directory).sort().at(-1)!;
    rmSync(join(directory, newest));
    writeFileSync(join(directory, '0001_telemetry.sql'), '-- another text');
    expect(refusal(file, open)).toEqual({
      code: 'database-newer',
      message: `The database ${file} was written by a newer Surewatt (schema ${known}; this one knows up to ${known - 1}).`,
    });
  });

  it('refuses one whose steps had another name or another text', () => {
    const { file, directory, open } = setUp();
    writeFileSync(join(directory, '0002_plans.sql'), '-- another text');
    expect(refusal(file, open)).toMatchObject({
      code: 'database-diverged',
      message: expect.stringMatching(/step 2 "plans" had another text/) as string,
    });
    rmSync(join(directory, '0002_plans.sql'));
    writeFileSync(join(directory, '0002_other.sql'), '-- another name');
    expect(refusal(file, open).message).toMatch(/step 2 was "plans" \(2\), here it is "other"/);
  });

  it('does not fold the log of a crashed program into a database it refuses', () => {
    const { file, directory, open } = setUp();
    const alive = openAt(file);
    importQuarters(alive, [4, 5, 6]);
    const crashed = join(directory, '..', 'crashed');
    mkdirSync(crashed);
    for (const suffix of ['', '-wal']) cpSync(file + suffix, join(crashed, `left.db${suffix}`));
    alive.close();
    writeFileSync(join(directory, '0002_plans.sql'), '-- another text');
    const left = join(crashed, 'left.db');
    const bytes = () => ['', '-wal'].map((suffix) => readFileSync(left + suffix).toString('base64'));
    const before = bytes();
    expect(before[1]!.length).toBeGreaterThan(1000);
    const openLeft = () => openStore({ file: left, nowMs: () => 0, hash: sha256, migrationsDirectory: directory });
    expect(openLeft).toThrow(/had another text/);
    expect(bytes()).toEqual(before);
    expect(open).toThrow(/had another text/);
  });

  it('does not mind other line ends', () => {
    const { directory, open } = setUp();
    const step = join(directory, '0001_telemetry.sql');
    writeFileSync(step, readFileSync(step, 'utf8').replaceAll('\n', '\r\n'));
    expect(open).not.toThrow();
  });

  it('refuses a database of another program', () => {
    const { file, open } = setUp();
    rmSync(file);
    const other = new (loadDriver())(file);
    other.exec('CREATE TABLE accounts (id INTEGER)');
    other.close();
    expect(refusal(file, open)).toMatchObject({
      code: 'database-diverged',
      message: expect.stringMatching(/tables of another program/) as string,
    });
  });

  it('refuses what is no database, and one cut short', () => {
    const { file, open } = setUp();
    const whole = readFileSync(file);
    writeFileSync(file, 'time;load\n2023-01-01;5\n'.repeat(500));
    expect(refusal(file, open).code).toBe('database-broken');
    writeFileSync(file, whole.subarray(0, 5000));
    expect(refusal(file, open).code).toBe('database-broken');
    rmSync(file);
    mkdirSync(file);
    expect(() => open()).toThrow(/cannot be used/);
  });

  it('takes an empty file for a new database', () => {
    const { file, open } = setUp();
    writeFileSync(file, '');
    open();
    expect(statSync(file).size).toBeGreaterThan(4096);
  });
});

describe('readMigrations', () => {
  it('refuses a folder with a hole, a stray name or nothing in it', () => {
    const folder = scratchFolder();
    expect(() => readMigrations(folder, sha256)).toThrow(/holds no migrations/);
    writeFileSync(join(folder, '0002_second.sql'), '');
    expect(() => readMigrations(folder, sha256)).toThrow(/no migration 1/);
    writeFileSync(join(folder, 'first.sql'), '');
    expect(() => readMigrations(folder, sha256)).toThrow(/not named like/);
  });
});
