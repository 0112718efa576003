/** `npm start` without a window: the address it prints works, one line says what was opened, and Ctrl+C ends everything. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../support/built.ts';
import { freshDatabase } from '../support/databases.ts';
import { expect, test } from '../support/test.ts';

test('prints the address where there is no display, and ends with Ctrl+C', async ({ page: _unused, browser }) => {
  const { file, remove } = await freshDatabase('demo');
  const environment = { ...process.env };
  delete environment.DISPLAY;
  delete environment.WAYLAND_DISPLAY;
  const child = spawn(process.execPath, [join(root, '.ci', 'start.mjs'), '--db', file, '--no-window'], {
    env: environment,
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await expect.poll(() => /open (\S+) in a browser/.exec(out)?.[1], { timeout: 30_000 }).toBeTruthy();
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
