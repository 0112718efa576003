import fc from 'fast-check';
import { expect, it } from 'vitest';
import { electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import type { UncertaintySet } from '../../uncertainty/day-set.ts';
import { slotsHit } from '../../uncertainty/slots-hit.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { realiseDay } from '../../verify/realise-day.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g } from './solve-v2g.ts';

const slots = 6;
const whole = (min: number, max: number) => fc.integer({ min, max });
const series = (min: number, max: number) => fc.array(whole(min, max), { minLength: slots, maxLength: slots });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

async function scheduleOf(problem: V2gProblem): Promise<V2gSchedule | null> {
  const answer = await solveV2g(problem, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
  if (answer.kind === 'infeasible') return null;
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}`);
  return answer.schedule;
}

const car = fc
  .record({
    arrival: whole(0, 4),
    stay: whole(1, 6),
    initial: whole(8, 30),
    more: whole(-20, 8),
    loss: fc.constantFrom(0, 0, 8),
  })
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
const anySet: fc.Arbitrary<UncertaintySet> = fc.oneof(
  fc
    .record({ halfWidths: series(0, 15), at: fc.double({ min: 0.5, max: 5, noNaN: true }) })
    .map(({ halfWidths, at }): UncertaintySet => ({
      kind: 'budget',
      slots,
      halfWidths,
      protection: 1,
      slotProtection: at,
    })),
  fc
    .record({ points: fc.array(series(-12, 15), { minLength: 2, maxLength: 5 }), stretch: whole(5, 15) })
    .map(({ points, stretch }): UncertaintySet => ({
      kind: 'support',
      centre: points[0]!.map((_, t) => sum(points.map((point) => point[t]!)) / points.length),
      points,
      scale: stretch / 10,
    })),
);
const anyProblem = fc
  .record({ loadKw: series(20, 60), set: anySet, cars: fc.array(car, { minLength: 1, maxLength: 5 }) })
  .map(({ loadKw, set, cars }) =>
    smallProblem(loadKw, {
      gas: [gasUnit({ maxKw: 300, costQuadraticPerKwh2: 5e-4, costSegments: 8 })],
      evs: cars.map((ev, k) => ({ ...ev, id: `car-${k + 1}` })),
      throughputPerKwh: 1e-4,
      uncertainty: {
        components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: loadKw.map(() => 15) }],
        protection: 1,
        set,
      },
    }),
  );
const inDays = (problem: V2gProblem): V2gProblem => ({ ...problem, poolAccount: 'by-car-in-days' });

/** Days of the set: its corners where they are days, else slots at their worst in a random order until the budget is spent; slots below the forecast beside them. */
function daysOf(problem: V2gProblem, order: readonly number[]): number[][] {
  const set = problem.uncertainty.set!;
  if (set.kind === 'support')
    return set.points.map((point) => point.map((kw, t) => (1 - set.scale) * set.centre[t]! + set.scale * kw));
  if (set.kind !== 'budget') throw new Error(set.kind);
  let left = set.slotProtection;
  const day = new Array<number>(slots).fill(0);
  for (const slot of order) {
    day[slot] = set.halfWidths[slot]! * Math.min(1, Math.max(0, left));
    left -= 1;
  }
  return [day];
}

it('stands every day of the set car by car, and costs no more than no recourse and without losses no less than the published account', async () => {
  const seen = { short: 0, dearer: 0, cheaper: 0 };
  const orders = fc.array(fc.shuffledSubarray([...Array(slots).keys()], { minLength: slots }), {
    minLength: 6,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(anyProblem, orders, async (published, shuffled) => {
      const problem = inDays(published);
      const schedule = await scheduleOf(problem);
      const none = await scheduleOf({ ...problem, recourse: 0 });
      if (schedule === null) return expect(none).toBeNull();
      expect(checkPlan(problem, schedule).breaches).toEqual([]);
      const account = (await scheduleOf(published))!;
      const rounding = 1e-6 * (1 + Math.abs(schedule.objective));
      // A kWh that is not charged costs the battery less than one, which the published account does not know.
      if (problem.evs.every(({ efficiency }) => efficiency === 1))
        expect(schedule.objective).toBeGreaterThanOrEqual(account.objective - rounding);
      if (none !== null) expect(schedule.objective).toBeLessThanOrEqual(none.objective + rounding);
      if (schedule.objective > account.objective + 1e-3) seen.dearer++;
      if (none !== null && schedule.objective < none.objective - 1e-3) seen.cheaper++;
      for (const deviationKw of shuffled.flatMap((order) => daysOf(problem, order))) {
        const shortOf = (of: V2gSchedule): number => {
          const zero = problem.loadKw.map(() => 0);
          const day = realiseDay(problem, of, {
            label: 'drawn',
            loadKw: problem.loadKw.map((kw, slot) => kw + deviationKw[slot]!),
            windKw: [],
            extraChargingKw: zero,
            settlement: { shortPerKwh: zero, surplusPerKwh: zero, unservedPerKwh: 5, unmetPerKwh: 5 },
          });
          return sum(day.shortKw) + day.promises.cars - day.promises.kept;
        };
        expect(shortOf(schedule)).toBeLessThanOrEqual(1e-2);
        if (shortOf(account) > 1e-2) seen.short++;
      }
    }),
    { numRuns: 60, seed: 3 },
  );
  // The days are hard enough to tell the accounts apart, and recourse is worth something.
  expect(Math.min(seen.short, seen.dearer, seen.cheaper)).toBeGreaterThan(0);
});

it('is found by the re-check when a plan of the published account is passed off as kept by car', async () => {
  const cars = [electricCar({ departureSlot: 2 }), electricCar({ id: 'stays', departureSlot: 4, requiredKwh: 20 })];
  const set: UncertaintySet = { kind: 'budget', slots: 4, halfWidths: [0, 0, 4, 8], protection: 1, slotProtection: 1 };
  const problem = smallProblem([40, 40, 40, 40], {
    gas: [gasUnit()],
    evs: cars,
    uncertainty: {
      components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [0, 0, 4, 8] }],
      protection: 1,
      set,
    },
  });
  const limits = checkPlan(inDays(problem), (await scheduleOf(problem))!).breaches.map(({ limit }) => limit);
  expect(limits).toContain('EV standby');
});

it('is exact for a budget over slots: a car with 8 kWh to spare stands by for the worst of four slots of 8', async () => {
  const set: UncertaintySet = { kind: 'budget', slots: 4, halfWidths: [8, 8, 8, 8], protection: 1, slotProtection: 1 };
  const problem = smallProblem([40, 40, 40, 40], {
    gas: [gasUnit()],
    evs: [electricCar({ departureSlot: 4, initialKwh: 28, requiredKwh: 20, chargeKw: 0 })],
    uncertainty: {
      components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: [8, 8, 8, 8] }],
      protection: 1,
      set,
    },
  });
  // Any one slot may take all of it, so all four are stood by for; with two at once half of each.
  expect((await scheduleOf(inDays(problem)))!.totalCost).toBeCloseTo(0.1 * 160, 8);
  const twice = { ...problem, uncertainty: { ...problem.uncertainty, set: { ...set, slotProtection: 2 } } };
  expect((await scheduleOf(inDays(twice)))!.totalCost).toBeCloseTo(0.1 * (160 + 4 * 4), 8);
});

it('no day of a set hits more slots than are said, and a hull hits as many', () => {
  const points = fc.array(series(-9, 9), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(
      points,
      series(0, 4),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (days, spread, weights) => {
        const centre = days[0]!.map((_, t) => sum(days.map((day) => day[t]!)) / days.length);
        const one = new Array<number>(slots).fill(0);
        const hit = (set: UncertaintySet, day: readonly number[]): [number, number] => {
          const worst = one.map((_, slot) => Math.max(0, setWorstCase(set, one.with(slot, 1))));
          const asked = sum(day.map((kw, t) => (worst[t]! > 0 ? Math.max(0, kw) / worst[t]! : 0)));
          return [asked, slotsHit(set, worst, 0, slots)];
        };
        const hull: UncertaintySet = { kind: 'scenarios', centre, points: days, scale: 1 };
        const hits = days.map((day) => hit(hull, day));
        expect(Math.max(...hits.map(([asked]) => asked))).toBeCloseTo(hits[0]![1], 9);
        const factors = days.map((day) => day.map((kw) => kw / 3));
        const unit = weights.slice(0, factors.length).map((w) => 2 * w - 1);
        const along = centre.map((kw, t) => kw + sum(unit.map((z, k) => z * factors[k]![t]!)));
        const factor: UncertaintySet = { kind: 'factor', centre, factors, budget: 5, rest: spread, scale: 1 };
        const [byFactor, mostByFactor] = hit(
          factor,
          along.map((kw, t) => kw + spread[t]!),
        );
        expect(byFactor).toBeLessThanOrEqual(mostByFactor + 1e-9);
        const length = Math.max(1, Math.hypot(...unit));
        const ellipsoid: UncertaintySet = { kind: 'ellipsoid', centre, factors, spread, radius: 1 };
        const inBall = centre.map((kw, t) => kw + sum(unit.map((z, k) => (z / length) * factors[k]![t]!)));
        const [byBall, mostByBall] = hit(ellipsoid, inBall);
        expect(byBall).toBeLessThanOrEqual(mostByBall + 1e-9);
        const ball: UncertaintySet = { kind: 'wasserstein', points: days, risk: 0.5, radius: 2 };
        const half = Math.max(1, Math.floor(days.length / 2));
        const mean = centre.map((_, t) => sum(days.slice(0, half).map((day) => day[t]!)) / half + (t === 0 ? 4 : 0));
        if (2 * half >= days.length) {
          const [byTail, mostByTail] = hit(ball, mean);
          expect(byTail).toBeLessThanOrEqual(mostByTail + 1e-9);
        }
      },
    ),
    { numRuns: 200, seed: 4 },
  );
});
