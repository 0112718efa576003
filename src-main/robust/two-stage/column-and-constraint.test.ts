import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Column } from '../../program/program.ts';
import { defaultSolveOptions } from '../../solver/solver.ts';
import { optimum, testSolver } from '../fixtures/test-solver.ts';
import { solveTwoStage } from './column-and-constraint.ts';
import { scenarioMaster } from './scenario-master.ts';
import { proveWorst } from './prove-worst.ts';
import { secondStage } from './second-stage.ts';
import { seekDay } from './seek-day.ts';
import type { TwoStageSolver } from './two-stage-solver.ts';
import { worstScenarioProgram, type BudgetStages } from './worst-scenario.ts';

const solver: TwoStageSolver = {
  solve: async (program) => {
    const { objective, columns } = await optimum(program);
    return { objective, columns, bound: objective };
  },
  linear: async (program, from) => {
    const options = { ...defaultSolveOptions, warm: { from, by: 'dual' as const } };
    const outcome = await testSolver.solve(program, options);
    if (outcome.kind !== 'optimal') throw new Error(`${program.name} is ${outcome.kind}`);
    return { ...outcome.solution, basis: outcome.solution.basis ?? null };
  },
};

interface Instance {
  demand: number[];
  largest: number[];
  slotProtection: number;
  fixed: number;
  cheap: number;
  dear: number;
  storageKwh: number;
}

/** A cheap unit to be switched on beforehand for the day, a dear one at hand, and a store that carries energy forward. */
function stagesOf({ demand, largest, slotProtection, fixed, cheap, dear, storageKwh }: Instance): BudgetStages {
  const program = new ProgramBuilder('two stages');
  const on = program.addColumn({ name: 'on', lower: 0, upper: 1, cost: fixed, kind: 'integer' });
  const answering: number[][] = [];
  let before: Column | null = null;
  const rows = demand.map((kw, slot) => {
    const column = (name: string, upper: number, cost: number) =>
      program.addColumn({ name: `${name} ${slot}`, lower: 0, upper, cost });
    const base = column('base', Infinity, cheap);
    const peak = column('peak', 30, dear);
    const charge = column('charge', 5, 0.01);
    const discharge = column('discharge', 5, 0.01);
    const level = column('level', storageKwh, 0);
    program.addRow({
      name: `base ${slot}`,
      lower: -Infinity,
      upper: 0,
      terms: [
        [base, 1],
        [on, -12],
      ],
    });
    program.addRow({
      name: `level ${slot}`,
      lower: slot === 0 ? storageKwh / 2 : 0,
      upper: slot === 0 ? storageKwh / 2 : 0,
      terms: [[level, 1], [charge, -0.9], [discharge, 1], ...(before === null ? [] : [[before, -1] as const])],
    });
    before = level;
    answering.push([base, peak]);
    return program.addRow({
      name: `demand ${slot}`,
      lower: kw,
      upper: kw,
      terms: [
        [base, 1],
        [peak, 1],
        [discharge, 1],
        [charge, -1],
      ],
    });
  });
  const compiled = program.compile();
  const firstStage = new Uint8Array(compiled.columnCount);
  firstStage[on] = 1;
  const deviations = { kind: 'budget' as const, largest, atOnce: slotProtection };
  return { program: compiled, firstStage, rows, deviations, answering, shortagePrice: 50 };
}

/** Every vertex of U in the positive orthant. */
function vertices({ deviations: { largest, atOnce } }: BudgetStages): number[][] {
  const whole = Math.floor(atOnce);
  const fraction = atOnce - whole;
  const found: number[][] = [];
  for (let chosen = 0; chosen < 2 ** largest.length; chosen++) {
    const full = largest.map((_, slot) => (chosen >> slot) & 1);
    if (full.reduce((sum, bit) => sum + bit, 0) !== Math.min(whole, largest.length)) continue;
    const base = largest.map((width, slot) => width * full[slot]!);
    found.push(base);
    full.forEach((bit, slot) => {
      if (bit === 0) found.push(base.with(slot, fraction * largest[slot]!));
    });
  }
  return found;
}

const instance: fc.Arbitrary<Instance> = fc.record({
  demand: fc.array(fc.integer({ min: 2, max: 15 }), { minLength: 4, maxLength: 4 }),
  largest: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 4, maxLength: 4 }),
  slotProtection: fc.constantFrom(0, 1, 1.5, 2, 2.25, 4),
  fixed: fc.integer({ min: 0, max: 60 }),
  cheap: fc.integer({ min: 1, max: 3 }),
  dear: fc.integer({ min: 3, max: 9 }),
  storageKwh: fc.integer({ min: 0, max: 10 }),
});
const runs = { numRuns: 25, seed: 2013 };

describe('solveTwoStage', () => {
  it('has the optimum of the program that knows every vertex', () =>
    fc.assert(
      fc.asyncProperty(instance, async (random) => {
        const stages = stagesOf(random);
        const whole = await optimum(scenarioMaster(stages, vertices(stages)));
        const answer = (await solveTwoStage(stages, solver))!;
        expect(answer.upper).toBeCloseTo(whole.objective, 4);
        expect(answer.lower).toBeCloseTo(whole.objective, 4);
      }),
      runs,
    ));
  it('never costs less with more slots that may deviate', () =>
    fc.assert(
      fc.asyncProperty(instance, async (random) => {
        const costs: number[] = [];
        for (const slotProtection of [0, 1, 2.5, 4])
          costs.push((await solveTwoStage(stagesOf({ ...random, slotProtection }), solver))!.upper);
        costs.slice(1).forEach((cost, at) => expect(cost).toBeGreaterThanOrEqual(costs[at]! - 1e-5));
      }),
      { ...runs, numRuns: 8 },
    ));
});

describe('solveTwoStage, begun and left', () => {
  it('is never worse than what it began from, and has the optimum between its bounds wherever it is left', () =>
    fc.assert(
      fc.asyncProperty(instance, fc.integer({ min: 0, max: 12 }), async (random, answers) => {
        const stages = stagesOf(random);
        const whole = await optimum(scenarioMaster(stages, vertices(stages)));
        let left = answers;
        const tired: TwoStageSolver = {
          solve: (program) => (left-- > 0 ? solver.solve(program) : Promise.resolve(null)),
          linear: (program, from) => (left-- > 0 ? solver.linear(program, from) : Promise.resolve(null)),
        };
        const decisions = Float64Array.of(1);
        const upper = await dearestVertex(stages, 1);
        const answer = (await solveTwoStage(stages, tired, { start: { decisions, upper, days: [] } }))!;
        expect(answer.upper).toBeLessThanOrEqual(upper + 1e-6);
        expect(answer.upper).toBeGreaterThanOrEqual(whole.objective - 1e-4);
        expect(answer.lower).toBeLessThanOrEqual(whole.objective + 1e-4);
        // The decisions handed back are those the upper bound was proven for.
        expect(await dearestVertex(stages, answer.decisions[0]!)).toBeLessThanOrEqual(answer.upper + 1e-4);
      }),
      runs,
    ));
  it('has the optimum of the program that knows every day of a hull', () =>
    fc.assert(
      fc.asyncProperty(
        instance,
        fc.array(fc.array(fc.integer({ min: -4, max: 8 }), { minLength: 4, maxLength: 4 }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (random, days) => {
          const stages = { ...stagesOf(random), deviations: { kind: 'days' as const, days } };
          const whole = await optimum(scenarioMaster(stages, days));
          const answer = (await solveTwoStage(stages, solver))!;
          expect(answer.upper).toBeCloseTo(whole.objective, 4);
          expect(answer.lower).toBeCloseTo(whole.objective, 4);
          expect(days).toContainEqual(answer.worst!.day);
        },
      ),
      { ...runs, numRuns: 12 },
    ));
});

/** What decisions cost on the dearest vertex, found by trying them all. */
async function dearestVertex(stages: BudgetStages, on: number): Promise<number> {
  const stageOf = secondStage(stages, Float64Array.of(on));
  let most = -Infinity;
  for (const vertex of vertices(stages)) most = Math.max(most, (await optimum(stageOf(vertex))).objective);
  return most;
}

describe('worstScenarioProgram', () => {
  it('is the dearest vertex for given decisions, found by a search of its own and by branch and bound alike', () =>
    fc.assert(
      fc.asyncProperty(instance, fc.constantFrom(0, 1), async (random, on) => {
        const stages = stagesOf(random);
        const decisions = Float64Array.of(on);
        const judge = worstScenarioProgram(stages, decisions);
        const { objective, columns } = await optimum(judge.program);
        const dearest = await dearestVertex(stages, on);
        expect(-objective).toBeCloseTo(dearest, 4);
        const costOf = async (day: readonly number[]) => (await optimum(secondStage(stages, decisions)(day))).objective;
        expect(await costOf(judge.read(columns))).toBeCloseTo(dearest, 4);
        const proven = await proveWorst(judge, solver, -Infinity);
        expect(proven.atMost).toBeCloseTo(dearest, 4);
        expect(await costOf(proven.day!)).toBeCloseTo(dearest, 4);
        // Left early it is a bound still.
        expect((await proveWorst(judge, solver, dearest + 1)).atMost).toBeGreaterThanOrEqual(dearest - 1e-4);
        expect((await seekDay(stages, decisions, solver))!.cost).toBeLessThanOrEqual(dearest + 1e-4);
      }),
      { ...runs, numRuns: 15 },
    ));
});
