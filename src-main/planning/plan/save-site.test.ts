import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultFit, defaultSet } from '../../contract/defaults.ts';
import { onFirstAggregator, openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';
import { saveSite } from './save-site.ts';
import type { Site } from '../site.ts';

const example = JSON.parse(
  readFileSync(new URL('../../../docs/operator/site-example.json', import.meta.url), 'utf8'),
) as Site;
let desk: DemoDesk;
beforeAll(async () => (desk = await openDemoDesk()));
afterAll(() => desk.close());

test('a plan keeps the clock of the site it was made for', async () => {
  const { dispatch, jobs, tools } = desk.core;
  const call = async (name: string, request: unknown) => {
    const reply = await dispatch(name, request);
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value;
  };
  const day = '2023-06-15';
  const options = { day, set: defaultSet, protection: 1, fit: defaultFit, timeLimitSeconds: unhurriedSeconds };
  const ended = await onFirstAggregator(desk, async () =>
    jobs.finished(((await call('plan.make', options)) as { jobId: string }).jobId),
  );
  const { planId } = ended.result as { planId: string };
  const before = (await call('plan.get', { planId })) as { horizon: { slots: number; zone: string } };
  const csv = await call('plan.export', { planId, format: 'csv' });
  expect(before.horizon).toMatchObject({ zone: 'Europe/Berlin', slots: 96 });
  await saveSite(tools.store, { ...example, zone: 'America/New_York', slotMinutes: 60 });
  expect(await call('plan.get', { planId })).toEqual(before);
  expect(await call('plan.export', { planId, format: 'csv' })).toEqual(csv);
});

test('stations and prices that do not fit yet are notes, and the site is in use', async () => {
  const { store } = desk.core.tools;
  const saved = await saveSite(store, { ...example, currency: 'USD' });
  expect(saved.name).toBe('Harbour quarter');
  expect(saved.notes).toEqual([
    'Ferry depot: no charging session of "Depot row A", "Depot row B" has been imported.',
    'Fast chargers at the gate: no charging session of "Gate 1" has been imported.',
    'Prices are in EUR/MWh, the site in USD: no day can be planned until they agree.',
  ]);
  expect(store.getSite()).toEqual({ ...example, currency: 'USD' });
  expect(store.listAudit({ offset: 0, limit: 1 }).entries[0]).toMatchObject({ act: 'site.save', subject: saved.name });
});

test('a series that is not there, or is of another kind, is refused and nothing is stored', async () => {
  const { store } = desk.core.tools;
  const before = store.getSite();
  const load = store.listSeries().find(({ kind }) => kind === 'load-actual')!;
  for (const [id, problem] of [
    [load.id, /which is load-actual$/],
    [9999, /^names series 9999, which this database does not hold/],
  ] as const) {
    const refused = saveSite(store, { ...example, series: { ...example.series, price: id } });
    await expect(refused).rejects.toMatchObject({
      code: 'bad-site',
      report: { details: { path: 'series.price', problem: expect.stringMatching(problem) as unknown } },
    });
  }
  expect(store.getSite()).toEqual(before);
});

test('the door refuses what breaks a limit, tells everyone of a change, and gives back what was saved', async () => {
  const heard: unknown[] = [];
  const stop = desk.core.onEvent((event) => heard.push(event));
  const refused = await desk.core.dispatch('site.save', { site: { ...example, loadShare: 2 } });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'bad-request', message: /site.loadShare: must be above 0/ },
  });
  expect(heard).toEqual([]);
  expect(await desk.core.dispatch('site.save', { site: example })).toMatchObject({ ok: true });
  expect(heard).toContainEqual({ name: 'changed', payload: { what: 'site' } });
  expect(await desk.core.dispatch('site.get', {})).toEqual({ ok: true, value: example });
  stop();
});
