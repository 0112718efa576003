import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { electricCar, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import { objectiveKinds, senseOf, type ObjectiveKind, type Objectives } from '../../models/v2g/objectives.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { ProgramBuilder, type Column, type Term } from '../../program/program.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions, type Solver } from '../../solver/solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { objectiveValues, quadraticGeneration } from '../../verify/objective-values.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlannedAnswer } from '../plan/solve-v2g.ts';
import { payoffTable, rangesOf } from './payoff-table.ts';
import { solveObjectives } from './solve-objectives.ts';

interface Town {
  load: number[];
  wind: number[];
  width: number[];
}

/** One gas unit with quadratic cost, one wind park, one lossless car that must leave as full as it came; supply stands for every deviation. */
const town = ({ load, wind, width }: Town, parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem(load, {
    wind: [{ id: 'wind-1', name: 'Wind', availableKw: wind, maintenancePerKwh: 0.3 }],
    gas: [gasUnit({ maxKw: 40, costLinearPerKwh: 0.1, costQuadraticPerKwh2: 0.01, costSegments: 40 })],
    evs: [electricCar({ departureSlot: load.length, requiredKwh: 20, chargeKw: 2, dischargeKw: 2 })],
    dischargePerKwh: 0.05,
    lossShare: 0.1,
    uncertainty: {
      components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: width }],
      protection: 1,
    },
    recourse: 0,
    ...parts,
  });

const towns = (slots: number): fc.Arbitrary<Town> => {
  const series = (min: number, max: number) =>
    fc.array(fc.integer({ min, max }), { minLength: slots, maxLength: slots });
  return fc.record({ load: series(5, 12), wind: series(1, 4), width: series(0, 2) });
};

async function scheduleOf(problem: V2gProblem, objectives: Objectives): Promise<V2gSchedule> {
  const answer = await solveObjectives({ ...problem, objectives }, testSolver, exactSolve);
  if (!('schedule' in answer)) throw new Error(`answer is ${answer.kind}`);
  const { breaches } = checkPlan({ ...problem, objectives }, answer.schedule);
  expect(breaches).toEqual([]);
  return answer.schedule;
}

/** Every plan whose car and wind move in whole kW, told by the re-check to keep all limits. */
function* enumerated(problem: V2gProblem, like: V2gSchedule): Generator<V2gSchedule> {
  const { objectives: _, ...bare } = like;
  const walk = function* (net: number[], used: number[]): Generator<V2gSchedule> {
    const slot = used.length;
    if (slot === problem.slots) {
      let energy = 20;
      const schedule: V2gSchedule = {
        ...bare,
        gas: [
          {
            ...bare.gas[0]!,
            outputKw: net.map((kw, t) => (problem.loadKw[t]! + like.worstDeviationKw[t]! + kw) / 0.9 - used[t]!),
          },
        ],
        wind: [{ id: 'wind-1', outputKw: used }],
        evs: [
          {
            ...bare.evs[0]!,
            chargeKw: net.map((kw) => Math.max(0, kw)),
            dischargeKw: net.map((kw) => Math.max(0, -kw)),
            energyKwh: net.map((kw) => (energy += kw)),
          },
        ],
      };
      // Costs are told by another hand; every other breach counts.
      const limits = checkPlan(problem, schedule).breaches.filter(({ limit }) => !/cost|objective/.test(limit));
      if (limits.length === 0) yield schedule;
      return;
    }
    for (let kw = -2; kw <= 2; kw++)
      for (let windKw = 0; windKw <= problem.wind[0]!.availableKw[slot]!; windKw++)
        yield* walk([...net, kw], [...used, windKw]);
  };
  yield* walk([], []);
}

describe('objectives', () => {
  it('finds no whole-kW plan that is better in any single objective, nor one that dominates a weighted plan', async () => {
    await fc.assert(
      fc.asyncProperty(
        towns(2),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 }),
        async (drawn, drawnWeights) => {
          const problem = town(drawn);
          const rows = await payoffTable(problem, objectiveKinds, testSolver, exactSolve);
          const ranges = rangesOf(rows, objectiveKinds);
          const weights = objectiveKinds.map((objective, k) => ({ objective, weight: drawnWeights[k]! }));
          const schedule = await scheduleOf(problem, { rule: 'weighted', weights });
          const own = schedule.objectives!.values;
          const worth = (values: Partial<Record<ObjectiveKind, number>>): number =>
            ranges.reduce((sum, { objective, best, nadir }, k) => {
              const range = Math.abs(nadir - best);
              const size = Math.max(1, Math.abs(best));
              const by = range > 1e-6 * size ? range : size;
              return sum + (drawnWeights[k]! * senseOf(objective) * values[objective]!) / by;
            }, 0);
          let plans = 0;
          for (const other of enumerated(problem, schedule)) {
            plans++;
            const values = objectiveValues(problem, other);
            for (const { objective, best } of ranges)
              expect(senseOf(objective) * (values[objective]! - best), objective).toBeGreaterThan(-2e-4);
            expect(worth(values)).toBeGreaterThan(worth(own) - 1e-4);
            const gains = objectiveKinds.map((kind) => senseOf(kind) * (own[kind]! - values[kind]!));
            const dominates = gains.every((gain) => gain > -1e-6) && gains.some((gain) => gain > 1e-2);
            expect(dominates).toBe(false);
          }
          expect(plans).toBeGreaterThan(0);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('reaches, objective by objective, what a program of its own reaches', async () => {
    const orders: { objective: ObjectiveKind; tolerance: number }[][] = [
      [{ objective: 'deviation', tolerance: 0 }],
      [
        { objective: 'cost', tolerance: 0 },
        { objective: 'deviation', tolerance: 0.05 },
        { objective: 'renewables', tolerance: 0.02 },
      ],
      [
        { objective: 'generation', tolerance: 0 },
        { objective: 'cost', tolerance: 0.1 },
      ],
      [
        { objective: 'loss', tolerance: 0 },
        { objective: 'deviation', tolerance: 0.03 },
      ],
    ];
    await fc.assert(
      fc.asyncProperty(towns(3), fc.constantFrom(...orders), async (drawn, order) => {
        const problem = town(drawn);
        const { objectives } = await scheduleOf(problem, { rule: 'lexicographic', order });
        const reached = objectives!.steps
          .slice(0, order.length)
          .map(({ objective, reached: value }) => [objective, value]);
        const expected = await oneByOne(drawn, order);
        reached.forEach(([objective, value], k) => {
          expect(objective).toBe(order[k]!.objective);
          expect(Math.abs((value as number) - expected[k]!)).toBeLessThan(2e-4 * Math.max(1, Math.abs(expected[k]!)));
        });
      }),
      { numRuns: 8 },
    );
  });

  it('keeps the limits of the set under every objective, and the largest deviation is the one of the worst day', async () => {
    const problem = town({ load: [10, 10], wind: [4, 4], width: [2, 2] }, { recourse: 0, evs: [] });
    const schedule = await scheduleOf(problem, {
      rule: 'lexicographic',
      order: [{ objective: 'deviation', tolerance: 0 }],
    });
    // 10 kW and up to 2 kW more against 4 kW of wind.
    expect(schedule.objectives!.values.deviation).toBeCloseTo(8, 3);
    expect(schedule.gas[0]!.outputKw[0]).toBeCloseTo(12 / 0.9 - 4, 3);
  });

  it('does not buy an objective with cars that leave without their energy', async () => {
    const short = town({ load: [10, 10], wind: [4, 4], width: [0, 0] }, { unmetPerKwh: 5 });
    const evs = [{ ...short.evs[0]!, requiredKwh: 24 }];
    for (const objective of ['loss', 'deviation', 'generation'] as const) {
      const schedule = await scheduleOf(
        { ...short, evs },
        {
          rule: 'lexicographic',
          order: [{ objective, tolerance: 0 }],
        },
      );
      expect(schedule.evs[0]!.unmetKwh, objective).toBeLessThan(1e-5);
    }
  });

  it('tells how far the chords lie above the quadratic cost, and never more than is stated', async () => {
    const coarse = [gasUnit({ maxKw: 40, costLinearPerKwh: 0.1, costQuadraticPerKwh2: 0.01, costSegments: 3 })];
    const problem = town({ load: [10, 7], wind: [1, 3], width: [1, 0] }, { gas: coarse });
    const objectives: Objectives = { rule: 'lexicographic', order: [{ objective: 'generation', tolerance: 0 }] };
    const { exact, chords, mostAbove } = quadraticGeneration(problem, await scheduleOf(problem, objectives));
    expect(chords - exact).toBeGreaterThan(0.01);
    expect(chords - exact).toBeLessThanOrEqual(mostAbove);
    // Two hours of c₂ w²/4 with w = 40/3.
    expect(mostAbove).toBeCloseTo((2 * 0.01 * (40 / 3) ** 2) / 4, 9);
  });

  it('dispatches quadratic units within the stated error of the closed form, where all run at one marginal cost', async () => {
    const costs = [
      { costLinearPerKwh: 0.05, costQuadraticPerKwh2: 0.004 },
      { costLinearPerKwh: 0.12, costQuadraticPerKwh2: 0.001 },
    ];
    const gas = costs.map((cost, k) => gasUnit({ id: `gas-${k + 1}`, maxKw: 60, costSegments: 12, ...cost }));
    const load = [40, 70];
    const day = smallProblem(load, { gas, lossShare: 0 });
    const objectives: Objectives = { rule: 'lexicographic', order: [{ objective: 'generation', tolerance: 0 }] };
    const schedule = await scheduleOf(day, objectives);
    const { exact, mostAbove } = quadraticGeneration(day, schedule);
    // λ with Σ (λ − c₁) / 2c₂ = load, slot by slot; both units inside their limits.
    const closed = load.reduce((sum, kw) => {
      const steepness = costs.reduce((all, { costQuadraticPerKwh2: q }) => all + 1 / (2 * q), 0);
      const offset = costs.reduce((all, { costLinearPerKwh: c, costQuadraticPerKwh2: q }) => all + c / (2 * q), 0);
      const marginal = (kw + offset) / steepness;
      const outputs = costs.map(({ costLinearPerKwh: c, costQuadraticPerKwh2: q }) => (marginal - c) / (2 * q));
      for (const output of outputs) expect(output > 0 && output < 60).toBe(true);
      return sum + costs.reduce((all, { costLinearPerKwh: c, costQuadraticPerKwh2: q }, k) => all + c * outputs[k]! + q * outputs[k]! ** 2, 0); // prettier-ignore
    }, 0);
    expect(exact).toBeGreaterThanOrEqual(closed - 1e-6);
    expect(exact).toBeLessThanOrEqual(closed + mostAbove);
    // Two hours of (0.004 + 0.001) w²/4 with w = 5.
    expect(mostAbove).toBeCloseTo((2 * 0.005 * 25) / 4, 9);
  });

  it('refuses objectives that the problem cannot state', async () => {
    const calm = town({ load: [10, 10], wind: [0, 0], width: [0, 0] }, { lossShare: 0 });
    const refused = async (objective: ObjectiveKind): Promise<string> => {
      const order = [{ objective, tolerance: 0 }];
      const asked = solveObjectives({ ...calm, objectives: { rule: 'lexicographic', order } }, testSolver, exactSolve);
      return asked.then(
        () => 'solved',
        (thrown: { report: { details: { problem: string } } }) => thrown.report.details.problem,
      );
    };
    expect(await refused('deviation')).toContain('no renewable power is available');
    expect(await refused('loss')).toContain('no loss is modelled');
  });

  it('says which objective there was no time for, and gives no plan that leaves it out', async () => {
    const failed = { kind: 'failed', problem: 'time ran out before a first solution' } as const;
    let asked = 0;
    // Only the least cost and the first objective are answered.
    const slow: Solver = {
      ...testSolver,
      solve: async (program, options) => {
        const answer = await testSolver.solve(program, options);
        return ++asked <= 2 ? answer : { ...failed, statistics: answer.statistics };
      },
    };
    const order: Objectives = {
      rule: 'lexicographic',
      order: [
        { objective: 'generation', tolerance: 0 },
        { objective: 'deviation', tolerance: 0.02 },
      ],
    };
    const day = town({ load: [8, 6], wind: [2, 3], width: [1, 1] }, { objectives: order });
    const answer = await solveObjectives(day, slow, exactSolve);
    expect(answer.kind).toBe('failed');
    expect('problem' in answer && answer.problem).toMatch(/not enough to optimise deviation/);
  });

  it('makes no plan for an objective where it is not known what cars must leave without', async () => {
    // The least cost is found, but not proven: its unmet energy may be more than needed.
    const unproven: Solver = {
      ...testSolver,
      solve: async (program, options) => {
        const answer = await testSolver.solve(program, options);
        return answer.kind === 'optimal' ? { ...answer, kind: 'feasible', why: 'time-limit' } : answer;
      },
    };
    const order: Objectives = { rule: 'lexicographic', order: [{ objective: 'generation', tolerance: 0 }] };
    const parts = { unmetPerKwh: 5, objectives: order };
    const answer = await solveObjectives(
      town({ load: [8, 6], wind: [2, 3], width: [0, 0] }, parts),
      unproven,
      exactSolve,
    );
    expect(answer).toMatchObject({
      kind: 'failed',
      problem: expect.stringMatching(/cars must leave without/) as string,
    });
  });

  it('tells what no plan is better than where time ran out, which is at or below the best', async () => {
    const day = town({ load: [10, 7], wind: [1, 3], width: [1, 0] });
    const row = async (solver: Solver) =>
      (await payoffTable(day, ['deviation'], solver, exactSolve))[0]!.answer as PlannedAnswer;
    const best = (await row(testSolver)).schedule.objectives!.steps[0]!.reached;
    let asked = 0;
    // The step of the deviation stops with a tenth still open.
    const stopped: Solver = {
      ...testSolver,
      solve: async (program, options) => {
        const answer = await testSolver.solve(program, options);
        if (++asked !== 2 || answer.kind !== 'optimal') return answer;
        return { ...answer, kind: 'feasible', why: 'time-limit', bound: 0.9 * answer.bound, gap: 0.1 };
      },
    };
    const found = await row(stopped);
    expect(found.kind).toBe('feasible');
    expect(found.schedule.objectives!.steps[0]!.atBest).toBeCloseTo(0.9 * best, 6);
  });
});

/** The same town stated on its own: objectives in their order, each with what came before it kept by a row. */
async function oneByOne(drawn: Town, order: { objective: ObjectiveKind; tolerance: number }[]): Promise<number[]> {
  const reached: number[] = [];
  const most: number[] = [];
  for (const { objective, tolerance } of order) {
    const { program, worth } = ownProgram(drawn);
    most.forEach((_, k) => {
      most[k]! += tolerance * Math.abs(most[k]!);
      limit(program, worth[order[k]!.objective], senseOf(order[k]!.objective), most[k]!);
    });
    const value = (await best(program, worth, objective))(objective);
    reached.push(value);
    most.push(senseOf(objective) * value + 1e-6 * Math.max(1, Math.abs(value)));
  }
  return reached;
}

interface OwnSum {
  terms: Term[];
  constant: number;
}

function limit(program: ProgramBuilder, { terms, constant }: OwnSum, sign: number, most: number): void {
  program.addRow({
    name: `keep ${program.rowCount}`,
    lower: -Infinity,
    upper: most - sign * constant,
    terms: terms.map(([column, value]): Term => [column, sign * value]),
  });
}

async function best(
  program: ProgramBuilder,
  worth: Record<ObjectiveKind, OwnSum>,
  objective: ObjectiveKind,
): Promise<(objective: ObjectiveKind) => number> {
  const compiled = program.compile();
  for (const [column, value] of worth[objective].terms) compiled.cost[column]! += senseOf(objective) * value;
  const outcome = await testSolver.solve(compiled, { ...defaultSolveOptions, relativeGap: 1e-9 });
  if (outcome.kind !== 'optimal') throw new Error(outcome.kind);
  const { columns } = outcome.solution;
  return (kind) =>
    worth[kind].terms.reduce((sum, [column, value]) => sum + value * columns[column]!, worth[kind].constant);
}

function ownProgram({ load, wind, width }: Town): {
  program: ProgramBuilder;
  worth: Record<ObjectiveKind, OwnSum>;
} {
  const program = new ProgramBuilder('own');
  const add = (name: string, lower: number, upper: number): Column => program.addColumn({ name, lower, upper });
  const sum = (): OwnSum => ({ terms: [], constant: 0 });
  const worth = { cost: sum(), generation: sum(), loss: sum(), deviation: sum(), renewables: sum() };
  const available = wind.reduce((a, b) => a + b, 0);
  const most = add('most', 0, 1000);
  worth.deviation.terms.push([most, 1]);
  const moved: Term[] = [];
  load.forEach((kw, t) => {
    const gas = add(`gas ${t}`, 0, 40);
    const used = add(`wind ${t}`, 0, wind[t]!);
    const charge = add(`charge ${t}`, 0, 2);
    const discharge = add(`discharge ${t}`, 0, 2);
    // The epigraph of a convex cost that is straight between whole kW.
    const fuel = add(`fuel ${t}`, -1000, 1000);
    for (let k = 0; k < 40; k++) {
      const slope = 0.1 + 0.01 * (2 * k + 1);
      const at = 0.1 * k + 0.01 * k * k;
      program.addRow({ name: `fuel ${t} ${k}`, lower: at - slope * k, upper: Infinity, terms: [[fuel, 1], [gas, -slope]] }); // prettier-ignore
    }
    program.addRow({
      name: `load ${t}`,
      lower: kw + width[t]!,
      upper: kw + width[t]!,
      terms: [[gas, 0.9], [used, 0.9], [discharge, 1], [charge, -1]], // prettier-ignore
    });
    moved.push([charge, 1], [discharge, -1]);
    program.addRow({ name: `energy ${t}`, lower: -20, upper: 20, terms: [...moved] });
    const net: Term[] = [[used, 1], [charge, -1], [discharge, 1]]; // prettier-ignore
    program.addRow({ name: `short ${t}`, lower: kw + width[t]!, upper: Infinity, terms: [[most, 1], ...net] });
    program.addRow({
      name: `surplus ${t}`,
      lower: width[t]! - kw,
      upper: Infinity,
      terms: [[most, 1], ...net.map(([column, value]): Term => [column, -value])],
    });
    worth.cost.terms.push([fuel, 1], [used, 0.3], [discharge, 0.05]);
    worth.generation.terms.push([fuel, 1]);
    worth.loss.terms.push([gas, 0.1], [used, 0.1]);
    worth.renewables.terms.push([used, 100 / available]);
  });
  program.addRow({ name: 'departure', lower: 0, upper: Infinity, terms: moved });
  return { program, worth };
}
