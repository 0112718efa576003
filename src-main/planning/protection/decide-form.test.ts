import { describe, expect, it } from 'vitest';
import { protectedProblem } from '../../models/v2g/fixtures/protected-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import type { Solver } from '../../solver/solver.ts';
import type { WassersteinExactSet } from '../../uncertainty/day-set.ts';
import { daySets } from '../../uncertainty/fixtures/day-sets.ts';
import type { FittedSet } from '../../uncertainty/types.ts';
import { exactSolve } from '../exact-solve.ts';
import { decideForm } from './decide-form.ts';
import type { SizedDay } from './sized-day.ts';

const base = protectedProblem();
const ball = daySets(11, base.slots, base.uncertainty.components.length).find(
  (set): set is WassersteinExactSet => set.kind === 'wasserstein-exact',
)!;
const fitted = 1 - ball.risk;

/** Shares are decisions, so that the exact form needs binaries; car by car the days are sorted. */
const open = (parts: Partial<V2gProblem> = {}): SizedDay => ({
  kind: 'wasserstein-exact',
  set: {} as FittedSet,
  scale: { kind: 'wasserstein-exact', name: 'coverage', symbol: '1 − ε', fitted, most: 0.9, steps: 'continuous' },
  at: (size) => ({ ...base, ...parts, uncertainty: { ...base.uncertainty, set: { ...ball, risk: 1 - size } } }),
  promiseAt: () => ({ event: 'limit', probability: null }),
  warm: false,
  chance: null,
});
const kindsAlong = (day: SizedDay): (string | undefined)[] =>
  [0.1, fitted, 0.9].map((size) => day.at(size).uncertainty.set?.kind);

/** Its searches over binaries of the chance end without a plan. */
const timeless: Solver = {
  ...testSolver,
  solve: (program, options) =>
    program.columnNames.some((name) => name.includes('given up'))
      ? Promise.resolve({
          kind: 'failed',
          problem: 'time ran out',
          statistics: { solver: 'stub', seconds: 0, iterations: 0, nodes: 0 },
        })
      : testSolver.solve(program, options),
};
const never: Solver = {
  ...testSolver,
  solve: () => Promise.reject(new Error('nothing is to be solved')),
  solveSequence: () => Promise.reject(new Error('nothing is to be solved')),
};

describe('decideForm', () => {
  it('states every size by CVaR where the exact form has no plan in its time, and says so', async () => {
    const decided = await decideForm(open(), timeless, exactSolve);
    expect(decided.chance).toBe('CVaR (safe), 12 days, because the exact form did not end in its time (time ran out)');
    expect(kindsAlong(decided)).toEqual(['wasserstein', 'wasserstein', 'wasserstein']);
    expect(decided.scale).toEqual(open().scale);
  });

  it('keeps the exact form where it ends', async () => {
    const decided = await decideForm(open(), testSolver, exactSolve);
    expect(decided.chance).toBe('exact mixed-integer, 12 days');
    expect(kindsAlong(decided)).toEqual(kindsAlong(open()));
  });

  it('solves nothing where days are sorted, or where the set is another', async () => {
    const sorted = await decideForm(open({ poolAccount: 'by-car-in-days' }), never, exactSolve);
    expect(sorted.chance).toMatch(/^exact by sorted days, 12 days/);
    const other: SizedDay = { ...open(), kind: 'wasserstein' };
    expect(await decideForm(other, never, exactSolve)).toBe(other);
  });
});
