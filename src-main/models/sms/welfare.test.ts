import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactSolve } from '../../planning/exact-solve.ts';
import { usersAnswer } from '../../planning/sms/users-answer.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { settingOf, wayCostUsd } from './assemble-plan.ts';
import { bestByEnumeration } from './fixtures/enumerate.ts';
import { anySms } from './fixtures/small-sms.ts';
import { withoutTrucks } from './pattern.ts';
import { mayIdle } from './prices.ts';
import type { SmsProblem } from './problem.ts';
import { buildWelfare } from './welfare.ts';

/** Least cost of owner and users together, and the routes; null when there is no way through the day. */
async function best(problem: SmsProblem) {
  const { program, read } = buildWelfare(problem);
  const outcome = await testSolver.solve(program, exactSolve);
  if (outcome.kind === 'infeasible') return null;
  if (outcome.kind !== 'optimal') throw new Error(`the welfare is ${outcome.kind}`);
  return { costUsd: outcome.solution.objective, ...read(outcome.solution.columns) };
}

it('is what users do on its routes when rents are what trucks wear, and no less than any prices bring the owner', async () => {
  let [answered, bounded] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anySms({ slots: 3, trucks: 'one', levels: 2 }), async (problem) => {
      const day = await best(problem);
      if (day === null) return;
      const wear = problem.trucks[0]!.degradationUsdPerMwh;
      const decision = {
        routes: day.routes,
        priceUsdPerMwh: problem.grids.map(() => new Array<number>(problem.slots).fill(wear)),
      };
      const answer = await usersAnswer(problem, settingOf(problem, decision), testSolver, exactSolve);
      if (answer.kind !== 'answered') throw new Error(answer.kind);
      expect(answer.usersCostUsd + wayCostUsd(problem, decision)).toBeCloseTo(day.costUsd, 4);
      answered++;
      const profit = await bestByEnumeration(problem);
      if (profit === null || !mayIdle(problem)) return;
      const alone = await testSolver.solve(withoutTrucks(problem).program, exactSolve);
      if (alone.kind !== 'optimal') throw new Error(alone.kind);
      expect(profit).toBeLessThanOrEqual(alone.solution.objective - day.costUsd + 1e-4);
      bounded++;
    }),
    { numRuns: 16, seed: 3 },
  );
  expect(answered).toBeGreaterThan(6);
  expect(bounded).toBeGreaterThan(3);
});
