import type { Hasher } from '../planning/ports.ts';
import type { Connection } from './connection.ts';
import type { WriteGate } from './write-gate.ts';

/** What the three faces of the store share. */
export interface StoreParts {
  nowMs: () => number;
  hash: Hasher;
  /** Runs a read, with SQLite's complaints in words. */
  read: <Result>(action: (connection: Connection) => Result) => Result;
  gate: WriteGate;
}
