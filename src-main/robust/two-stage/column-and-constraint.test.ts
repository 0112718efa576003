import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type Column } from '../../program/program.ts';
import { optimum } from '../fixtures/test-solver.ts';
import { solveTwoStage, type SolveBounded } from './column-and-constraint.ts';
import { scenarioMaster } from './scenario-master.ts';
import type { TwoStageProgram } from './two-stage-program.ts';
import { worstScenarioProgram } from './worst-scenario.ts';

const solve: SolveBounded = async (program) => {
  const { objective, columns } = await optimum(program);
  return { objective, columns, bound: objective };
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
function stagesOf({ demand, largest, slotProtection, fixed, cheap, dear, storageKwh }: Instance): TwoStageProgram {
  const program = new ProgramBuilder('two stages');
  const on = program.addColumn({ name: 'on', lower: 0, upper: 1, cost: fixed, kind: 'integer' });
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
  return { program: compiled, firstStage, rows, largest, slotProtection, shortagePrice: 50 };
}

/** Every vertex of U in the positive orthant. */
function vertices({ largest, slotProtection }: TwoStageProgram): number[][] {
  const whole = Math.floor(slotProtection);
  const fraction = slotProtection - whole;
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
        const answer = (await solveTwoStage(stages, solve))!;
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
          costs.push((await solveTwoStage(stagesOf({ ...random, slotProtection }), solve))!.upper);
        costs.slice(1).forEach((cost, at) => expect(cost).toBeGreaterThanOrEqual(costs[at]! - 1e-5));
      }),
      { ...runs, numRuns: 8 },
    ));
});

describe('worstScenarioProgram', () => {
  it('is the dearest vertex for given decisions', () =>
    fc.assert(
      fc.asyncProperty(instance, fc.constantFrom(0, 1), async (random, on) => {
        const stages = stagesOf(random);
        const decisions = new Float64Array(stages.program.columnCount);
        decisions[0] = on;
        const { program, read } = worstScenarioProgram(stages, decisions);
        const { objective, columns } = await optimum(program);
        const held = {
          ...stages.program,
          columnLower: stages.program.columnLower.slice(),
          columnUpper: stages.program.columnUpper.slice(),
        };
        held.columnLower[0] = on;
        held.columnUpper[0] = on;
        const costOf = async (scenario: number[]) =>
          (await optimum(scenarioMaster({ ...stages, program: held }, [scenario]))).objective;
        const costs: number[] = [];
        for (const vertex of vertices(stages)) costs.push(await costOf(vertex));
        expect(-objective).toBeCloseTo(Math.max(...costs), 4);
        expect(await costOf(read(columns))).toBeCloseTo(-objective, 4);
      }),
      { ...runs, numRuns: 15 },
    ));
});
