/** Sequences of programs: what one by one gives, whatever changes between them. */
import { expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { covering, knapsack, marketSplit } from '../fixtures/programs.ts';
import { as, expectFeasible, options, type Tested } from './expect-outcome.ts';

export function describeSequences(solver: Tested): void {
  it.each(['choose', 'interior'] as const)('a sequence gives what one by one gives (%s)', async (method) => {
    const scales = [1.6, 1.3, 1, 1.2, 40, 0.8];
    const programs = scales.map((scale) => covering(60, 120, 4, scale));
    const order: number[] = [];
    const together = await solver().solveSequence(programs, options({ method, explainInfeasibility: 'no' }), (index) =>
      order.push(index),
    );
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    for (const [index, program] of programs.entries()) {
      const alone = await solver().solve(program, options({ explainInfeasibility: 'no' }));
      expect(together[index]!.kind).toBe(alone.kind);
      if (alone.kind !== 'optimal') continue;
      expect(as(together[index], 'optimal').solution.objective).toBeCloseTo(alone.solution.objective, 4);
      expectFeasible(program, alone);
    }
    expect(together.map(({ kind }) => kind)).toContain('infeasible');
  });

  it('a sequence with changed coefficients, costs and bounds, and with integers', async () => {
    const programs = [17, 9, 25].map((capacity) => knapsack([9, 7, 11, capacity], [4, 3, capacity / 5, 2], capacity));
    const together = await solver().solveSequence(programs, options());
    for (const [index, program] of programs.entries()) {
      const alone = as(await solver().solve(program, options()), 'optimal');
      expect(as(together[index], 'optimal').solution.objective).toBeCloseTo(alone.solution.objective, 6);
    }
  });

  it('a cancelled sequence keeps what is done', async () => {
    const source = new CancelSource();
    const programs = [marketSplit(14, 2), marketSplit(14, 2), marketSplit(14, 2)];
    const outcomes = await solver().solveSequence(programs, options({ signal: source }), (index) => {
      if (index === 0) source.cancel();
    });
    expect(outcomes[0]!.kind).toBe('optimal');
    expect(outcomes).toHaveLength(3);
    expect(outcomes[2]!.kind).toBe('cancelled');
  });
}
