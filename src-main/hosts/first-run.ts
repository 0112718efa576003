/** A database that was not there before is filled with the bundled demo, so that the first window has something to plan. */
import { existsSync } from 'node:fs';
import type { Log } from '../base/log.ts';
import type { Door } from './door.ts';

export type FirstRun = 'demo' | 'empty';

/** Asked before the database is opened, because opening makes the file. */
export function isFirstRun(databaseFile: string): boolean {
  return !existsSync(databaseFile);
}

/** Starts the demo as a job, whose progress the window shows; the host is usable meanwhile. */
export async function startDemo(door: Door, log: Log): Promise<void> {
  const reply = await door.dispatch('desk.loadDemo', {});
  if (!reply.ok) log.error('the demo could not be loaded', { ...reply.error });
}
