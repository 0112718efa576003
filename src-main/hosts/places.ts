/** Where things are on this machine: the database of the user, and what is delivered with the product. */
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Machine {
  platform: NodeJS.Platform;
  environment: Readonly<Record<string, string | undefined>>;
  home: string;
}

export const thisMachine = (): Machine => ({ platform: process.platform, environment: process.env, home: homedir() });

/** The folder for Surewatt's own data: per user, after each system's custom. */
export function dataDirectory({ platform, environment, home }: Machine): string {
  if (platform === 'win32') return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), 'Surewatt');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Surewatt');
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'surewatt');
}

/** Where the database is or would be: `--db`, else SUREWATT_DB, else the user's own. */
export function databasePath(named: string | undefined, machine: Machine = thisMachine()): string {
  const wanted = named || machine.environment.SUREWATT_DB;
  return wanted ? resolve(wanted) : join(dataDirectory(machine), 'surewatt.db');
}

/** The same for a database that may be made: its folder is made when missing. */
export function databaseFile(named: string | undefined, machine: Machine = thisMachine()): string {
  const file = databasePath(named, machine);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

export interface Delivered {
  migrationsDirectory: string;
  demoDirectory: string;
  rendererDirectory: string;
  preloadFile: string;
}

/**
 * What is delivered beside the code: `db/` next to package.json, or next to the archive of a packaged application, and the
 * built renderer and preload. Found by walking up from the module that asks, so that sources and bundles find the same.
 */
export function delivered(moduleUrl: string): Delivered {
  const here = dirname(fileURLToPath(moduleUrl));
  const database = join(above(here, join('db', 'migrations')), 'db');
  const built = join(above(here, 'package.json'), 'dist');
  return {
    migrationsDirectory: join(database, 'migrations'),
    demoDirectory: join(database, 'demo'),
    rendererDirectory: join(built, 'renderer'),
    preloadFile: join(built, 'preload', 'preload.cjs'),
  };
}

function above(start: string, wanted: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, wanted))) return folder;
    if (dirname(folder) === folder) throw new Error(`${wanted} was not delivered: nothing above ${start} holds it`);
  }
}

export interface ThreadEntries {
  /** Of the solver. */
  workerUrl: URL;
  /** Of planning's helpers. */
  helperUrl: URL;
}

/** Where threads begin, beside the module that asks: sources when run from sources, bundles otherwise. */
export function threadEntries(moduleUrl: string): ThreadEntries {
  if (moduleUrl.endsWith('.ts'))
    return {
      workerUrl: new URL('../../solver/worker.ts', moduleUrl),
      helperUrl: new URL('../threads/helper-entry.ts', moduleUrl),
    };
  // A thread cannot start from inside a packaged archive.
  const outside = moduleUrl.replace('/app.asar/', '/app.asar.unpacked/');
  return { workerUrl: new URL('./worker.js', outside), helperUrl: new URL('./helper.js', outside) };
}
