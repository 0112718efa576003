import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../base/errors.ts';
import { Connection, type Durability } from './connection.ts';
import { loadDriver } from './driver.ts';
import { inWords } from './in-words.ts';
import { migrate, refuseUnknownHistory, type Migration } from './migrations.ts';

/**
 * Opens a database file, new or known, and brings it to the newest schema. A file that is not ours, damaged, newer or diverged
 * is only looked at and left as it is.
 * @throws Refusal `database-broken`, `database-newer`, `database-diverged`, `database-unwritable`, `database-busy`
 */
export function openFile(
  file: string,
  migrations: readonly Migration[],
  nowMs: () => number,
  durability: Durability = 'lasting',
): Connection {
  if (!existsSync(dirname(file)))
    throw new Refusal('database-broken', { file, problem: `the folder ${dirname(file)} does not exist.` });
  return inWords(file, () => {
    if (existsSync(file) && statSync(file).size > 0) inspect(file, migrations);
    const connection = new Connection(file, durability);
    try {
      migrate(connection.database, migrations, nowMs);
      return connection;
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
  });
}

function inspect(file: string, migrations: readonly Migration[]): void {
  const driver = loadDriver();
  // A last reader that may write tidies up the files that SQLite lays beside the database, but it also folds a log left there
  // into it. Where there is a log, it must not.
  const hasLog = existsSync(`${file}-wal`) || existsSync(`${file}-journal`);
  const database = new driver(file, { readonly: hasLog, fileMustExist: true });
  try {
    refuseUnknownHistory(database, file, migrations);
  } finally {
    database.close();
  }
}
