import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Request } from '../../contract/calls.ts';
import type { Dial } from '../protection/dial-protection.ts';
import { onFirstAggregator } from '../fixtures/demo-desk.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask, refusal } = onDemo();

const fit = { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 120 } as const;
const options = { day: '2023-06-15', set: 'budget', protection: 4, fit, timeLimitSeconds: unhurriedSeconds } as const;

async function makePlan(wish: Partial<Request<'plan.make'>> = {}): Promise<string> {
  const { jobId } = await ask('plan.make', { ...options, ...wish });
  const ended = await desk().core.jobs.finished(jobId);
  expect(ended.error).toBeNull();
  return (ended.result as { planId: string }).planId;
}

let made: Promise<string> | null = null;
/** The plan of tomorrow, made once for all tests that only read or approve it. */
const tomorrowsPlan = (): Promise<string> => (made ??= makePlan());

describe('planning tomorrow on the demo', () => {
  it('knows which day is next', async () => {
    const state = await ask('desk.state', {});
    expect(state).toMatchObject({ tomorrow: '2023-06-15', site: { components: 8, currency: 'EUR' } });
    expect(state.freshness.map(({ kind }) => kind)).toContain('sessions');
  });

  it('makes a checked, tested plan that costs less than the same day without V2G, and approves it once with a reason', async () => {
    const planId = await tomorrowsPlan();
    const plan = await ask('plan.get', { planId });
    expect(plan.check).toMatchObject({ passed: true, breaches: [] });
    expect(plan.check.checked).toBeGreaterThan(10_000);
    expect(plan.horizon.slots).toBe(96);
    expect(plan.withoutV2g!.cost).toBeGreaterThan(plan.cost.total);
    expect(plan.withoutV2g!.peakKw).toBeGreaterThan(plan.peakKw);
    const items = plan.cost.items.reduce((sum, { amount }) => sum + amount, 0);
    expect(items).toBeCloseTo(plan.cost.total, 6);
    expect(plan.cost.bySlot.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(plan.cost.total, 6);
    expect(plan.test!.dots).toHaveLength(50);
    expect(plan.backTest!.days).toHaveLength(60);
    expect(plan.earlier).toEqual({ kind: 'none' });
    expect(plan.measures.map(({ earlier }) => earlier)).toEqual([null, null, null, null, null]);
    for (const { departureMet } of plan.aggregators) expect(departureMet!.trials).toBeGreaterThanOrEqual(10);
    expect(await refusal('plan.approve', { planId, reason: '  ' })).toMatchObject({ code: 'reason-needed' });
    expect(await ask('plan.approve', { planId, reason: 'as discussed' })).toMatchObject({ status: 'approved' });
    const { entries } = await ask('audit.list', { offset: 0, limit: 5 });
    expect(entries[0]).toMatchObject({ act: 'plan.approve', subject: planId });
    const csv = await ask('plan.export', { planId, format: 'csv' });
    expect(csv.text.split('\r\n')).toHaveLength(98);
    expect(csv.text).toContain('2023-06-15T14:15:00+02:00');
  });

  it('gives the same inputs the same schedule; altered in the database it is refused, with the limit it now breaks', async () => {
    const wish = { protection: 2 };
    const [first, planId] = await onFirstAggregator(
      desk(),
      async () => [await makePlan(wish), await makePlan(wish)] as const,
    );
    const [one, two] = [await ask('plan.get', { planId: first }), await ask('plan.get', { planId })];
    expect(two.provenance.inputsHash).toBe(one.provenance.inputsHash);
    expect(two.gas).toEqual(one.gas);
    expect(two.test).toEqual(one.test);
    const database = new Database(desk().databaseFile);
    const row = database.prepare('SELECT schedule_json FROM plans WHERE id = ?').get(planId) as {
      schedule_json: string;
    };
    const schedule = JSON.parse(row.schedule_json) as { gas: { outputKw: number[] }[] };
    schedule.gas[0]!.outputKw[40]! += 5000;
    database.exec('DROP TRIGGER plans_keep_content');
    database.prepare('UPDATE plans SET schedule_json = ? WHERE id = ?').run(JSON.stringify(schedule), planId);
    database.close();
    const error = await refusal('plan.approve', { planId, reason: 'never mind' });
    expect(error).toMatchObject({ code: 'plan-corrupt' });
    expect(error!.message).toMatch(/breaks a limit: .*slot 4[01]/i);
  });

  it('says why there is no plan, and that a day lies outside the telemetry', async () => {
    const far = await ask('plan.make', { ...options, day: '2031-01-01' });
    expect((await desk().core.jobs.finished(far.jobId)).error?.code).toMatch(/no-telemetry|too-little-history/);
    const ended = await onFirstAggregator(desk(), async () => {
      const site = desk().core.tools.store.getSite()!;
      const starved = { ...site, grid: null, gas: site.gas.map((unit) => ({ ...unit, maxKw: 200 })) };
      desk().core.tools.store.saveSite(starved, 'test');
      const { jobId } = await ask('plan.make', { ...options, protection: 2 });
      return desk().core.jobs.finished(jobId);
    });
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'plan-infeasible' } });
    expect(ended.error!.message).toMatch(/kW/);
  });

  it('plans the days of the clock changes with 92 slots', async () => {
    await tomorrowsPlan();
    const planId = await onFirstAggregator(desk(), () => makePlan({ day: '2023-03-26', protection: 2 }));
    const plan = await ask('plan.get', { planId });
    expect(plan.horizon.slots).toBe(92);
    expect(plan.check.passed).toBe(true);
    const later = (await ask('plan.list', {})).findLast(({ day }) => day > plan.day)!;
    const compared = await ask('plan.get', { planId: later.id });
    expect(compared.earlier).toEqual({ kind: 'plan', id: plan.id, day: plan.day, status: 'draft' });
    compared.measures.forEach((measure, at) => expect(measure.earlier).toBe(plan.measures[at]!.value));
  });

  it('doubts what the site doubts of its devices, says what that costs, and can be told to trust it', async () => {
    await tomorrowsPlan();
    const [doubting, trusting] = await onFirstAggregator(desk(), async () => {
      const { store } = desk().core.tools;
      const site = store.getSite()!;
      const losses = [
        { kind: 'gas' as const, id: site.gas[0]!.id, share: 0.05 },
        { kind: 'storage' as const, id: site.storage[0]!.id, share: 0.1 },
      ];
      store.saveSite({ ...site, coefficients: { losses, unitsAtOnce: 1, slotsAtOnce: 4 } }, 'test');
      const made = async (coefficients: 'doubted' | 'trusted') =>
        ask('plan.get', { planId: await makePlan({ protection: 2, coefficients }) });
      return [await made('doubted'), await made('trusted')];
    });
    const { coefficients } = doubting!;
    expect(coefficients!.losses.map(({ name }) => name)).toEqual(['Gas engine 1', 'Quay battery']);
    expect(doubting!.worstFindings.map(({ kind }) => kind)).toEqual(['delivery', 'efficiency', 'voltage']);
    for (const { takes, holds } of doubting!.worstFindings.slice(0, 2)) expect(takes).toBeLessThanOrEqual(holds + 1e-3);
    expect(doubting!.cost.total).toBeGreaterThan(coefficients!.known!.cost + 1);
    expect(trusting!.coefficients).toBeNull();
    expect(trusting!.cost.total).toBeCloseTo(coefficients!.known!.cost, 1);
    const replayed = await ask('plan.replayWorst', { planId: doubting!.id });
    expect(replayed.asStored).toMatchObject({ brokenSlots: 0 });
    expect(replayed.cost.replayed).toBeCloseTo(doubting!.cost.total, 3);
  });

  it('cancels a solve under way: the solver is asked to stop, and nothing is written', async () => {
    const before = (await ask('plan.list', {})).length;
    const states: string[] = [];
    const stop = desk().core.onEvent((event) => {
      if (event.name !== 'job') return;
      states.push(`${event.payload.phase} ${event.payload.state}`);
      if (event.payload.phase === 2 && event.payload.state === 'running')
        void ask('jobs.cancel', { jobId: event.payload.id });
    });
    const { jobId } = await ask('plan.make', { ...options, protection: 3.3 });
    const ended = await desk().core.jobs.finished(jobId);
    stop();
    expect(ended).toMatchObject({ state: 'cancelled', phase: 2 });
    expect(states).toContain('2 cancelling');
    expect(states.some((state) => state.startsWith('3'))).toBe(false);
    expect(await ask('plan.list', {})).toHaveLength(before);
  });

  it('turns the chance dial: where a day may nearly always fall short, the least protection is enough', async () => {
    const { result, error } = await onFirstAggregator(desk(), async () => {
      const { jobId } = await ask('risk.dial', { ...options, protection: 2, target: 0.995 });
      return desk().core.jobs.finished(jobId);
    });
    expect(error).toBeNull();
    expect(result).toMatchObject({ verdict: 'met', scale: { kind: 'budget', most: 3 }, flat: false });
    const { points, size: least } = result as Dial;
    expect(least).toBeLessThanOrEqual(0.5);
    const sizes = points.map(({ size }) => size);
    expect(sizes).toEqual(expect.arrayContaining([0, least, 0.75, 1.5, 2.25, 3]));
    for (const { size, anyViolation } of points)
      expect(anyViolation.share <= 0.995, `protection ${size}`).toBe(size >= least);
    const costs = points.map(({ totalCost }) => totalCost);
    expect(costs.toSorted((a, b) => a - b)).toEqual(costs);
    const curves = await ask('risk.curves', { day: options.day });
    expect(curves.map(({ points: own }) => own.map(({ size }) => size))).toContainEqual(sizes);
    expect(await refusal('risk.dial', { ...options, target: 1 })).toMatchObject({ code: 'bad-request' });
  });
});
