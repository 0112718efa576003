import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDirectory, databaseFile, delivered, threadEntries } from './places.ts';

const machine = (platform: NodeJS.Platform, environment: Record<string, string> = {}) => ({
  platform,
  environment,
  home: '/home/ada',
});

describe('places', () => {
  it("follows each system's custom for a user's data", () => {
    expect(dataDirectory(machine('linux'))).toBe('/home/ada/.local/share/surewatt');
    expect(dataDirectory(machine('linux', { XDG_DATA_HOME: '/data' }))).toBe('/data/surewatt');
    expect(dataDirectory(machine('darwin'))).toBe('/home/ada/Library/Application Support/Surewatt');
    expect(dataDirectory(machine('win32', { APPDATA: '/appdata' }))).toBe('/appdata/Surewatt');
  });
  it('prefers the named database, then SUREWATT_DB, then the own one, and makes the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'surewatt-places-'));
    const environment = { SUREWATT_DB: join(folder, 'b', 'env.db'), XDG_DATA_HOME: join(folder, 'c') };
    expect(databaseFile(join(folder, 'a', 'named.db'), machine('linux', environment))).toBe(
      join(folder, 'a', 'named.db'),
    );
    expect(databaseFile(undefined, machine('linux', environment))).toBe(join(folder, 'b', 'env.db'));
    expect(databaseFile(undefined, machine('linux', { XDG_DATA_HOME: join(folder, 'c') }))).toBe(
      join(folder, 'c', 'surewatt', 'surewatt.db'),
    );
    for (const made of ['a', 'b', 'c/surewatt']) expect(existsSync(join(folder, made))).toBe(true);
    await rm(folder, { recursive: true });
  });
  it('finds what is delivered from sources, and says when it is not', () => {
    const { migrationsDirectory, demoDirectory } = delivered(import.meta.url);
    expect(existsSync(migrationsDirectory)).toBe(true);
    expect(existsSync(demoDirectory)).toBe(true);
    expect(() => delivered('file:///nowhere/dist/main/cli.js')).toThrow('was not delivered');
  });
  it('names where threads begin: sources for sources, and bundles outside any archive for bundles', () => {
    const entries = (moduleUrl: string): string[] => Object.values(threadEntries(moduleUrl)).map(({ href }) => href);
    expect(entries('file:///s/src-main/hosts/cli/main.ts')).toEqual([
      'file:///s/src-main/solver/worker.ts',
      'file:///s/src-main/hosts/threads/helper-entry.ts',
    ]);
    expect(entries('file:///s/dist/main/cli.js')).toEqual([
      'file:///s/dist/main/worker.js',
      'file:///s/dist/main/helper.js',
    ]);
    expect(entries('file:///r/app.asar/dist/main/desktop.js')).toEqual([
      'file:///r/app.asar.unpacked/dist/main/worker.js',
      'file:///r/app.asar.unpacked/dist/main/helper.js',
    ]);
  });
  it('names entries that are there when run from sources', () => {
    for (const url of Object.values(threadEntries(new URL('./cli/main.ts', import.meta.url).href)))
      expect(existsSync(url)).toBe(true);
  });
});
