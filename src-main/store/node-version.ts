import { Refusal } from '../base/errors.ts';

/** The oldest Node whose addon interface better-sqlite3 13 speaks; an older one dies with a bare segmentation fault. */
const neededMajor = 22;

/** @throws Refusal `node-too-old` in words, to be asked before the addon is loaded. */
export function refuseOldNode(found: string): void {
  if (Number.parseInt(found, 10) >= neededMajor) return;
  throw new Refusal('node-too-old', { found, needed: String(neededMajor) });
}
