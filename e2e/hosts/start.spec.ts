/** `npm start` without a window: the address it prints works, one line says what was opened, and Ctrl+C ends everything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/built.ts';
import { freshDatabase } from '../support/databases.ts';
import { expect, test } from '../support/test.ts';

test('prints the address where there is no display, and ends with Ctrl+C', async ({ browser }) => {
  const { file, remove } = await freshDatabase('demo');
  const environment = { ...process.env };
  delete environment.DISPLAY;
  delete environment.WAYLAND_DISPLAY;
  const child = spawn(process.execPath, [join(root, '.ci', 'start.mjs'), '--db', file, '--no-window'], {
    env: environment,
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await expect.poll(() => /open (\S+) in a browser/.exec(out)?.[1], { timeout: 120_000 }).toBeTruthy();
  expect(out.trim().split('\n')).toHaveLength(1);
  const url = /open (\S+) in a browser/.exec(out)?.[1] ?? '';
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.locator('#app')).not.toBeEmpty();
  await context.close();

  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  await expect(fetch(new URL('/', url))).rejects.toThrow();
  await remove();
});

test('opens an app-mode window of an installed browser, and ends when it is closed', async ({}, testInfo) => {
  const { file, remove } = await freshDatabase('demo');
  const seen = testInfo.outputPath('arguments.txt');
  const browser = testInfo.outputPath('browser.sh');
  await writeFile(browser, `#!/bin/sh\nprintf '%s\\n' "$@" > '${seen}'\nsleep 2\n`);
  await chmod(browser, 0o755);
  const environment = {
    ...process.env,
    DISPLAY: ':99',
    PLAYWRIGHT_CHROMIUM: browser,
    ELECTRON_OVERRIDE_DIST_PATH: '/nowhere',
  };
  const child = spawn(process.execPath, [join(root, '.ci', 'start.mjs'), '--db', file], { env: environment });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(out).toMatch(/^Surewatt opens in an app-mode window .*\n$/);
  const given = await readFile(seen, 'utf8');
  expect(given).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\/open\?token=/m);
  expect(given).toMatch(/^--user-data-dir=/m);
  await expect(fetch(/--app=(\S+)/.exec(given)?.[1] ?? '')).rejects.toThrow();
  await remove();
});
