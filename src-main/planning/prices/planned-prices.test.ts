import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayHorizon } from '../../base/horizon.ts';
import type { Response } from '../../contract/calls.ts';
import { calls } from '../../contract/calls.ts';
import { recomputedCost } from '../../verify/check-cost.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { pricesAt, worstPrices } from '../../verify/worst-prices.ts';
import { buildProblem } from '../plan/build-problem.ts';
import { exactSolve } from '../exact-solve.ts';
import { fitDay, type FittedDay } from '../sets/fit-day.ts';
import { onFirstAggregator, openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { plannedPrices, type PriceWish } from './planned-prices.ts';
import { solveV2g } from '../plan/solve-v2g.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const fit = { method: 'conformal', shape: 'level', nominal: 0.9, windowDays: 90 } as const;
const day = '2023-06-15';
let desk: DemoDesk;
let fitted: FittedDay;
beforeAll(async () => {
  desk = await openDemoDesk();
  fitted = await fitDay(desk.core.tools, { day, ...fit });
});
afterAll(() => desk.close());

const pricesOf = (wish?: PriceWish, nominal: number = fit.nominal) => {
  const { store } = desk.core.tools;
  return plannedPrices(store, store.getSite()!, fitted.horizon, { ...fit, nominal }, wish)!;
};

type Planned = Awaited<ReturnType<typeof planDay>>;
const made = new Map<string, Promise<Planned>>();
/** Each plan is made once for all tests that read it. */
function planned(wish: PriceWish): Promise<Planned> {
  const key = JSON.stringify(wish);
  const known = made.get(key) ?? planDay(wish);
  made.set(key, known);
  return known;
}

/** The demo's day without its cars, so that storage and grid do the trading; gas runs all day, for speed. */
async function planDay(wish: PriceWish) {
  const { store, solver } = desk.core.tools;
  const site = store.getSite()!;
  const prices = pricesOf(wish);
  const inputs = { site, horizon: fitted.horizon, set: fitted.record.set, ...fitted.fleet, evs: [], prices };
  const whole = buildProblem(inputs, { set: 'interval' });
  const gas = whole.gas.map((unit) => ({ ...unit, commitment: 'always-on' as const, minKw: 0 }));
  const problem = { ...whole, gas };
  const answer = await solveV2g(problem, solver, exactSolve);
  if (!('schedule' in answer)) throw new Error(answer.kind);
  return { problem, schedule: answer.schedule, told: prices.told?.(answer.schedule) };
}

describe('a day planned before its prices are published', () => {
  it('takes published prices as known, whatever protection is asked for', () => {
    const [asEver, robust] = [pricesOf(), pricesOf({ treatment: 'robust', set: 'ellipsoid', moment: 'now' })];
    expect(asEver.told).toBeNull();
    expect(robust.buyPerKwh).toEqual(asEver.buyPerKwh);
    expect(robust).not.toHaveProperty('risk');
  });

  it('forecasts the day after the last that has prices, and refuses it where only published ones will do', () => {
    const { store } = desk.core.tools;
    const site = store.getSite()!;
    const next = dayHorizon('2023-06-16', site.zone, site.slotMinutes);
    const of = (wish?: PriceWish) => plannedPrices(store, site, next, fit, wish)!;
    expect(() => of()).toThrow(/price/);
    const robust = of({ treatment: 'robust', set: 'interval', moment: 'now' });
    expect(robust.buyPerKwh).toHaveLength(96);
    expect(robust.risk!.period.slice(0, 5)).toEqual([0, 0, 0, 0, 1]);
    expect(of({ treatment: 'expected', set: 'interval', moment: 'now' })).not.toHaveProperty('risk');
  });

  it.each(['interval', 'budget', 'ellipsoid'] as const)(
    'costs exactly what the worst prices of its %s set make it cost',
    async (set) => {
      const { problem, schedule, told } = await planned({ treatment: 'robust', set, moment: 'before-auction' });
      expect(checkPlan(problem, schedule).breaches).toEqual([]);
      const worst = worstPrices(problem, schedule)!;
      const { priceRisk, ...known } = problem.grid!;
      const atWorst = recomputedCost({ ...problem, grid: { ...known, ...worst } }, schedule);
      expect(Object.values(atWorst).reduce((sum: number, item: number) => sum + item, 0)).toBeCloseTo(
        schedule.totalCost,
        3,
      );
      expect(pricesAt(problem.grid!, priceRisk!, worst.deviationPerKwh).buyPerKwh).toEqual(worst.buyPerKwh);
      expect(schedule.cost.priceRisk).toBeGreaterThan(0);
      expect(told).toMatchObject({ treatment: 'robust', known: false, set: { kind: set, nominal: 0.9 } });
      expect(told!.forecast!.rmse).toBeLessThan(told!.forecast!.naiveRmse);
      expect(told!.set!.bill!.trials).toBe(30);
      // One who says that the risk is nothing is caught.
      const lied = { ...schedule, cost: { ...schedule.cost, priceRisk: 0 } };
      expect(checkPlan(problem, lied).breaches.map(({ limit }) => limit)).toContain('cost of price risk');
    },
  );

  it('pays for its protection in the expected bill, and is worth it at the worst prices', async () => {
    const moment = 'before-auction';
    const trusting = await planned({ treatment: 'expected', set: 'interval', moment });
    const robust = await planned({ treatment: 'robust', set: 'interval', moment });
    expect(trusting.told).toMatchObject({ known: false, set: null });
    const expected = robust.schedule.totalCost - robust.schedule.cost.priceRisk!;
    expect(expected).toBeGreaterThanOrEqual(trusting.schedule.totalCost - 1e-4);
    const risk = worstPrices(robust.problem, trusting.schedule)!.risk;
    expect(risk + trusting.schedule.totalCost).toBeGreaterThan(robust.schedule.totalCost);
  });

  it('asks for more where more is to be held, and refuses a budget of more periods than the day has', async () => {
    const moment = 'before-auction';
    const wish = { treatment: 'robust', set: 'interval', moment } as const;
    const risk = (nominal: number) => pricesOf(wish, nominal).risk!.set as { halfWidths: number[] };
    risk(0.95).halfWidths.forEach((width, h) => expect(width).toBeGreaterThanOrEqual(risk(0.6).halfWidths[h]!));
    expect(() => pricesOf({ ...wish, set: 'budget', periodProtection: 25 })).toThrow(/0 to 24/);
  });

  it('tells the screens bill, risk, evidence and the worst prices', async () => {
    const options = { day, set: 'interval', protection: 8, fit, timeLimitSeconds: unhurriedSeconds };
    const prices = { treatment: 'robust', set: 'budget', periodProtection: 4, moment: 'before-auction' };
    const ask = async (name: 'plan.make' | 'plan.get', request: unknown) => {
      const reply = await desk.core.dispatch(name, request);
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.value;
    };
    const { result, error } = await onFirstAggregator(desk, async () => {
      const { jobId } = (await ask('plan.make', { ...options, prices })) as { jobId: string };
      return desk.core.jobs.finished(jobId);
    });
    expect(error).toBeNull();
    const plan = calls['plan.get'].response.parse(await ask('plan.get', result)) as Response<'plan.get'>;
    expect(plan.check.passed).toBe(true);
    expect(plan.prices!.risk).toBeGreaterThan(0);
    const moved = plan.prices!.worst!.buyPerKwh.filter((price, slot) => Math.abs(price - plan.buyPerKwh[slot]!) > 1e-9);
    expect(moved.length).toBe(4 * 4);
    expect(plan.cost.bySlot.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(plan.cost.total, 3);
    expect(plan.cost.items.map(({ key }) => key)).toContain('priceRisk');
  });
});
