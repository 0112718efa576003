import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { scratchFolder } from '../../store/fixtures/scratch.ts';
import { writeLoad } from '../fixtures/write-load.ts';

/**
 * What lives on the heap while a file of any length passes is about 20 MB. Half a million rows held as objects are 30 MB more, so a
 * reader or a store that keeps them does not survive this cap.
 */
const heapCapMb = 36;
/** Numbers of a series lie outside that heap: the quality check may ask for half a year of quarter hours and its neighbourhood. */
const mostValuesAtOnce = 20_000;
const script = fileURLToPath(new URL('../fixtures/import-file.ts', import.meta.url));

it('imports and checks half a million rows in a heap in which they would not fit', { timeout: 60_000 }, async () => {
  const folder = scratchFolder();
  const file = `${folder}/load.csv`;
  const rows = 500_000;
  writeLoad(file, rows);
  const args = [`--max-old-space-size=${heapCapMb}`, script, `${folder}/store.db`, file];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const told = JSON.parse(stdout) as { rowCount: number; storedCount: number; longestRead: number };
  expect(told).toMatchObject({ rowCount: rows, storedCount: rows });
  expect(told.longestRead).toBeGreaterThan(10_000);
  expect(told.longestRead).toBeLessThan(mostValuesAtOnce);
});
