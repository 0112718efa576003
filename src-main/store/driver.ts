/** The one door to better-sqlite3: its addon is loaded only after the running Node was found new enough. */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { refuseOldNode } from './node-version.ts';

export type Database = BetterSqlite3.Database;

/** @throws Refusal `node-too-old` */
export function loadDriver(nodeVersion: string = process.versions.node): typeof BetterSqlite3 {
  refuseOldNode(nodeVersion);
  return createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3;
}
