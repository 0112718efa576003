import { Refusal } from '../base/errors.ts';
import type { Hasher, Store } from '../planning/ports.ts';
import { backTestStore } from './back-test-store.ts';
import type { Connection } from './connection.ts';
import { assertLittleEndian } from './day-chunk.ts';
import { deskStore } from './desk-store.ts';
import { inWords } from './in-words.ts';
import { feederStore } from './feeders.ts';
import { marketStore } from './market-plans.ts';
import { readMigrations } from './migrations.ts';
import { refuseOldNode } from './node-version.ts';
import { mobileStore } from './mobile-store.ts';
import { openFile } from './open-file.ts';
import { planStore } from './plan-store.ts';
import { closeLostRuns, lostRuns } from './runs.ts';
import { telemetryStore } from './telemetry-store.ts';
import { temporaryFile } from './temporary-file.ts';
import { WriteGate } from './write-gate.ts';

export interface StoreOptions {
  /** Path of the database, made when it is not there; ':memory:' for one that is gone when closed. */
  file: string;
  nowMs: () => number;
  /** SHA-256 as lower-case hex. */
  hash: Hasher;
  /** The folder db/migrations, of the repository or as laid into the built product. */
  migrationsDirectory: string;
}

/**
 * Opens the database behind planning's ports and brings it to the newest schema.
 * @throws Refusal `node-too-old`, `database-newer`, `database-diverged`, `database-broken`, `database-unwritable`, `database-busy`
 */
export function openStore({ file: named, nowMs, hash, migrationsDirectory }: StoreOptions): Store {
  refuseOldNode(process.versions.node);
  assertLittleEndian();
  const migrations = readMigrations(migrationsDirectory, hash);
  const temporary = named === ':memory:' ? temporaryFile() : null;
  const file = temporary?.file ?? named;
  const connection = openFile(file, migrations, nowMs, temporary ? 'throwaway' : 'lasting');
  const gate = new WriteGate(connection, file);
  const read = <Result>(action: (connection: Connection) => Result): Result => inWords(file, () => action(connection));
  giveUpLostRuns(connection, gate);
  const parts = { nowMs, hash, read, gate };
  const { telemetry, abandonImport } = telemetryStore(parts);
  return {
    ...telemetry,
    ...planStore(parts),
    ...deskStore(parts),
    ...mobileStore(parts),
    ...backTestStore(parts),
    ...marketStore(parts),
    ...feederStore(parts),
    info: () => ({ file: named, ...read(sizeOf) }),
    close: () => {
      abandonImport();
      gate.close();
      connection.close();
      temporary?.dispose();
    },
  };
}

/** Left to the next opening when another program is writing. */
function giveUpLostRuns(connection: Connection, gate: WriteGate): void {
  if (lostRuns(connection).length === 0) return;
  try {
    gate.write(closeLostRuns);
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code !== 'database-busy') throw thrown;
  }
}

function sizeOf({ database }: Connection): { schemaVersion: number; bytes: number } {
  const number = (pragma: string): number => Number(database.pragma(pragma, { simple: true }));
  return { schemaVersion: number('user_version'), bytes: number('page_count') * number('page_size') };
}
