/** The numbered steps a database has been taken through, and taking it through those that are missing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../base/errors.ts';
import type { Database } from './driver.ts';

export interface Migration {
  id: number;
  name: string;
  text: string;
  /** SHA-256 of the text with line ends as in the repository. */
  textHash: string;
}

export interface AppliedMigration {
  id: number;
  name: string;
  text_hash: string;
}

export const migrationsSql = {
  hasTable: `SELECT count(*) AS found FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`,
  hasAnything: `SELECT count(*) AS found FROM sqlite_schema`,
  applied: `SELECT id, name, text_hash FROM migrations ORDER BY id`,
  record: `INSERT INTO migrations (id, name, text_hash, applied_ms) VALUES (:id, :name, :textHash, :appliedMs)`,
} as const;

/** The table that remembers the others; it exists before the first migration. */
export const createMigrationsTable = `CREATE TABLE IF NOT EXISTS migrations (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  applied_ms INTEGER NOT NULL
) STRICT`;

/**
 * Reads NNNN_name.sql files in order.
 * @throws Error when the folder holds none or the numbers do not run 1, 2, 3 …: a broken installation.
 */
export function readMigrations(directory: string, hash: (text: string) => string): Migration[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.sql'));
  const migrations = files.sort().map((file): Migration => {
    const parts = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file);
    if (!parts) throw new Error(`${join(directory, file)} is not named like 0001_name.sql`);
    const text = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
    return { id: Number(parts[1]), name: parts[2]!, text, textHash: hash(text) };
  });
  if (migrations.length === 0) throw new Error(`${directory} holds no migrations`);
  migrations.forEach((migration, index) => {
    if (migration.id !== index + 1) throw new Error(`${directory} has no migration ${index + 1}`);
  });
  return migrations;
}

/**
 * Compares what a database went through with what this program knows; only reads.
 * @throws Refusal `database-newer`, `database-diverged`
 */
export function refuseUnknownHistory(database: Database, file: string, known: readonly Migration[]): void {
  const count = (sql: string): number => (database.prepare(sql).get() as { found: number }).found;
  const diverged = (problem: string): Refusal => new Refusal('database-diverged', { file, problem });
  const version = Number(database.pragma('user_version', { simple: true }));
  if (count(migrationsSql.hasTable) === 0) {
    if (count(migrationsSql.hasAnything) === 0 && version === 0) return;
    throw diverged('it holds tables of another program.');
  }
  const applied = database.prepare(migrationsSql.applied).all() as AppliedMigration[];
  const found = Math.max(version, applied.length);
  // Said before anything else: a newer program may also have good reasons to differ in what came before.
  if (found > known.length) throw new Refusal('database-newer', { file, found, known: known.length });
  applied.forEach((step, index) => {
    const expected = known[index]!;
    if (step.id !== expected.id || step.name !== expected.name)
      throw diverged(
        `step ${index + 1} was "${step.name}" (${step.id}), here it is "${expected.name}" (${expected.id}).`,
      );
    if (step.text_hash !== expected.textHash) throw diverged(`step ${step.id} "${step.name}" had another text.`);
  });
  if (applied.length !== version) throw diverged(`it says version ${version} but lists ${applied.length} steps.`);
}

/** Applies the missing steps, each in a transaction of its own. The history must have been looked at before. */
export function migrate(database: Database, migrations: readonly Migration[], nowMs: () => number): void {
  const version = (): number => Number(database.pragma('user_version', { simple: true }));
  // Asked without a lock first, so that a database at work in another program opens at once.
  if (version() === migrations.length) return;
  database.exec(createMigrationsTable);
  const takeNextStep = database.transaction((): 'taken' | 'none-left' => {
    const next = migrations[version()];
    if (!next) return 'none-left';
    const { id, name, text, textHash } = next;
    database.exec(text);
    database.prepare(migrationsSql.record).run({ id, name, textHash, appliedMs: nowMs() });
    database.pragma(`user_version = ${id}`);
    return 'taken';
  });
  while (takeNextStep.immediate() === 'taken');
}
