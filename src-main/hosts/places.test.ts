import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataDirectory, databaseFile, delivered, workerUrl } from './places.ts';

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
  it("names the worker's source for sources and its bundle, outside any archive, for bundles", () => {
    expect(workerUrl('file:///s/src-main/hosts/cli/main.ts').href).toBe('file:///s/src-main/solver/worker.ts');
    expect(workerUrl('file:///s/dist/main/cli.js').href).toBe('file:///s/dist/main/worker.js');
    expect(workerUrl('file:///r/app.asar/dist/main/desktop.js').href).toBe(
      'file:///r/app.asar.unpacked/dist/main/worker.js',
    );
  });
});
