import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../../base/log.ts';
import { compose, type Core } from '../../hosts/compose.ts';
import type { Site } from '../site.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const siteIn = (file: string) => JSON.parse(readFileSync(join(repository, file), 'utf8')) as Site;
let directory: string;
let core: Core;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'surewatt-demo-'));
  core = await compose({
    databaseFile: join(directory, 'desk.db'),
    log: silentLog,
    host: 'cli',
    migrationsDirectory: join(repository, 'db', 'migrations'),
    demoDirectory: join(repository, 'db', 'demo'),
    workerUrl: new URL('../../solver/worker.ts', import.meta.url),
  });
});
afterEach(async () => {
  await core.close();
  rmSync(directory, { recursive: true, force: true });
});

async function loadDemo() {
  const reply = await core.dispatch('desk.loadDemo', {});
  if (!reply.ok) throw new Error(reply.error.message);
  return core.jobs.finished((reply.value as { jobId: string }).jobId);
}

test("an operator's own site is not replaced by the demo", async () => {
  const own = siteIn('docs/operator/site-example.json');
  expect(await core.dispatch('site.save', { site: own })).toMatchObject({ ok: true });
  const ended = await loadDemo();
  expect(ended).toMatchObject({ state: 'failed', error: { code: 'bad-request', message: /a site, Harbour quarter/ } });
  expect(core.tools.store.getSite()).toEqual(own);
});

test('the demo is loaded again over its own site when its telemetry is not there', async () => {
  core.tools.store.saveSite(siteIn('db/demo/site.json'), 'operator');
  expect(await loadDemo()).toMatchObject({ state: 'done' });
  expect(await loadDemo()).toMatchObject({ state: 'failed', error: { message: /a site and telemetry/ } });
});
