/** Optima: linear programs by every method, knapsacks, warm starts, and what enumeration of vertices says. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Basis } from '../../program/basis.ts';
import { ProgramBuilder } from '../../program/program.ts';
import { covering, knapsack, twoColumns } from '../fixtures/programs.ts';
import { bestVertex, smallProgram } from '../fixtures/vertices.ts';
import { as, dualObjective, expectFeasible, options, type Tested } from './expect-outcome.ts';

export function describeOptima(solver: Tested): void {
  it.each(['choose', 'simplex', 'interior', 'crossover'] as const)(
    'solves a linear program by %s, offset and dual included',
    async (method) => {
      const outcome = as(await solver().solve(twoColumns(), options({ method })), 'optimal');
      expect(outcome.solution.objective).toBeCloseTo(84, 6);
      expect([...outcome.solution.columns].map((value) => +value.toFixed(5))).toEqual([4, 2]);
      expect(outcome.solution.rowDuals[0]).toBeCloseTo(-2, 5);
      expect(outcome.bound).toBeCloseTo(84, 6);
      expect(outcome.gap).toBe(0);
      expect(outcome.statistics.solver).toBe(solver().version);
      expectFeasible(twoColumns(), outcome);
    },
  );

  it('a row dual is the change of the objective per unit of right-hand side', async () => {
    const low = as(await solver().solve(twoColumns(6), options()), 'optimal').solution;
    const high = as(await solver().solve(twoColumns(6.5), options()), 'optimal').solution;
    expect((high.objective - low.objective) / 0.5).toBeCloseTo(low.rowDuals[0]!, 6);
  });

  it('leaves the caller its program', async () => {
    const program = twoColumns();
    await solver().solve(program, options());
    expect(program).toEqual(twoColumns());
  });

  it('solves a program without columns, and one without rows', async () => {
    const empty = new ProgramBuilder('empty');
    empty.addOffset(7);
    expect(as(await solver().solve(empty.compile(), options()), 'optimal').solution.objective).toBe(7);
    const rowless = new ProgramBuilder('rowless');
    rowless.addColumn({ name: 'x', lower: 2, upper: 3, cost: 5 });
    expect(as(await solver().solve(rowless.compile(), options()), 'optimal').solution.objective).toBe(10);
    const impossible = new ProgramBuilder('impossible');
    impossible.addRow({ name: 'nothing is one', lower: 1, upper: 1, terms: [] });
    expect(as(await solver().solve(impossible.compile(), options()), 'infeasible').conflict).toEqual([
      'nothing is one',
    ]);
  });

  it('goes on from a basis in few steps, and from a senseless one all the same', async () => {
    const before = as(
      await solver().solve(covering(60, 120, 4), options({ warm: { from: null, by: 'primal' } })),
      'optimal',
    );
    const { basis } = before.solution;
    const again = (from: Basis) =>
      solver().solve(covering(60, 120, 4, 1.01), options({ method: 'simplex', warm: { from, by: 'dual' } }));
    const cold = as(await solver().solve(covering(60, 120, 4, 1.01), options({ method: 'simplex' })), 'optimal');
    const warm = as(await again(basis!), 'optimal');
    expect(warm.solution.objective).toBeCloseTo(cold.solution.objective, 6);
    expect(warm.statistics.iterations).toBeLessThan(cold.statistics.iterations / 2);
    const everythingBasic = { columns: new Int32Array(120).fill(1), rows: new Int32Array(60).fill(1) };
    for (const senseless of [everythingBasic, { columns: new Int32Array(3), rows: new Int32Array(1) }])
      expect(as(await again(senseless), 'optimal').solution.objective).toBeCloseTo(cold.solution.objective, 6);
    expect(cold.solution.basis).toBeUndefined();
  });
  it('finds the best 0/1 knapsack, as enumeration does', async () => {
    const values = [9, 7, 11, 4, 13, 8, 5, 10, 6, 12];
    const weights = [4, 3, 5, 2, 7, 4, 3, 5, 3, 6];
    let best = 0;
    for (let set = 0; set < 1 << values.length; set++) {
      const taken = values.map((_, i) => (set >> i) & 1);
      const weight = taken.reduce((sum, take, i) => sum + take * weights[i]!, 0);
      if (weight <= 17)
        best = Math.max(
          best,
          taken.reduce((sum, take, i) => sum + take * values[i]!, 0),
        );
    }
    const program = knapsack(values, weights, 17);
    const outcome = as(await solver().solve(program, options()), 'optimal');
    expect(outcome.solution.objective).toBeCloseTo(-best, 6);
    expect(outcome.bound).toBeCloseTo(-best, 3);
    expect(outcome.solution.rowDuals.length).toBe(0);
    expectFeasible(program, outcome);
  });

  it('agrees with vertex enumeration and with its own duals on small programs', async () => {
    await fc.assert(
      fc.asyncProperty(smallProgram, async (program) => {
        const expected = bestVertex(program);
        const outcome = await solver().solve(program, options({ explainInfeasibility: 'no' }));
        if (expected === null) {
          expect(outcome.kind).toBe('infeasible');
          return;
        }
        const { solution } = as(outcome, 'optimal');
        expect(solution.objective).toBeCloseTo(expected, 5);
        expectFeasible(program, outcome);
        expect(dualObjective(program, solution.rowDuals)).toBeCloseTo(solution.objective, 5);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
}
