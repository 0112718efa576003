import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../base/errors.ts';
import { Connection } from './connection.ts';
import { loadDriver } from './driver.ts';
import { inWords } from './in-words.ts';
import { migrate, refuseUnknownHistory, type Migration } from './migrations.ts';

/**
 * Opens a database file, new or known, and brings it to the newest schema. A file that is not ours, damaged, newer or diverged
 * is looked at through a read-only connection and left as it is.
 * @throws Refusal `database-broken`, `database-newer`, `database-diverged`, `database-unwritable`, `database-busy`
 */
export function openFile(file: string, migrations: readonly Migration[], nowMs: () => number): Connection {
  if (!existsSync(dirname(file)))
    throw new Refusal('database-broken', { file, problem: `the folder ${dirname(file)} does not exist.` });
  return inWords(file, () => {
    if (existsSync(file) && statSync(file).size > 0) inspect(file, migrations);
    const connection = new Connection(file);
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
  const database = new driver(file, { readonly: true, fileMustExist: true });
  try {
    refuseUnknownHistory(database, file, migrations);
  } finally {
    database.close();
  }
}
