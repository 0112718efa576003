/** The Electron binary, when somebody put one there. The npm package carries none, and it is never downloaded here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './built.ts';

export const noElectron = 'the Electron binary is not installed (npm\'s "electron" carries none; see README)';

export function electronBinary(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}
