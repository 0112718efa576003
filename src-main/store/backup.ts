import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../base/errors.ts';
import type { Connection } from './connection.ts';
import { databaseRefusal } from './in-words.ts';

/**
 * Copies the database as it is at one instant into a new file by SQLite's online backup; reading and writing go on meanwhile.
 * The copy is made beside its name and takes it only when whole.
 * @throws Refusal `file-exists`, `database-unwritable`
 */
export async function backup(connection: Connection, toFile: string): Promise<number> {
  claimName(toFile);
  const unfinished = `${toFile}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    await connection.database.backup(unfinished);
    flushToDisk(unfinished);
    renameSync(unfinished, toFile);
    return statSync(toFile).size;
  } catch (thrown) {
    for (const file of [unfinished, `${unfinished}-journal`, toFile]) rmSync(file, { force: true });
    throw databaseRefusal(toFile, thrown) ?? thrown;
  }
}

/** Takes the name by creating an empty file, which fails when there is one. */
function claimName(file: string): void {
  if (existsSync(file)) throw new Refusal('file-exists', { file });
  if (!existsSync(dirname(file)))
    throw new Refusal('database-unwritable', { file, problem: `the folder ${dirname(file)} does not exist.` });
  try {
    closeSync(openSync(file, 'wx'));
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Refusal('database-unwritable', { file, problem });
  }
}

function flushToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
