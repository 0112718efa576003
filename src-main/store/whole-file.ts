/** A file that is there whole or not at all, and never by accident in the place of another. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from '../base/errors.ts';

/** What becomes of a file that is already there. */
export type Existing = 'keep' | 'replace';

/**
 * Lets `write` make the file beside its name, under `unfinished`, and gives it the name when it is whole and on the disk. A file
 * that was there stays as it was until then. Resolves with the bytes written.
 * @throws Refusal `file-exists`, `file-unwritable`, and whatever `write` throws
 */
export async function writeWhole(
  file: string,
  existing: Existing,
  write: (unfinished: string) => Promise<void> | void,
): Promise<number> {
  const claimed = claimName(file, existing);
  const unfinished = `${file}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    await write(unfinished);
    flushToDisk(unfinished);
    renameSync(unfinished, file);
    return statSync(file).size;
  } catch (thrown) {
    for (const left of [
      unfinished,
      ...['-journal', '-wal', '-shm'].map((end) => unfinished + end),
      ...(claimed === 'new' ? [file] : []),
    ])
      rmSync(left, { force: true });
    throw thrown;
  }
}

/** Takes a new name by creating an empty file, which fails when there is one. */
function claimName(file: string, existing: Existing): 'new' | 'taken' {
  if (existsSync(file)) {
    if (existing === 'keep' || !statSync(file).isFile()) throw new Refusal('file-exists', { file });
    return 'taken';
  }
  if (!existsSync(dirname(file)))
    throw new Refusal('file-unwritable', { file, problem: `the folder ${dirname(file)} does not exist.` });
  try {
    closeSync(openSync(file, 'wx'));
    return 'new';
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Refusal('file-unwritable', { file, problem });
  }
}

function flushToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
