/** The shim must be able to fail: each known mistake is put into the built bundle, and each must be seen. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { builtMain, root } from '../support/built.ts';
import { expect, test } from '../support/test.ts';
import { openShim } from './shell.ts';

interface SeededFault {
  mistake: string;
  find: RegExp;
  put: string;
  seen: RegExp;
}

const mainFaults: SeededFault[] = [
  {
    mistake: 'waiting for ready at the top level',
    find: /else (void )?app\.whenReady\(\)\.then\(start\)/,
    put: 'else await app.whenReady().then(start)',
    seen: /waits at its top level/,
  },
  {
    mistake: 'no sandbox for the window',
    find: /sandbox: true/,
    put: 'sandbox: false',
    seen: /webPreferences\.sandbox/,
  },
  {
    mistake: 'no sandbox for the application',
    find: /app\.enableSandbox\(\);/,
    put: '',
    seen: /enableSandbox was not called/,
  },
  {
    mistake: 'Node in the page',
    find: /nodeIntegration: false/,
    put: 'nodeIntegration: true',
    seen: /nodeIntegration/,
  },
  { mistake: 'no isolation', find: /contextIsolation: true/, put: 'contextIsolation: false', seen: /contextIsolation/ },
  {
    mistake: 'an unregistered scheme',
    find: /protocol\.registerSchemesAsPrivileged\(/,
    put: '(() => undefined)(',
    seen: /not registered as privileged/,
  },
  {
    mistake: 'a scheme registered too late',
    find: /(protocol\.registerSchemesAsPrivileged\([\s\S]*?\]\);)/,
    put: 'app.whenReady().then(() => { $1 });',
    seen: /registerSchemesAsPrivileged was called after ready/,
  },
  {
    mistake: 'open permissions',
    find: /session\.setPermissionCheckHandler\(/,
    put: '(() => undefined)(',
    seen: /permission check handler/,
  },
  {
    mistake: 'open navigation',
    find: /contents\.on\("will-navigate"/,
    put: 'contents.on("unknown"',
    seen: /will-navigate/,
  },
  {
    mistake: 'open windows',
    find: /contents\.setWindowOpenHandler\(/,
    put: '(() => undefined)(',
    seen: /window open handler/,
  },
  {
    mistake: 'a window before ready',
    find: /^(app\.enableSandbox\(\);)/m,
    put: '$1 new BrowserWindow({});',
    seen: /before ready/,
  },
];

for (const { mistake, find, put, seen } of mainFaults)
  test(`sees ${mistake}`, async ({ context, databaseFile }, testInfo) => {
    const source = await readFile(builtMain('desktop'), 'utf8');
    expect(source, 'the place to put the mistake').toMatch(find);
    // Beside the real bundle, so that it finds the chunks it shares with the others.
    const bundle = join(dirname(builtMain('desktop')), `fault-${testInfo.testId}.js`);
    await writeFile(bundle, source.replace(find, put));
    try {
      const shell = await openShim(context, { args: ['--db', databaseFile, '--empty'], bundle });
      await expect.poll(() => shell.faults.join('\n'), { timeout: 120_000 }).toMatch(seen);
      await Promise.race([shell.quit(), shell.ended]);
    } finally {
      await rm(bundle, { force: true });
    }
  });

const preloadFaults = [
  {
    mistake: 'ipcRenderer in the page',
    find: /exposeInMainWorld\((\w+|"surewatt"), /,
    put: 'exposeInMainWorld($1, electron.ipcRenderer || ',
  },
  { mistake: 'a preload that needs Node', find: /^/, put: 'require("node:fs");' },
];
for (const { mistake, find, put } of preloadFaults)
  test(`sees ${mistake}`, async ({ context, databaseFile }, testInfo) => {
    const source = await readFile(join(root, 'dist', 'preload', 'preload.cjs'), 'utf8');
    expect(source, 'the place to put the mistake').toMatch(find);
    const preload = testInfo.outputPath('preload.cjs');
    await writeFile(preload, source.replace(find, put));
    const shell = await openShim(context, { args: ['--db', databaseFile, '--empty'], preload });
    await shell.show();
    // Without its bridge the desk must say so, never fall back to something else.
    expect(await shell.page.evaluate(() => 'surewatt' in globalThis)).toBe(false);
    await shell.quit();
  });

test('sees an unguarded invoke channel', async ({ context, databaseFile }, testInfo) => {
  const source = await readFile(builtMain('desktop'), 'utf8');
  const guard = /frame\.parent !== null/;
  const chunks = [...source.matchAll(/import\("(\.\/[^"]+)"\)/g)].map(([, path]) =>
    join(dirname(builtMain('desktop')), path ?? ''),
  );
  expect(chunks.length, 'chunks of the desktop bundle').toBeGreaterThan(0);
  const guarded = await Promise.all(chunks.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
  const chunk = guarded.find(({ text }) => guard.test(text));
  expect(chunk, 'the chunk with the guard').toBeDefined();
  const faultyChunk = join(dirname(chunk!.path), `fault-${testInfo.testId}.js`);
  const bundle = join(dirname(builtMain('desktop')), `fault-${testInfo.testId}.js`);
  await writeFile(faultyChunk, chunk!.text.replace(guard, 'false'));
  await writeFile(bundle, source.replaceAll(chunk!.path.split('/').at(-1) ?? '', faultyChunk.split('/').at(-1) ?? ''));
  try {
    const shell = await openShim(context, { args: ['--db', databaseFile, '--empty'], bundle });
    await shell.show();
    const frame = { url: 'surewatt://desk/', embedded: true };
    const reply = await shell.ask({ kind: 'invoke', channel: 'surewatt:call', args: ['desk.state', {}], frame });
    expect(reply, 'an embedded frame is answered when the guard is gone').toMatchObject({ ok: true });
    await shell.quit();
  } finally {
    await rm(bundle, { force: true });
    await rm(faultyChunk, { force: true });
  }
});
