import { describe, expect, it } from 'vitest';
import { protectedProblem } from '../../models/v2g/fixtures/protected-problem.ts';
import { battery, gridAt } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { daySets } from '../../uncertainty/fixtures/day-sets.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { worstPlanDay } from '../../verify/worst-plan-day.ts';
import { exactSolve } from '../exact-solve.ts';
import { replayWorst } from './replay-worst.ts';
import { solveV2g } from './solve-v2g.ts';

async function planned(problem: V2gProblem) {
  const answer = await solveV2g(problem, testSolver, { ...exactSolve, explainInfeasibility: 'no' });
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}`);
  const { schedule } = answer;
  return {
    problem,
    schedule,
    check: { ...checkPlan(problem, schedule), worstCase: worstPlanDay(problem, schedule) },
  };
}

const base = protectedProblem();
const kinds = daySets(7, base.slots, base.uncertainty.components.length);
const exactBall = kinds.find(({ kind }) => kind === 'wasserstein-exact')!;
const plans: [string, V2gProblem][] = [
  ['slots on their own', base],
  ['static recourse', protectedProblem({ recourse: 0 })],
  ['shares by resource', protectedProblem({ responders: 'each-resource', storage: [battery({ degradationPerKwh: 0.01 })] })],
  ['robust prices', protectedProblem({ grid: { ...gridAt(base.loadKw.map((kw) => kw / 200)), priceRisk: { set: { kind: 'budget', slots: 8, halfWidths: base.loadKw.map(() => 0.05), protection: 1, slotProtection: 3 }, period: base.loadKw.map((_, slot) => slot), saleShare: 1 } } })],
  ...kinds.map((set): [string, V2gProblem] => [`${set.kind} set`, protectedProblem({ uncertainty: { ...base.uncertainty, set } })]),
  ['wasserstein-exact set, car by car', protectedProblem({ poolAccount: 'by-car-in-days', uncertainty: { ...base.uncertainty, set: exactBall } })],
]; // prettier-ignore

describe('the worst day of a plan, replayed', () => {
  it.each(plans)('stands, breaks when every deviation grows, and costs exactly the robust cost: %s', async (_, problem) => {
    const plan = await planned(problem);
    const { asStored, further, cost, stretch } = replayWorst(plan);
    expect(asStored).toMatchObject({ brokenSlots: 0, firstSlot: null, limit: '' });
    expect(stretch).toBeGreaterThan(0);
    expect(further!.brokenSlots).toBeGreaterThan(0);
    expect(further!.limit).not.toBe('');
    // A chance constraint is one limit's; every other set is stood by all of them.
    const isOfOneLimit = problem.uncertainty.set?.kind === 'wasserstein-exact';
    expect(further!.firstSlot === plan.check.worstCase!.slot || !isOfOneLimit).toBe(true);
    expect(asStored!.givenUpSlots > 0).toBe(isOfOneLimit);
    expect(Math.abs(cost.replayed - plan.schedule.totalCost)).toBeLessThan(1e-6 * (1 + Math.abs(cost.planned)));
    expect(cost.items.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(cost.replayed, 9);
  }); // prettier-ignore

  it('says so where no deviation is planned for', async () => {
    const plan = await planned(protectedProblem({ uncertainty: { ...base.uncertainty, protection: 0 } }));
    expect(replayWorst(plan)).toMatchObject({ asStored: null, further: null });
  });

  it('finds it anew for plans stored before it was kept', async () => {
    const { check, ...plan } = await planned(base);
    const { worstCase: _, ...older } = check;
    expect(replayWorst({ ...plan, check: older })).toEqual(replayWorst({ ...plan, check }));
  });
});
