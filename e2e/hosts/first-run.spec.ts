/** What happens the first time, and how the host ends. */
import { access } from 'node:fs/promises';
import { startBrowserHost } from '../support/browser-host.ts';
import { freshDatabase } from '../support/databases.ts';
import { expect, test } from '../support/test.ts';

interface State {
  value: { site: { name: string } | null; tomorrow: string | null };
}

async function stateOf(openUrl: string): Promise<() => Promise<State>> {
  const { origin } = new URL(openUrl);
  const opened = await fetch(openUrl, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'desk.state', payload: {} });
  return async () => (await (await fetch(`${origin}/call`, { method: 'POST', headers, body })).json()) as State;
}

test('a database that was not there is filled with the demo, and kept', async () => {
  const { file, remove } = await freshDatabase('none');
  const host = await startBrowserHost(file);
  const state = await stateOf(host.openUrl);
  await expect.poll(async () => (await state()).value.tomorrow, { timeout: 120_000 }).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect((await state()).value.site).not.toBeNull();
  expect(await host.stop()).toBe(0);
  const again = await startBrowserHost(file);
  expect((await (await stateOf(again.openUrl))()).value.site).not.toBeNull();
  expect(await again.stop()).toBe(0);
  await expect(access(`${file}-wal`)).rejects.toThrow();
  await remove();
});

test('an empty one stays empty when that is wanted', async () => {
  const { file, remove } = await freshDatabase('none');
  const host = await startBrowserHost(file, ['--empty']);
  const state = await stateOf(host.openUrl);
  expect((await state()).value).toMatchObject({ site: null, tomorrow: null });
  expect(await host.stop()).toBe(0);
  await remove();
});

test('stopping in the middle of the demo leaves a database that opens', async () => {
  const { file, remove } = await freshDatabase('none');
  const host = await startBrowserHost(file);
  expect(await host.stop()).toBe(0);
  const again = await startBrowserHost(file);
  expect((await (await stateOf(again.openUrl))()).value).toHaveProperty('site');
  expect(await again.stop()).toBe(0);
  await remove();
});
