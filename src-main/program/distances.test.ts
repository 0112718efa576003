import fc from 'fast-check';
import { expect, it } from 'vitest';
import { optimum, testSolver } from '../robust/fixtures/test-solver.ts';
import { defaultSolveOptions } from '../solver/solver.ts';
import { basisWithDistances, withDistances } from './distances.ts';
import { ProgramBuilder } from './program.ts';

it('pays for the way from given values, and without a price leaves a program what it was', async () => {
  const within = fc.double({ min: -5, max: 5, noNaN: true });
  await fc.assert(
    fc.asyncProperty(within, within, async (wanted, from) => {
      const builder = new ProgramBuilder('a level');
      const up = builder.addColumn({ name: 'up', lower: 0, upper: 10, cost: 1 });
      const down = builder.addColumn({ name: 'down', lower: 0, upper: 10, cost: 1 });
      const level = [[up, 1] as const, [down, -1] as const];
      builder.addRow({ name: 'level', lower: wanted, upper: Infinity, terms: level });
      const program = builder.compile();
      const priced = async (price: number) =>
        (await optimum(withDistances(program, [{ terms: level, from }], price))).objective;
      // Going a unit from zero costs 1, being a unit off a half: the cheapest level stands, and its way is paid.
      const cheapest = Math.max(0, wanted);
      expect(await priced(0)).toBeCloseTo(cheapest, 6);
      expect(await priced(0.5)).toBeCloseTo(cheapest + 0.5 * Math.abs(cheapest - from), 6);
    }),
    { numRuns: 40 },
  );
});

it('goes on from a solution whose distances stand where they are: no way to go where it is the nearest already', async () => {
  const within = fc.double({ min: -5, max: 5, noNaN: true });
  await fc.assert(
    fc.asyncProperty(within, within, async (wanted, from) => {
      const builder = new ProgramBuilder('a level');
      const up = builder.addColumn({ name: 'up', lower: 0, upper: 10, cost: 1 });
      const down = builder.addColumn({ name: 'down', lower: 0, upper: 10, cost: 1 });
      const level = [[up, 1] as const, [down, -1] as const];
      builder.addRow({ name: 'level', lower: wanted, upper: Infinity, terms: level });
      const program = builder.compile();
      const options = { ...defaultSolveOptions, relativeGap: 1e-9 };
      const solved = await testSolver.solve(program, { ...options, warm: { from: null, by: 'dual' } });
      if (solved.kind !== 'optimal') throw new Error(solved.kind);
      const { basis, columns } = solved.solution;
      const distances = [{ terms: level, from }];
      const begin = basisWithDistances(basis!, distances, columns);
      expect(begin.columns.length).toBe(4);
      expect([...begin.columns, ...begin.rows].filter((status) => status === 1)).toHaveLength(2);
      const priced = await testSolver.solve(withDistances(program, distances, 0.5), {
        ...options,
        warm: { from: begin, by: 'primal' },
      });
      if (priced.kind !== 'optimal') throw new Error(priced.kind);
      // Being away is cheaper than going there.
      expect(priced.solution.objective).toBeCloseTo(
        solved.solution.objective + 0.5 * Math.abs(Math.max(0, wanted) - from),
        6,
      );
      expect(priced.statistics.iterations).toBe(0);
    }),
    { numRuns: 40 },
  );
});
