import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A file in a fresh folder of its own, removed by `dispose` or when the process ends. It stands in for ':memory:', because an
 * import needs a second connection, which an in-memory database cannot have.
 */
export function temporaryFile(): { file: string; dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'surewatt-'));
  const dispose = (): void => {
    process.off('exit', dispose);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', dispose);
  return { file: join(folder, 'memory.db'), dispose };
}
