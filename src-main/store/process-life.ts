import { uptime } from 'node:os';
import { performance } from 'node:perf_hooks';

/**
 * Whether the process that began something at `sinceMs` is no more. A number is given to another process in time: what began
 * before this machine was started, or before this process when it has the same number, was begun by one that is gone.
 */
export function isGone(processId: number, sinceMs: number): boolean {
  if (processId === process.pid) return sinceMs < performance.timeOrigin;
  if (processId <= 0 || sinceMs < Date.now() - uptime() * 1000) return true;
  try {
    process.kill(processId, 0);
    return false;
  } catch (thrown) {
    // It is there but belongs to somebody else.
    return (thrown as NodeJS.ErrnoException).code !== 'EPERM';
  }
}
