import { afterAll, beforeAll, expect, it } from 'vitest';
import { CancelSource, neverCancelled } from '../../base/cancel.ts';
import { openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { townGrid, townRoads, townStorage } from '../fixtures/mobile-town.ts';
import { boxOf, runSmsStudy, studiedForms, wholeBox, type SmsStudy } from './run-sms-study.ts';
import { smsStudyText } from './sms-study-text.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

let desk: DemoDesk;
let study: SmsStudy;

/** One real day on the roads of a town. */
beforeAll(async () => {
  desk = await openDemoDesk();
  const { store } = desk.core.tools;
  store.saveRoads(townRoads());
  const grids = [townGrid('west', { windShare: 2e-4, loadShare: 5e-5 }), townGrid('east', { windShare: 0 })];
  const roads = { ...townStorage().roads, networkId: townRoads().id };
  store.saveMobileStorage(townStorage({ grids, roads, margin: 'unimodal-symmetric' }), 'ann');
  const wish = { days: 1, seed: 5, slotHours: 6, timeLimitSeconds: unhurriedSeconds, signal: neverCancelled };
  study = await runSmsStudy(desk.core.tools, wish, () => undefined);
});
afterAll(() => desk.close());

it('gains no more than is to be gained, shares no worse than it keeps apart, and settles to the cent', () => {
  const [{ results }] = study.days as [SmsStudy['days'][number]];
  const { shared, separate, bestShared, bestSeparate, reserves, atHighest, atBreakEven } = results;
  const plans = [shared, separate, ...Object.values(reserves)];
  const cent = 0.01;
  expect(bestShared).toBeGreaterThanOrEqual(bestSeparate * (1 - 1e-6) - cent);
  expect(shared.welfare).toBeLessThanOrEqual(bestShared + cent);
  expect(separate.welfare).toBeLessThanOrEqual(bestSeparate + cent);
  // A fleet bound to grids is one of the shared fleet's choices: what is proven of the one bounds the other.
  expect(separate.profit).toBeLessThanOrEqual(shared.profit + shared.gap * Math.max(1, Math.abs(shared.profit)) + cent);
  for (const plan of plans) {
    expect(plan.unsettledCents).toBe(0);
    expect(plan.gridsSave).toBeGreaterThanOrEqual(-cent);
    expect(plan.welfare).toBeCloseTo(plan.profit + plan.gridsSave, 9);
    expect(plan.utilisation).toBeGreaterThanOrEqual(0);
    expect(plan.utilisation).toBeLessThanOrEqual(1);
  }
  for (const { profit, welfare } of [atHighest, atBreakEven]) {
    expect(welfare).toBeLessThanOrEqual(bestShared + cent);
    expect(profit).toBeLessThanOrEqual(shared.profit + shared.gap * Math.max(1, Math.abs(shared.profit)) + cent);
  }
});

it('matches each box to its form by what was measured, and names every reserve in its tables', () => {
  for (const form of studiedForms) {
    const [own, box] = [study.reserves[form]!, study.reserves[boxOf(form)]!];
    expect(box.violation.share).toBeLessThanOrEqual(own.violation.share);
    expect(own.share).toBeNull();
  }
  const text = smsStudyText(study);
  for (const name of [...studiedForms, ...studiedForms.map(boxOf), wholeBox]) expect(text).toContain(`| ${name}`);
  expect(text).toContain(study.days[0]!.day);
});

it('ends when it is cancelled', async () => {
  const cancel = new CancelSource();
  cancel.cancel();
  const wish = { days: 1, seed: 5, slotHours: 6, timeLimitSeconds: unhurriedSeconds, signal: cancel };
  await expect(runSmsStudy(desk.core.tools, wish, () => undefined)).rejects.toMatchObject({ code: 'cancelled' });
});
