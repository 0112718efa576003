/** The desktop shell as built: what it shows, what it refuses, and how it ends. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as base } from '../support/test.ts';
import { openShim, type Shim } from './shell.ts';

const test = base.extend<{ shell: Shim }>({
  shell: async ({ context, databaseFile }, use) => {
    const shell = await openShim(context, { args: ['--db', databaseFile, '--empty'] });
    await shell.show();
    await use(shell);
    const ending = await shell.quit();
    expect(ending).toEqual({ code: 0, faults: [] });
  },
});
test.describe.configure({ mode: 'parallel' });

type Bridge = { call(name: string, payload: unknown): Promise<{ ok: boolean; value?: unknown }> };
const call = (shell: Shim, name: string, payload: unknown) =>
  shell.page.evaluate(
    ([callName, callPayload]) => (globalThis as unknown as { surewatt: Bridge }).surewatt.call(callName, callPayload),
    [name, payload] as const,
  );

test('shows the desk and answers its calls, typed arrays included', async ({ shell }) => {
  await expect(shell.page.locator('#app')).not.toBeEmpty();
  expect(await call(shell, 'desk.state', {})).toMatchObject({ ok: true, value: { host: 'desktop' } });
  const { value } = (await call(shell, 'telemetry.series', {})) as { value: { id: number; fromUtcMs: number }[] };
  const isTyped = await shell.page.evaluate(
    async ([seriesId, fromUtcMs]) => {
      const { surewatt } = globalThis as unknown as { surewatt: Bridge };
      const reply = await surewatt.call('telemetry.read', { seriesId, fromUtcMs, toUtcMs: fromUtcMs + 86_400_000 });
      return (reply.value as { values: unknown }).values instanceof Float64Array;
    },
    [value[0]?.id ?? 0, value[0]?.fromUtcMs ?? 0] as const,
  );
  expect(isTyped).toBe(true);
});

test('exposes two functions and nothing of Electron', async ({ shell }) => {
  const seen = await shell.page.evaluate(() => {
    const page = globalThis as unknown as Record<string, unknown>;
    return {
      bridge: Object.keys(page.surewatt as object).sort(),
      require: typeof page.require,
      process: typeof page.process,
    };
  });
  expect(seen).toEqual({ bridge: ['call', 'subscribe'], require: 'undefined', process: 'undefined' });
});

test('refuses calls it does not know, whatever they are named', async ({ shell }) => {
  for (const name of ['__proto__', 'constructor', 'toString', 'host.upload', 'desk.state '])
    expect(await call(shell, name, {}), name).toMatchObject({ ok: false, error: { code: 'bad-request' } });
});

test('refuses calls from frames that are not the desk', async ({ shell }) => {
  const channel = 'surewatt:call';
  for (const frame of [
    null,
    { url: 'https://evil.example/', embedded: false },
    { url: 'surewatt://desk/', embedded: true },
  ])
    expect(await shell.ask({ kind: 'invoke', channel, args: ['desk.state', {}], frame })).toMatchObject({ ok: false });
});

test('goes nowhere else', async ({ shell }) => {
  const here = shell.page.url();
  await shell.page.evaluate(() => {
    (globalThis as unknown as { location: { href: string } }).location.href = 'https://evil.example/page';
  });
  await expect(shell.page.locator('#app')).not.toBeEmpty();
  expect(shell.page.url()).toBe(here);
  expect(shell.outside).toEqual([]);
});

test('opens no window', async ({ shell }) => {
  const popup = shell.page.waitForEvent('popup');
  await shell.page.evaluate(() => {
    (globalThis as unknown as { open(url: string): unknown }).open('https://evil.example/window');
  });
  await (await popup).waitForEvent('close');
  expect(await shell.ask({ kind: 'window-open', url: 'https://evil.example/' })).toBe('deny');
  await expect(shell.page.locator('#app')).not.toBeEmpty();
});

test('grants no permission', async ({ shell }) => {
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'usb'])
    expect(await shell.ask({ kind: 'permission', permission }), permission).toBe(false);
});

test('serves its own files and nothing else', async ({ shell }) => {
  const status = async (url: string, initiatorOrigin: string | null = 'surewatt://desk') =>
    ((await shell.ask({ kind: 'request', url, method: 'GET', initiatorOrigin })) as { status: number }).status;
  expect(await status('surewatt://desk/')).toBe(200);
  expect(await status('surewatt://desk/', null)).toBe(200);
  expect(await status('surewatt://desk/', 'https://evil.example')).toBe(403);
  expect(await status('surewatt://desk/', 'null')).toBe(403);
  expect(await status('surewatt://other/')).toBe(403);
  expect(await status('surewatt://desk/..%2f..%2fpackage.json')).toBe(403);
  expect(await status('surewatt://desk/../../package.json')).toBe(404);
});

test('takes a file in pieces', async ({ shell }) => {
  const uploaded = await shell.page.evaluate(async () => {
    const { surewatt } = globalThis as unknown as { surewatt: Bridge };
    const begun = await surewatt.call('host.upload.begin', { name: 'load.csv' });
    const { handle } = begun.value as { handle: string };
    await surewatt.call('host.upload.piece', { handle, bytes: new TextEncoder().encode('a,b\n') });
    return surewatt.call('host.upload.end', { handle });
  });
  expect(uploaded).toMatchObject({ ok: true, value: { uploadId: expect.any(String) } });
});

test('backs up from the menu to the place chosen', async ({ shell }, testInfo) => {
  const savePath = testInfo.outputPath('backup.db');
  await shell.ask({ kind: 'menu', label: 'Back up the database…', savePath });
  await expect
    .poll(() =>
      access(savePath).then(
        () => 'there',
        () => 'missing',
      ),
    )
    .toBe('there');
});

test('leaves the window to the first instance', async ({ context, databaseFile }) => {
  const second = await openShim(context, { args: ['--db', databaseFile], secondInstance: 'yes' });
  expect(await second.ended).toBe(0);
  expect(second.faults).toEqual([]);
  await expect(access(join(databaseFile, '..', 'surewatt.db-wal'))).rejects.toThrow();
});
