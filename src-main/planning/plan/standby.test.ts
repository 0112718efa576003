import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildV2g } from '../../models/v2g/build-v2g.ts';
import { battery, electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { ObjectiveKind, Objectives } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { optimum, testSolver } from '../../robust/fixtures/test-solver.ts';
import type { Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveObjectives } from '../objectives/solve-objectives.ts';
import { solveV2g, sweepV2g } from './solve-v2g.ts';

/** Names of what the solver is given, in order. */
function listening(): { solver: Solver; names: string[]; rows: number[] } {
  const names: string[] = [];
  const rows: number[] = [];
  const solver: Solver = {
    ...testSolver,
    version: testSolver.version,
    solve: (program, options) => {
      names.push(program.name);
      rows.push(program.rowCount);
      return testSolver.solve(program, options);
    },
    solveSequence: (...sequence) => testSolver.solveSequence(...sequence),
  };
  return { solver, names, rows };
}
const options = { ...exactSolve, explainInfeasibility: 'no' as const };

const slots = 7;
const whole = (min: number, max: number) => fc.integer({ min, max });
const series = (min: number, max: number) => fc.array(whole(min, max), { minLength: slots, maxLength: slots });
const car = fc
  .record({
    aggregator: whole(0, 1),
    arrival: whole(0, 4),
    stay: whole(1, 7),
    initial: whole(8, 20),
    more: whole(-12, 6),
    room: whole(0, 12),
    loss: whole(0, 15),
  })
  .map(({ aggregator, arrival, stay, initial, more, room, loss }) => {
    const requiredKwh = Math.max(5, initial + more);
    return electricCar({
      aggregator,
      arrivalSlot: arrival,
      departureSlot: arrival + stay,
      initialKwh: initial,
      minKwh: 5,
      requiredKwh,
      maxKwh: Math.max(initial, requiredKwh) + room,
      efficiency: 1 - loss / 100,
    });
  });
/** Prices that swing, so that cars go to and fro on the worst day, and batteries that are soon full. */
const anyProblem = fc
  .record({
    loadKw: series(10, 60),
    widths: series(0, 30),
    prices: series(1, 9),
    cars: fc.array(car, { minLength: 1, maxLength: 6 }),
    limits: fc.option(fc.array(fc.option(whole(0, 25)), { minLength: slots, maxLength: slots })),
  })
  .map(({ loadKw, widths, prices, cars, limits }): V2gProblem => {
    const buyPerKwh = prices.map((price) => price / 20);
    return smallProblem(loadKw, {
      gas: [gasUnit({ maxKw: 30, costQuadraticPerKwh2: 1e-3, costSegments: 4 })],
      storage: [battery({ maxKwh: 10, initialKwh: 5, chargeKw: 3, dischargeKw: 3, degradationPerKwh: 0.01 })],
      grid: { importLimitKw: 200, exportLimitKw: 40, buyPerKwh, sellPerKwh: buyPerKwh.map((price) => price * 0.9) },
      aggregators: [
        { id: 'a', name: 'A', ...(limits ? { dischargeLimitKwAt: limits } : {}) },
        { id: 'b', name: 'B' },
      ],
      evs: cars.map((ev, k) => ({ ...ev, id: `car-${k + 1}` })),
      throughputPerKwh: 0.001,
      dischargePerKwh: 0.02,
      unmetPerKwh: 4,
      uncertainty: {
        components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: widths }],
        protection: 1,
      },
      poolAccount: 'by-car',
    });
  });

it('finds the optimum of the rows of every car, whoever has to settle what stands by', async () => {
  const seen = { split: 0, settled: 0, ownRows: 0 };
  await fc.assert(
    fc.asyncProperty(anyProblem, async (problem) => {
      const every = buildV2g(problem);
      const expected = (await optimum(every.program)).objective;
      const { solver, names, rows } = listening();
      const answer = await solveV2g(problem, solver, options);
      if (!('schedule' in answer)) throw new Error(answer.kind);
      expect(answer.schedule.objective).toBeCloseTo(expected, 6);
      expect(answer.schedule.objective - answer.bound).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected)));
      expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
      expect(rows[0]).toBeLessThanOrEqual(every.program.rowCount);
      if (names.some((name) => name.endsWith('who stands by'))) seen.split++;
      if (names.some((name) => name.includes('standby of'))) seen.settled++;
      if (names.filter((name) => name === problem.name).length > 1) seen.ownRows++;
    }),
    { numRuns: 120, seed: 5 },
  );
  expect(Math.min(seen.split, seen.settled, seen.ownRows)).toBeGreaterThan(0);
  expect(seen.settled).toBeLessThan(seen.split);
});

it('sweeps to the optima of single solves', async () => {
  await fc.assert(
    fc.asyncProperty(anyProblem, async (problem) => {
      for (const { protection, answer } of await sweepV2g(problem, [0, 0.5, 1], testSolver, options)) {
        if (!('schedule' in answer)) throw new Error(answer.kind);
        const at = { ...problem, uncertainty: { ...problem.uncertainty, protection } };
        expect(answer.schedule.objective).toBeCloseTo((await optimum(buildV2g(at).program)).objective, 6);
        expect(checkPlan(at, answer.schedule).breaches).toEqual([]);
      }
    }),
    { numRuns: 15, seed: 8 },
  );
});

it('is as good in objectives that see no plan as the rows of every car', async () => {
  let sharing = 0;
  await fc.assert(
    fc.asyncProperty(anyProblem, async (problem) => {
      const { solver, rows } = listening();
      const order: Objectives = { rule: 'lexicographic', order: [{ objective: 'generation', tolerance: 0 }] };
      const answer = await solveObjectives({ ...problem, objectives: order }, solver, options);
      if (!('schedule' in answer)) throw new Error(answer.kind);
      const { steps, unmetAtMost } = answer.schedule.objectives!;
      const over: ObjectiveKind[] = ['generation'];
      const limits = { over, keep: [], ...(unmetAtMost === undefined ? {} : { unmetAtMost }) };
      const alone = buildV2g({ ...problem, goal: { ...limits, minimise: [{ objective: 'generation', per: 1 }] } });
      const least = (await optimum(alone.program)).objective;
      expect(steps[0]!.reached).toBeCloseTo(least, 5);
      const kept = [{ objective: 'generation' as const, value: steps[0]!.kept! }];
      const then = buildV2g({ ...problem, goal: { ...limits, keep: kept, minimise: [{ objective: 'cost', per: 1 }] } });
      expect(answer.schedule.objective).toBeCloseTo((await optimum(then.program)).objective, 4);
      expect(checkPlan({ ...problem, objectives: order }, answer.schedule).breaches).toEqual([]);
      if (rows[0]! < alone.program.rowCount) sharing++;
    }),
    { numRuns: 25, seed: 9 },
  );
  expect(sharing).toBeGreaterThan(0);
});
