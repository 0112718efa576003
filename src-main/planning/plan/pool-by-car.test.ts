import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { Ev, V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { realiseDay } from '../../verify/realise-day.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from './solve-v2g.ts';

const solve = (problem: V2gProblem) => solveV2g(problem, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
async function scheduleOf(problem: V2gProblem): Promise<V2gSchedule> {
  const answer = await solve(problem);
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}`);
  return answer.schedule;
}

const deviating = (loadKw: number[], halfWidthKw: number[], evs: Ev[]): V2gProblem =>
  smallProblem(loadKw, {
    gas: [gasUnit({ maxKw: 400, costQuadraticPerKwh2: 5e-4, costSegments: 8 })],
    evs,
    throughputPerKwh: 1e-4,
    uncertainty: { components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw }], protection: 1 },
  });
const byCar = (problem: V2gProblem): V2gProblem => ({ ...problem, poolAccount: 'by-car' });

/** The day on which the load is the given share of the worst deviation above what was expected. */
function realised(problem: V2gProblem, schedule: V2gSchedule, shareOfWorst: readonly number[]) {
  const none = problem.loadKw.map(() => 0);
  return realiseDay(problem, schedule, {
    label: 'drawn',
    loadKw: problem.loadKw.map((kw, slot) => kw + shareOfWorst[slot]! * schedule.worstDeviationKw[slot]!),
    windKw: [],
    extraChargingKw: none,
    settlement: { shortPerKwh: none, surplusPerKwh: none, unservedPerKwh: 5, unmetPerKwh: 5 },
  });
}
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('a car that leaves with energy to spare before the deviation comes', () => {
  const problem = deviating(
    [40, 40, 40, 40],
    [0, 0, 0, 8],
    [
      electricCar({ id: 'leaves', departureSlot: 2 }),
      electricCar({ id: 'stays', departureSlot: 4, initialKwh: 20, requiredKwh: 20 }),
    ],
  );
  it('is counted on by the published account, and the day falls short', async () => {
    const schedule = await scheduleOf(problem);
    expect(schedule.evShare[3]).toBeCloseTo(1, 6);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    expect(realised(problem, schedule, [0, 0, 0, 1]).shortKw[3]).toBeCloseTo(8, 6);
  });
  it('is not where the account is kept by car, and the day does not', async () => {
    const schedule = await scheduleOf(byCar(problem));
    expect(checkPlan(byCar(problem), schedule).breaches).toEqual([]);
    const day = realised(problem, schedule, [0, 0, 0, 1]);
    expect(sum(day.shortKw)).toBe(0);
    expect(day.promises).toEqual({ cars: 2, kept: 2 });
  });
  it('is found by the re-check when a plan of the other account is passed off as kept by car', async () => {
    const limits = checkPlan(byCar(problem), await scheduleOf(problem)).breaches.map(({ limit }) => limit);
    expect(limits).toContain('EV standby');
  });
  it('is found by the re-check in the books of a car', async () => {
    const schedule = await scheduleOf(byCar(problem));
    const stays = schedule.evs[1]!;
    stays.standbyKw = [0, 0, 0, 8];
    stays.chargeKw = [0, 0, 0, 0];
    stays.energyKwh = [20, 20, 20, 20];
    schedule.evs[0]!.standbyKw = [0, 0, 0, 0];
    schedule.evShare = [0, 0, 0, 1];
    const { breaches } = checkPlan(byCar(problem), schedule);
    expect(breaches.find(({ limit }) => limit === 'EV standby')).toMatchObject({ slot: 3, unit: 'kWh' });
  });
});

it('does not let a visitor of a quiet slot stand in before and after it', async () => {
  // Every window of slots has energy enough in the cars seen in it; slots 0 and 2 together have 1 kWh for 2.
  const cars = [
    electricCar({ id: 'all day', departureSlot: 3, initialKwh: 21, requiredKwh: 20, chargeKw: 0 }),
    electricCar({ id: 'visitor', arrivalSlot: 1, departureSlot: 2, initialKwh: 25, requiredKwh: 20, chargeKw: 0 }),
  ];
  const problem: V2gProblem = { ...deviating([40, 40, 40], [1, 1, 1], cars), recourse: 1 };
  expect((await solve(problem)).kind).toBe('optimal');
  expect((await solve(byCar(problem))).kind).toBe('infeasible');
  const half = { ...byCar(problem), recourse: 0.5 };
  expect(checkPlan(half, await scheduleOf(half)).breaches).toEqual([]);
});

const slots = 6;
const whole = (min: number, max: number) => fc.integer({ min, max });
const car = fc
  .record({ arrival: whole(0, 4), stay: whole(1, 5), initial: whole(8, 36), more: whole(-20, 8), loss: whole(0, 15) })
  .map(({ arrival, stay, initial, more, loss }) =>
    electricCar({
      arrivalSlot: arrival,
      departureSlot: arrival + stay,
      initialKwh: initial,
      minKwh: 5,
      requiredKwh: Math.min(40, Math.max(5, initial + more)),
      efficiency: 1 - loss / 100,
    }),
  );
const series = (min: number, max: number) => fc.array(whole(min, max), { minLength: slots, maxLength: slots });
const anyProblem = fc
  .record({ loadKw: series(20, 90), widths: series(0, 15), cars: fc.array(car, { minLength: 1, maxLength: 5 }) })
  .map(({ loadKw, widths, cars }) =>
    deviating(
      loadKw,
      widths,
      cars.map((ev, k) => ({ ...ev, id: `car-${k + 1}` })),
    ),
  );
const part = fc.oneof(fc.constant(1), fc.double({ min: -0.5, max: 1, noNaN: true }));
const anyDay = fc.array(part, { minLength: slots, maxLength: slots });

it('stands every day of the set car by car, and costs no less than the published account and no more than no recourse', async () => {
  let short = 0;
  let absorbed = 0;
  let dearer = 0;
  await fc.assert(
    fc.asyncProperty(anyProblem, fc.array(anyDay, { minLength: 10, maxLength: 10 }), async (problem, days) => {
      const answer = await solve(byCar(problem));
      if (answer.kind === 'infeasible')
        return expect((await solve({ ...problem, recourse: 0 })).kind).toBe('infeasible');
      const schedule = await scheduleOf(byCar(problem));
      expect(checkPlan(byCar(problem), schedule).breaches).toEqual([]);
      const published = await scheduleOf(problem);
      const none = await scheduleOf({ ...byCar(problem), recourse: 0 });
      const rounding = 1e-6 * (1 + Math.abs(schedule.objective));
      expect(schedule.objective).toBeGreaterThanOrEqual(published.objective - rounding);
      expect(schedule.objective).toBeLessThanOrEqual(none.objective + rounding);
      if (schedule.objective > published.objective + 1e-3) dearer++;
      absorbed += sum(schedule.evShare.map((share, slot) => share * schedule.worstDeviationKw[slot]!));
      for (const shareOfWorst of [new Array<number>(slots).fill(1), ...days]) {
        const day = realised(problem, schedule, shareOfWorst);
        expect(sum(day.shortKw)).toBeLessThanOrEqual(1e-2);
        expect(day.promises.kept).toBe(day.promises.cars);
        if (sum(realised(problem, published, shareOfWorst).shortKw) > 1e-2) short++;
      }
    }),
    { numRuns: 40, seed: 11 },
  );
  // The days are hard enough to tell the accounts apart, and the cars do take a part.
  expect(short).toBeGreaterThan(0);
  expect(dearer).toBeGreaterThan(0);
  expect(absorbed).toBeGreaterThan(10);
});
