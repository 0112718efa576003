import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

/**
 * A file in a fresh folder of its own, removed by `dispose` or when the process ends. It stands in for ':memory:', because an
 * import needs a second connection, which an in-memory database cannot have.
 */
export function temporaryFile(): { file: string; dispose: () => void } {
  if (folders.size === 0) process.on('exit', removeAll);
  const folder = mkdtempSync(join(tmpdir(), 'surewatt-'));
  folders.add(folder);
  return { file: join(folder, 'memory.db'), dispose: () => remove(folder) };
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  if (folders.delete(folder) && folders.size === 0) process.off('exit', removeAll);
}

function removeAll(): void {
  for (const folder of folders) remove(folder);
}
