import { existsSync, realpathSync } from 'node:fs';
import { Refusal } from '../base/errors.ts';
import { Connection } from './connection.ts';
import { databaseRefusal } from './in-words.ts';
import { runsSql } from './runs.ts';
import { writeWhole, type Existing } from './whole-file.ts';

/**
 * Copies the database as it is at one instant into a file by SQLite's online backup; reading and writing go on meanwhile.
 * The copy is made beside its name and takes it only when whole.
 * @throws Refusal `file-exists`, `file-unwritable`, `database-unwritable`, `database-busy`; `bad-request` for the database itself
 */
export async function backup(connection: Connection, toFile: string, existing: Existing): Promise<number> {
  const { database } = connection;
  if (existsSync(toFile) && realpathSync(toFile) === realpathSync(database.name))
    throw new Refusal('bad-request', { call: 'backup', problem: `${toFile} is the database itself` });
  try {
    return await writeWhole(toFile, existing, async (unfinished) => {
      refuseLogBeside(toFile);
      await database.backup(unfinished);
      forgetCopying(unfinished);
    });
  } catch (thrown) {
    throw databaseRefusal(toFile, thrown) ?? thrown;
  }
}

/** The copy would hold for ever that it is still being made: that run belongs to the original alone. */
function forgetCopying(file: string): void {
  const copy = new Connection(file);
  try {
    copy.run(runsSql.dropOpenBackups);
  } finally {
    copy.close();
  }
}

/** A log beside the name belongs to a database of that name: SQLite would take it for the copy's own. */
function refuseLogBeside(file: string): void {
  if (existsSync(`${file}-wal`)) throw new Refusal('database-busy', { file, writer: 'another program' });
}
