/**
 * Refuses an older Node in words. Hosts call it before anything loads the SQLite addon, which would otherwise end the process
 * with a bare segmentation fault.
 */
import { Refusal } from '../base/errors.ts';

export const oldestNode = 22;

/** @throws Refusal `node-too-old` */
export function requireNode(version: string = process.versions.node): void {
  if (Number(version.split('.')[0]) < oldestNode)
    throw new Refusal('node-too-old', { found: version, needed: oldestNode });
}
