import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { senseOf, type ObjectiveKind, type Objectives } from '../../models/v2g/objectives.ts';
import { ProgramBuilder, type Column, type Term } from '../../program/program.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { defaultSolveOptions, type Solver } from '../../solver/solver.ts';
import { exactSolve } from '../exact-solve.ts';
import type { PlannedAnswer } from '../plan/solve-v2g.ts';
import { scheduleOf, town, towns, type Town } from './fixtures/town.ts';
import { payoffTable } from './payoff-table.ts';
import { solveObjectives } from './solve-objectives.ts';

describe('objectives in an order', () => {
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
