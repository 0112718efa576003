import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgramBuilder, type LinearProgram } from './program.ts';
import { optimum, testSolver } from '../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../solver/solver.ts';
import { addDual } from './dual.ts';
import { anySms } from '../models/sms/fixtures/small-sms.ts';
import { patternProgram } from '../models/sms/pattern.ts';
import type { SmsProblem } from '../models/sms/problem.ts';

/** The best value of the dual, with activities of the pattern limited to `mostMw` and nothing more to pay for them. */
async function bestDual(primal: LinearProgram, activities: ReadonlySet<number>, mostMw: number): Promise<number> {
  const program = new ProgramBuilder('dual');
  const gain = program.addColumn({ name: 'gain', lower: -Infinity, upper: Infinity, cost: -1 });
  const limits: [typeof gain, number][] = [];
  const { objective, constant } = addDual(program, primal, {
    name: 'block',
    bounds: () => null,
    extra: (column) => {
      if (!activities.has(column)) return null;
      const limit = program.addColumn({ name: `limit ${column}`, lower: 0, upper: Infinity });
      limits.push([limit, -mostMw]);
      return { terms: [[limit, -1]], relief: 0 };
    },
  });
  program.addRow({ name: 'gain', lower: -constant, upper: -constant, terms: [[gain, -1], ...objective, ...limits] });
  return -(await optimum(program.compile())).objective;
}

/** Charging in the first slot, discharging in the others, wherever the truck is. */
const everywhere = (problem: SmsProblem) =>
  problem.grids.flatMap((_, grid) =>
    Array.from({ length: problem.slots }, (_, slot) => {
      return { truck: 0, grid, slot, direction: slot === 0 ? ('charge' as const) : ('discharge' as const) };
    }),
  );

describe('addDual', () => {
  it('reaches the optimum of the linear program it was made from', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anySms({ slots: 3, trucks: 'one', levels: 1 }), async (problem) => {
        const { primal, activities } = patternProgram(problem, everywhere(problem));
        const columns = new Set(activities.map(({ column }) => column as number));
        const mostMw = problem.trucks[0]!.powerMw;
        const columnUpper = primal.columnUpper.map((upper, column) => (columns.has(column) ? mostMw : upper));
        const limited = await testSolver.solve(
          { ...primal, columnUpper },
          { ...defaultSolveOptions, explainInfeasibility: 'no' },
        );
        if (limited.kind !== 'optimal') return;
        compared++;
        expect(await bestDual(primal, columns, mostMw)).toBeCloseTo(limited.solution.objective, 5);
      }),
      { numRuns: 25, seed: 3 },
    );
    expect(compared).toBeGreaterThan(15);
  });
});
