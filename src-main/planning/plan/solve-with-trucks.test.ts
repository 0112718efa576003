import { describe, expect, it } from 'vitest';
import type { RentedStay } from '../../models/v2g/mobile.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { StaySchedule, TruckSchedule, V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { CancelSource } from '../../base/cancel.ts';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import { coarseDay } from '../../models/v2g/coarse-day.ts';
import type { Solver } from '../../solver/solver.ts';
import { handMadeProblem } from '../../verify/fixtures/hand-made.ts';
import { replayDay } from '../../verify/replay-day.ts';
import { worstPlanDay } from '../../verify/worst-plan-day.ts';
import { exactSolve } from '../exact-solve.ts';
import { costBySlot } from './cost-by-slot.ts';
import { smallFleet } from '../fixtures/small-fleet.ts';
import { routeGap, solveDay } from './solve-day.ts';
import { solveV2g } from './solve-v2g.ts';

const spinning = (problem: V2gProblem): V2gProblem => ({
  ...problem,
  reserve: { shareOfLoad: 0.3, counts: 'spinning' },
});

async function solved(problem: V2gProblem): Promise<V2gSchedule> {
  const answer = await solveV2g(problem, testSolver, exactSolve);
  if (answer.kind !== 'optimal') throw new Error(JSON.stringify(answer));
  return answer.schedule;
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

describe('a day with trucks of one’s own', () => {
  const problem: V2gProblem = { ...spinning(handMadeProblem()), trucks: smallFleet() };
  let answer: Promise<V2gSchedule> | null = null;
  /** The best plan, found once for all tests that only read it. */
  const best = (): Promise<V2gSchedule> => (answer ??= solved(problem));

  it('passes the re-check, uses the trucks, and stands its worst day', async () => {
    const schedule = await best();
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    expect(sum(schedule.trucks!.flatMap(({ dischargeKw }) => dischargeKw))).toBeGreaterThan(10);
    expect(sum(costBySlot(problem, schedule))).toBeCloseTo(schedule.totalCost, 6);
    const worst = worstPlanDay(problem, schedule)!;
    expect(worst.takes).toBeLessThanOrEqual(worst.holds + 1e-3);
    const replayed = replayDay(problem, schedule, { label: 'worst', deviationKw: worst.deviationKw });
    expect(replayed.violatedSlots).toEqual([]);
  });

  it('costs no more than without them', async () => {
    const { trucks: _, ...bare } = problem;
    const [withTrucks, without] = await Promise.all([best(), solved(bare)]);
    expect(withTrucks.totalCost).toBeLessThan(without.totalCost);
  });

  it('is planned for operation within the gap it says of the best', async () => {
    const [exact, planned] = await Promise.all([best(), solveDay(problem, testSolver, exactSolve)]);
    if (!('schedule' in planned)) throw new Error(planned.kind);
    expect(checkPlan(problem, planned.schedule).breaches).toEqual([]);
    expect(planned.bound).toBeLessThanOrEqual(exact.objective + 1e-6);
    expect(planned.schedule.objective).toBeGreaterThanOrEqual(exact.objective - 1e-6);
    expect(planned.gap).toBeLessThanOrEqual(routeGap + 1e-9);
    expect(planned.schedule.objective * (1 - planned.gap)).toBeCloseTo(planned.bound, 6);
  });

  it('takes the routes of the whole search where the day in steps had no time, and says so where nothing had', async () => {
    const statistics = { solver: 'none', seconds: 1, iterations: 0, nodes: 0 };
    const late = { kind: 'failed', problem: 'time ran out before a first solution', statistics } as const;
    const inSteps = buildV2g(coarseDay(problem)).program.columnCount;
    const without = (isLate: (columns: number) => boolean): Solver => ({
      ...testSolver,
      solve: (program, options) =>
        isLate(program.columnCount) ? Promise.resolve(late) : testSolver.solve(program, options),
    });
    const planned = await solveDay(
      problem,
      without((columns) => columns === inSteps),
      exactSolve,
    );
    if (!('schedule' in planned)) throw new Error(planned.kind);
    expect(checkPlan(problem, planned.schedule).breaches).toEqual([]);
    expect(planned.gap).toBeLessThanOrEqual(routeGap + 1e-9);
    expect(planned.bound).toBeLessThanOrEqual((await best()).objective + 1e-6);
    const nothing = await solveDay(
      problem,
      without(() => true),
      exactSolve,
    );
    expect(nothing).toEqual({ kind: 'failed', problem: late.problem });
    // A search that only a wish to stop ends.
    const operator = new CancelSource();
    const endless: Solver = {
      ...testSolver,
      solve: ({ columnCount }, { signal }) =>
        columnCount === inSteps
          ? Promise.resolve(late)
          : new Promise((resolve) => signal?.onCancel(() => resolve({ kind: 'cancelled', statistics }))),
    };
    const stopped = solveDay(problem, endless, { ...exactSolve, signal: operator });
    operator.cancel();
    expect(await stopped).toEqual({ kind: 'cancelled' });
  });

  it('finds every planted breach', async () => {
    const schedule = await best();
    const at = schedule.trucks![0]!.placeBySlot.indexOf(1);
    const change = (edit: (one: TruckSchedule, all: TruckSchedule[]) => void): string[] => {
      const altered = structuredClone(schedule);
      edit(altered.trucks![0]!, altered.trucks!);
      return checkPlan(problem, altered).breaches.map(({ limit }) => limit);
    };
    expect(at).toBeGreaterThan(0);
    expect(change((one) => (one.chargeKw[0] = 5))).toContain('truck charge power');
    expect(change((one) => (one.dischargeKw[at] = 41))).toContain('truck discharge power');
    expect(change((one) => (one.energyKwh[at]! += 1))).toContain('truck energy balance');
    expect(change((one) => one.energyKwh.fill(61))).toContain('truck maximum energy');
    expect(change((one) => one.energyKwh.fill(4))).toContain('truck minimum energy');
    expect(change((one) => one.energyKwh.fill(4, 5))).toContain('truck final energy');
    expect(change((one) => (one.dischargeKw[at]! += 2))).toContain('power balance');
    expect(change((one) => (one.travelCost += 1))).toEqual(expect.arrayContaining(['truck travel', 'total cost']));
    expect(change((one) => (one.standingCost += 1))).toContain('truck standing');
    expect(change((one) => one.legs.pop())).toContain('truck route');
    expect(change((one) => (one.placeBySlot[0] = 1))).toContain('truck route');
    expect(
      change((_, all) => {
        for (const one of all) [one.placeBySlot[at], one.dischargeKw[at], one.chargeKw[at]] = [1, 40, 0];
      }),
    ).toContain('station power');
    const narrow = structuredClone(problem);
    narrow.trucks!.places.forEach((one) => (one.truckCapacity = 0));
    expect(checkPlan(narrow, schedule).breaches.map(({ limit }) => limit)).toContain('station places');
    const { trucks: _, ...without } = schedule;
    expect(checkPlan(problem, without).breaches.map(({ limit }) => limit)).toContain('completeness');
  });
});

describe('a day with stays of rented trucks', () => {
  const stay = (own: Partial<RentedStay> = {}): RentedStay => ({
    id: 'a@1',
    name: 'Truck a at the square',
    from: 1,
    until: 5,
    minKwh: 5,
    maxKwh: 60,
    arrivingKwh: 55,
    leavingKwh: 20,
    powerKw: 40,
    chargeEfficiency: 0.9,
    dischargeEfficiency: 0.95,
    rentPerKwh: [9, 0.05, 0.05, 0.01, 0.05, 9],
    ...own,
  });
  const withStay = (own: Partial<RentedStay> = {}): V2gProblem => ({
    ...spinning(handMadeProblem()),
    stays: [stay(own)],
  });

  it('uses the truck within the stay, hands it over as agreed, and pays the rent', async () => {
    const problem = withStay();
    const schedule = await solved(problem);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
    const [own] = schedule.stays as [StaySchedule];
    expect(own.energyKwh[4]).toBeCloseTo(20, 6);
    const kwh = own.chargeKw.map((kw, slot) => 0.5 * (kw + own.dischargeKw[slot]!));
    expect(schedule.cost.truckRent).toBeCloseTo(sum(kwh.map((energy, slot) => energy * stay().rentPerKwh[slot]!)), 9);
    expect(sum(costBySlot(problem, schedule))).toBeCloseTo(schedule.totalCost, 6);
  });

  it('takes what was given as it was given, at no less cost', async () => {
    // 35 kWh less: (20 + 20 + 26.5) kW for half an hour each, over 0.95.
    const problem = withStay({ pinnedKw: [null, 20, 20, 0, 26.5, null] });
    const [given, free] = await Promise.all([solved(problem), solved(withStay())]);
    expect(checkPlan(problem, given).breaches).toEqual([]);
    expect(given.stays![0]!.dischargeKw).toEqual([0, 20, 20, 0, 26.5, 0]);
    expect(given.totalCost).toBeGreaterThanOrEqual(free.totalCost - 1e-6);
  });

  it('finds every planted breach', async () => {
    const problem = withStay({ pinnedKw: [null, 20, 20, 0, 26.5, null] });
    const schedule = await solved(problem);
    const change = (edit: (one: StaySchedule) => void): string[] => {
      const altered = structuredClone(schedule);
      edit(altered.stays![0]!);
      return checkPlan(problem, altered).breaches.map(({ limit }) => limit);
    };
    expect(change((one) => (one.dischargeKw[0] = 1))).toContain('rented truck power');
    expect(change((one) => (one.dischargeKw[1] = 21))).toContain('rented truck power given');
    expect(change((one) => (one.energyKwh[2]! += 1))).toContain('rented truck energy balance');
    expect(change((one) => one.energyKwh.fill(4))).toContain('rented truck minimum energy');
    expect(change((one) => one.energyKwh.fill(70))).toContain('rented truck maximum energy');
    expect(change((one) => (one.energyKwh[4]! += 1))).toContain('rented truck energy agreed');
    expect(change((one) => (one.chargeKw[2] = 1))).toContain('rented truck one direction');
    expect(change((one) => (one.dischargeKw[3] = 1))).toContain('cost of truck rent');
  });
});
