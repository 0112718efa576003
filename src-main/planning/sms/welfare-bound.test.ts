import fc from 'fast-check';
import { expect, it } from 'vitest';
import { onBattery, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import { street, streets, streetSlots } from '../../models/sms/fixtures/streets.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { buildWelfare } from '../../models/sms/welfare.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { exactSolve } from '../exact-solve.ts';
import { boundWelfare } from './welfare-bound.ts';

const drawn = fc.record({
  limitMw: fc.constantFrom(null, 0.95, 0.5),
  trucks: fc.constantFrom(1, 2),
  feeUsd: fc.constantFrom(0, 4),
  correlation: fc.constantFrom(null, 0, 0.8),
  tripMwh: fc.constantFrom(null, 0.1),
});

function problemOf(draw: {
  limitMw: number | null;
  trucks: number;
  feeUsd: number;
  correlation: number | null;
  tripMwh: number | null;
}): SmsProblem {
  const fleet = ['a', 'b'].slice(0, draw.trucks).map((id) => smallTruck(id, { initialMwh: 0.5, start: 2, end: 1 }));
  const base = streets(street(draw.limitMw), { trucks: fleet });
  const grids = base.grids.map((grid) => ({ ...grid, activityFeeUsd: draw.feeUsd }));
  const each = <Value>(value: Value): Value[] => new Array<Value>(streetSlots).fill(value);
  const { correlation, tripMwh } = draw;
  const shared: SmsProblem =
    correlation === null
      ? { ...base, grids }
      : {
          ...base,
          grids,
          reserveSharing: {
            factor: 2,
            meanMw: each([0, 0]),
            covarianceMw2: each([
              [0.25, 0.2 * correlation],
              [0.2 * correlation, 0.16],
            ]),
          },
        };
  return tripMwh === null ? shared : onBattery(shared, tripMwh, 0.4);
}

it('is never above what the best day costs, and comes near it', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (draw) => {
      const problem = problemOf(draw);
      const outcome = await testSolver.solve(buildWelfare(problem).program, exactSolve);
      if (outcome.kind !== 'optimal') throw new Error(outcome.kind);
      const bestUsd = outcome.solution.objective;
      let leastUsd = -Infinity;
      const bounded = await boundWelfare({
        problem,
        solver: testSolver,
        options: () => exactSolve,
        firstDays: null,
        isOver: () => false,
        onBound: (usd) => {
          expect(usd).toBeGreaterThan(leastUsd);
          leastUsd = usd;
        },
      });
      expect(leastUsd).toBeLessThanOrEqual(bestUsd + 1e-5);
      expect(leastUsd).toBeGreaterThan(bestUsd - 0.05 * Math.abs(bestUsd));
      if (bounded.kind !== 'bounded' || bounded.days === null) throw new Error('no days');
      expect(bounded.days).toHaveLength(problem.trucks.length);
    }),
    { numRuns: 5, seed: 4 },
  );
});
