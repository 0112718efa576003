/** Where the build lies: the flows run what is delivered, never the sources. */
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const builtMain = (name: 'desktop' | 'browser' | 'cli') => join(root, 'dist', 'main', `${name}.js`);
