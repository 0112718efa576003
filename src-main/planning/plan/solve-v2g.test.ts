import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { zhou2017Problem } from '../../models/v2g/case-zhou2017.ts';
import { findSimultaneous } from '../../models/v2g/exclusive.ts';
import { battery, electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import type { Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveV2g, sweepV2g, type PlannedAnswer, type V2gAnswer } from './solve-v2g.ts';

const solve = (problem: V2gProblem, options = exactSolve) => solveV2g(problem, testSolver, options);
const sweep = (problem: V2gProblem, protections: number[]) => sweepV2g(problem, protections, testSolver, exactSolve);
function planned(answer: V2gAnswer): PlannedAnswer {
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}: ${'why' in answer ? answer.why : ''}`);
  return answer;
}
const at = (problem: V2gProblem, protection: number): V2gProblem => ({
  ...problem,
  uncertainty: { ...problem.uncertainty, protection },
});

/** Half an hour per slot; prices of either sign, must-run and committed units, cars with losses: what tempts a program to cheat. */
const slots = 6;
const whole = (min: number, max: number) => fc.integer({ min, max });
const series = (min: number, max: number) => fc.array(whole(min, max), { minLength: slots, maxLength: slots });
const price = fc.array(
  whole(-20, 40).map((cents) => cents / 100),
  { minLength: slots, maxLength: slots },
);
const car = fc
  .record({
    arrival: whole(0, 3),
    stay: whole(1, 5),
    initial: whole(5, 30),
    required: whole(0, 40),
    efficiency: whole(80, 100),
  })
  .map(({ arrival, stay, initial, required, efficiency }) =>
    electricCar({
      arrivalSlot: arrival,
      departureSlot: arrival + stay,
      initialKwh: initial,
      minKwh: 5,
      requiredKwh: required,
      efficiency: efficiency / 100,
    }),
  );
const anyProblem: fc.Arbitrary<V2gProblem> = fc
  .record({
    loadKw: series(20, 80),
    buyPerKwh: price,
    sellPerKwh: price,
    minKw: whole(0, 60),
    committed: fc.boolean(),
    minimumUpHours: fc.constantFrom(0, 1, 1.5),
    cars: fc.array(car, { maxLength: 3 }),
    stored: whole(0, 50),
    losses: whole(0, 10),
    widths: fc.array(series(0, 8), { maxLength: 3 }),
    alpha: fc.double({ min: 0, max: 3, noNaN: true }),
    recourse: fc.constantFrom('optimal' as const, 0, 0.5),
    counts: fc.constantFrom('installed' as const, 'spinning' as const),
  })
  .map((draw) =>
    smallProblem(draw.loadKw, {
      slotHours: 0.5,
      gas: [
        gasUnit({
          minKw: draw.minKw,
          maxKw: 120,
          rampKwPerHour: 60,
          costQuadraticPerKwh2: 0.001,
          costSegments: 3,
          noLoadPerHour: 1,
          startUpCost: 2,
          minimumUpHours: draw.minimumUpHours,
          commitment: draw.committed ? 'committed' : 'always-on',
        }),
      ],
      storage: [battery({ initialKwh: draw.stored, chargeEfficiency: 0.9, dischargeEfficiency: 0.9 })],
      grid: gridAt(draw.buyPerKwh, { importLimitKw: 100, exportLimitKw: 60, sellPerKwh: draw.sellPerKwh }),
      wind: [{ id: 'w', name: 'Wind', availableKw: draw.loadKw.map((kw) => kw / 3), maintenancePerKwh: 0.01 }],
      evs: draw.cars.map((ev, k) => ({ ...ev, id: `car-${k + 1}` })),
      unmetPerKwh: 3,
      throughputPerKwh: 0.001,
      dischargePerKwh: 0.02,
      lossShare: draw.losses / 100,
      reserve: { shareOfLoad: 0.1, counts: draw.counts },
      recourse: draw.recourse,
      uncertainty: {
        components: draw.widths.map((halfWidthKw, k) => ({
          id: `c${k}`,
          name: `C${k}`,
          kind: 'aggregator',
          halfWidthKw,
        })),
        protection: Math.min(draw.alpha, draw.widths.length),
      },
    }),
  );

describe('solveV2g on random problems', () => {
  it('gives plans that pass the independent check, never both ways at once', async () => {
    let optimal = 0;
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const answer = await solve(problem, { ...exactSolve, explainInfeasibility: 'no' });
        if (answer.kind === 'infeasible') return;
        const { schedule } = planned(answer);
        expect(findSimultaneous(problem, schedule)).toEqual([]);
        expect(checkPlan(problem, schedule).breaches).toEqual([]);
        optimal++;
      }),
      { numRuns: 40, seed: 42 },
    );
    expect(optimal).toBeGreaterThan(30);
  });
  it('never gets cheaper with more protection, and a sweep finds the same optima as single solves', async () => {
    await fc.assert(
      fc.asyncProperty(anyProblem, async (problem) => {
        const protections = [0, 0.5, 1, 2].filter((alpha) => alpha <= problem.uncertainty.components.length);
        const points = (await sweep(problem, protections)).sort((a, b) => a.protection - b.protection);
        let before = -Infinity;
        for (const { protection, answer } of points) {
          const objective = answer.kind === 'infeasible' ? Infinity : planned(answer).schedule.objective;
          expect(objective).toBeGreaterThanOrEqual(before - 1e-5 * (1 + Math.abs(before)));
          before = objective;
          const single = await solve(at(problem, protection), { ...exactSolve, explainInfeasibility: 'no' });
          expect(single.kind).toBe(answer.kind);
          if (single.kind === 'optimal')
            expect(Math.abs(single.schedule.objective - objective)).toBeLessThanOrEqual(
              1e-5 * (1 + Math.abs(objective)),
            );
          if (answer.kind === 'optimal')
            expect(checkPlan(at(problem, protection), answer.schedule).breaches).toEqual([]);
        }
      }),
      { numRuns: 6, seed: 7 },
    );
  });
});

describe('opposite flows', () => {
  it('would burn energy at a negative price if it could, and does not', async () => {
    const problem = smallProblem([0, 0], {
      grid: gridAt([-1, -1], { importLimitKw: 100 }),
      evs: [electricCar({ initialKwh: 40, requiredKwh: 40, efficiency: 0.5 })],
      storage: [battery({ initialKwh: 50, finalMinKwh: 50, chargeEfficiency: 0.5, dischargeEfficiency: 0.5 })],
    });
    const { schedule } = planned(await solve(problem));
    expect(findSimultaneous(problem, schedule)).toEqual([]);
    expect(checkPlan(problem, schedule).passed).toBe(true);
    // Car and battery go down in slot 0 and up in slot 1: 5 and 10 kWh delivered first, but nobody takes them. So nothing moves.
    expect(schedule.totalCost).toBeCloseTo(0, 7);
  });
  it('asks the relaxation first where gas is committed, so that one search is enough', async () => {
    const problem = smallProblem([20, 20, 20], {
      uncertainty: { components: [], protection: 1 },
      gas: [gasUnit({ commitment: 'committed', minKw: 15, noLoadPerHour: 1, startUpCost: 2 })],
      grid: { importLimitKw: 100, exportLimitKw: 100, buyPerKwh: [-1, 0.3, -1], sellPerKwh: [-0.9, 0.2, -0.9] },
    });
    const searches: string[] = [];
    const counting: Solver = {
      ...testSolver,
      solve: (program, options) => {
        searches.push(program.integrality.length > 0 ? 'search' : 'relaxation');
        return testSolver.solve(program, options);
      },
    };
    const { schedule } = planned(await solveV2g(problem, counting, exactSolve));
    expect(searches).toEqual(['relaxation', 'search']);
    expect(findSimultaneous(problem, schedule)).toEqual([]);
    expect(checkPlan(problem, schedule).passed).toBe(true);
    // 20 kW bought at −1 in two slots; in between gas gives 100 kW for 10 + 1 + 2, of which 80 kW sell for 16.
    expect(schedule.totalCost).toBeCloseTo(-43, 6);
  });
  it('does not buy and sell at once where selling pays more than buying', async () => {
    const problem = smallProblem([10], {
      grid: { importLimitKw: 100, exportLimitKw: 100, buyPerKwh: [0.1], sellPerKwh: [0.3] },
    });
    const { schedule } = planned(await solve(problem));
    expect(schedule.grid).toEqual({ importKw: [expect.closeTo(10, 7)], exportKw: [expect.closeTo(0, 7)] });
  });
});

describe('protection of the reference case', () => {
  const problem = zhou2017Problem();
  it('costs what is documented, piecewise linear between whole protections', async () => {
    const points = await sweep(problem, [0, 2, 2.5, 3, 6]);
    const objective = new Map(points.map(({ protection, answer }) => [protection, planned(answer).schedule.objective]));
    expect(objective.get(2)).toBeCloseTo(797.1409, 4);
    expect(objective.get(2.5)).toBeCloseTo(807.4456, 4);
    expect(objective.get(3)).toBeCloseTo(817.7502, 4);
    expect(objective.get(2.5)).toBeCloseTo((objective.get(2)! + objective.get(3)!) / 2, 7);
    expect(planned(points.find(({ protection }) => protection === 0)!.answer).schedule.totalCost).toBeCloseTo(
      737.36,
      2,
    );
  });
  it('takes the split of a vanishing protection where nothing is protected', async () => {
    const nominal = planned(await solve(problem)).schedule;
    const swept = planned((await sweep(problem, [0, 6])).find(({ protection }) => protection === 0)!.answer).schedule;
    const near = planned(await solve(at(problem, 0.002))).schedule;
    expect(Math.max(...nominal.evShare)).toBeGreaterThan(0.5);
    for (const found of [nominal, swept])
      for (let slot = 0; slot < problem.slots; slot++) expect(found.evShare[slot]).toBeCloseTo(near.evShare[slot]!, 4);
    const energy = (of: PlannedAnswer['schedule']) =>
      of.evs.reduce((sum, ev) => sum + ev.chargeKw.reduce((a, b) => a + b, 0) / 2, 0);
    expect(energy(nominal)).toBeCloseTo(energy(near), -1);
    expect(checkPlan(problem, nominal).passed).toBe(true);
  });
});

describe('answers that are no plan', () => {
  it('says in words what cannot be reached, with the clock it is given', async () => {
    const evs = [1, 2].map((k) => electricCar({ id: `car-${k}`, initialKwh: 0, requiredKwh: 30 }));
    const problem = smallProblem([0, 0], { grid: gridAt([1, 1]), evs });
    const answer = await solveV2g(problem, testSolver, exactSolve, (slot) => `0${7 + slot}:00`);
    expect(answer.kind).toBe('infeasible');
    if (answer.kind !== 'infeasible') return;
    expect(answer.why).toMatch(/must leave with [36]0\.0 kWh by 09:00; at most [24]0\.0 kWh can be reached\./);
    expect(answer.conflict.length).toBeGreaterThan(0);
  });
  it('answers a cancelled sweep with what it has', async () => {
    const source = new CancelSource();
    source.cancel();
    const points = await sweepV2g(zhou2017Problem(), [0, 6], testSolver, { ...exactSolve, signal: source });
    expect(points.map(({ answer }) => answer.kind)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('days of every length', () => {
  it.each([92, 96, 100])('plans %i quarter hours', async (count) => {
    const loadKw = Array.from({ length: count }, (_, slot) => 50 + 20 * Math.sin(slot / 9));
    const problem = smallProblem(loadKw, {
      slotHours: 0.25,
      gas: [gasUnit({ costQuadraticPerKwh2: 0.001, costSegments: 8 })],
      evs: [electricCar({ arrivalSlot: 70, departureSlot: count, requiredKwh: 35, efficiency: 0.95 })],
      uncertainty: {
        components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: loadKw.map((kw) => kw / 10) }],
        protection: 1,
      },
    });
    const { schedule } = planned(await solve(problem));
    expect(schedule.gas[0]!.outputKw).toHaveLength(count);
    expect(checkPlan(problem, schedule).breaches).toEqual([]);
  });
});
