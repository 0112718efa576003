import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { checkRealisedDay } from './check-realised-day.ts';
import { handMadeProblem, handMadeSchedule } from './fixtures/hand-made.ts';
import type { RealDay, RealisedDay } from './realised-day.ts';
import { realiseDay } from './realise-day.ts';
import { replayDay } from './replay-day.ts';

const problem = handMadeProblem();
const schedule = handMadeSchedule();

/** The day as it was expected, at real-time prices a tenth worse than those of the day ahead. */
function expectedDay(changes: Partial<RealDay> = {}, of: V2gProblem = problem): RealDay {
  return {
    label: '2024-01-01',
    loadKw: [...of.loadKw],
    windKw: of.wind.map((park) => [...park.availableKw]),
    extraChargingKw: of.loadKw.map(() => 0),
    settlement: {
      shortPerKwh: of.loadKw.map((_, slot) => (of.grid?.buyPerKwh[slot] ?? 0) / 0.95 + 0.1),
      surplusPerKwh: of.loadKw.map((_, slot) => (of.grid?.sellPerKwh[slot] ?? 0) - 0.1),
      unservedPerKwh: 5,
      unmetPerKwh: 5,
    },
    ...changes,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const kw = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const slotsOf = (most: number) => fc.array(kw(most), { minLength: 6, maxLength: 6 });
const anyDay = fc.record({ load: slotsOf(500), wind: slotsOf(130), cars: slotsOf(90) }).map(({ load, wind, cars }) =>
  expectedDay({
    loadKw: problem.loadKw.map((expected, slot) => expected + load[slot]!),
    windKw: [problem.wind[0]!.availableKw.map((expected, slot) => Math.max(0, expected + wind[slot]!))],
    extraChargingKw: cars,
  }),
);
const islanded: V2gProblem = { ...problem, grid: null };
const islandedSchedule: V2gSchedule = { ...schedule, grid: null };

describe('realiseDay', () => {
  it('carries out the plan as it stands on the day that was expected, and gets rid of what was kept for the worst', () => {
    const day = realiseDay(problem, schedule, expectedDay());
    day.evs.forEach(({ chargeKw, dischargeKw }, i) =>
      chargeKw.forEach((charge, slot) => {
        const planned = schedule.evs[i]!;
        expect(charge - dischargeKw[slot]!).toBeCloseTo(planned.chargeKw[slot]! - planned.dischargeKw[slot]!, 6);
      }),
    );
    expect(sum(day.shortKw)).toBe(0);
    const keptKw = schedule.worstDeviationKw.map((worst, slot) => (1 - schedule.evShare[slot]!) * worst);
    const over = day.soldKw.map(
      (sold, slot) => sold + 0.95 * (schedule.wind[0]!.outputKw[slot]! - day.windKw[0]![slot]!),
    );
    over.forEach((each, slot) => expect(each + day.spilledKw[slot]!).toBeCloseTo(keptKw[slot]!, 6));
    // The first group was planned 4 kWh short, so its ten cars do not have what was promised.
    expect(day.promises).toEqual({ cars: 15, kept: 5 });
  });

  it('keeps every balance and limit on any day, with a connection and without', () => {
    fc.assert(
      fc.property(anyDay, (real) => {
        expect(checkRealisedDay(problem, schedule, real, realiseDay(problem, schedule, real))).toMatchObject({
          breaches: [],
        });
        const alone = realiseDay(islanded, islandedSchedule, real);
        expect(checkRealisedDay(islanded, islandedSchedule, real, alone)).toMatchObject({ breaches: [] });
        expect(sum(alone.boughtKw) + sum(alone.soldKw)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it('costs no less where real time is dearer, and is no less short', () => {
    fc.assert(
      fc.property(anyDay, fc.double({ min: 0, max: 2, noNaN: true }), (real, extra) => {
        const dearer = { ...real.settlement, shortPerKwh: real.settlement.shortPerKwh.map((price) => price + extra) };
        const plain = realiseDay(problem, schedule, real);
        const dear = realiseDay(problem, schedule, { ...real, settlement: dearer });
        expect(dear.totalCost).toBeGreaterThanOrEqual(plain.totalCost - 1e-9);
        expect(dear.shortKw).toEqual(plain.shortKw);
      }),
    );
  });

  it('is short where the replay of the plan says supply is, when cars have nothing to do with it', () => {
    const fixed: V2gSchedule = { ...schedule, evShare: schedule.evShare.map(() => 0) };
    const windless: V2gProblem = { ...problem, wind: [] };
    fc.assert(
      fc.property(slotsOf(300), (load) => {
        const noWind: V2gSchedule = { ...fixed, wind: [] };
        const real = expectedDay({ loadKw: problem.loadKw.map((of, slot) => of + load[slot]!), windKw: [] }, windless);
        const day = realiseDay(windless, noWind, real);
        const deviationKw = [load.map(() => 0), load.map(() => 0), load];
        const replayed = replayDay(windless, noWind, { label: 'same', deviationKw });
        expect([...day.shortKw.keys()].filter((slot) => day.shortKw[slot]! > 0)).toEqual(replayed.violatedSlots);
        expect(sum(day.shortKw) * 0.5).toBeCloseTo(replayed.unservedKwh, 6);
      }),
    );
  });

  it('buys before it asks cars for more than their share, and asks cars before load goes without', () => {
    const hard = expectedDay({ loadKw: problem.loadKw.map((of, slot) => (slot === 2 ? of + 2000 : of)) });
    const day = realiseDay(problem, schedule, hard);
    const room = 0.95 * (400 - schedule.grid!.importKw[2]!) + schedule.grid!.exportKw[2]!;
    expect(day.boughtKw[2]).toBeCloseTo(room, 6);
    expect(day.askedOfCarsKw[2]).toBeGreaterThan(0);
    expect(day.unservedKw[2]).toBeGreaterThan(0);
    expect(day.shortKw[2]).toBeCloseTo(day.boughtKw[2]! + day.askedOfCarsKw[2]! + day.unservedKw[2]!, 6);
    expect(day.promises.kept).toBe(0);
    expect(day.cost.unserved).toBeCloseTo(day.unservedKw[2]! * 0.5 * 5, 6);
    const mild = realiseDay(problem, schedule, expectedDay({ loadKw: problem.loadKw.map((of) => of + 120) }));
    expect(sum(mild.shortKw)).toBeGreaterThan(0);
    expect(sum(mild.askedOfCarsKw) + sum(mild.unservedKw)).toBe(0);
  });

  it('charges cars that nobody coordinates as they please', () => {
    const free: V2gProblem = { ...problem, charging: 'uncoordinated', recourse: 0 };
    const idle = schedule.evs.map((ev) => ({
      ...ev,
      chargeKw: ev.chargeKw.map(() => 0),
      dischargeKw: ev.chargeKw.map(() => 0),
    }));
    const plan: V2gSchedule = { ...schedule, evs: idle, evShare: schedule.evShare.map(() => 0) };
    const day = realiseDay(free, plan, expectedDay());
    expect(checkRealisedDay(free, plan, expectedDay(), day)).toMatchObject({ breaches: [] });
    expect(day.promises).toEqual({ cars: 15, kept: 15 });
  });

  it('refuses a day of other slots', () => {
    expect(() => realiseDay(problem, schedule, expectedDay({ loadKw: [1] }))).toThrow(/6 slots/);
  });
});

describe('checkRealisedDay', () => {
  const real = expectedDay({ loadKw: problem.loadKw.map((of, slot) => of + (slot % 2 ? 150 : -80)) });
  const limitsAfter = (change: (day: RealisedDay) => void): string[] => {
    const day = realiseDay(problem, schedule, real);
    change(day);
    return [...new Set(checkRealisedDay(problem, schedule, real, day).breaches.map(({ limit }) => limit))];
  };

  it('finds every kind of mistake', () => {
    expect(limitsAfter(() => undefined)).toEqual([]);
    expect(limitsAfter((day) => (day.unservedKw[3]! += 5))).toContain('energy balance');
    expect(limitsAfter((day) => (day.windKw[0]![1] = 500))).toContain('wind available');
    expect(limitsAfter((day) => (day.boughtKw[1]! += 900))).toContain('connection');
    expect(limitsAfter((day) => (day.evs[0]!.energyKwh[2]! += 3))).toEqual(['EV energy']);
    expect(limitsAfter((day) => (day.evs[1]!.chargeKw[0]! = 4))).toContain('EV power');
    expect(limitsAfter((day) => (day.evs[0]!.unmetKwh -= 30))).toEqual(['EV departure']);
    expect(limitsAfter((day) => (day.cost.balancingPurchase += 1))).toEqual(['money']);
    expect(limitsAfter((day) => (day.totalCost -= 1))).toEqual(['money']);
  });
});
