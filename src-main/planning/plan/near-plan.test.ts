import { expect, it } from 'vitest';
import { electricCar, gasUnit, gridAt, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { nearPlan } from './near-plan.ts';
import { solveV2g } from './solve-v2g.ts';

/** A car that needs one hour of charging, in any of three: at one price, it is the same in which. */
const atPrices = (buyPerKwh: number[], parts: Partial<V2gProblem> = {}): V2gProblem =>
  smallProblem([20, 20, 20], {
    grid: gridAt(buyPerKwh),
    recourse: 0,
    evs: [electricCar({ departureSlot: 3, initialKwh: 20, requiredKwh: 29, chargeKw: 10, dischargeKw: 0 })],
    ...parts,
  });

async function scheduleOf(problem: V2gProblem, solver = testSolver): Promise<V2gSchedule> {
  const answer = await solveV2g(problem, solver, exactSolve);
  if (answer.kind !== 'optimal') throw new Error(`answer is ${answer.kind}`);
  expect(checkPlan(problem, answer.schedule).breaches).toEqual([]);
  return answer.schedule;
}
const charging = ({ evs }: V2gSchedule): number[] => evs[0]!.chargeKw.map((kw) => Math.round(kw * 1e4) / 1e4 + 0);

it.each([0, 1, 2])('moves nothing that costs the same where it was: charging in slot %i', async (slot) => {
  const standing = atPrices([0.2, 0.2, 0.2].with(slot, 0.1));
  const before = await scheduleOf(standing);
  expect(charging(before)[slot]).toBeGreaterThan(8);
  const flat = atPrices([0.2, 0.2, 0.2]);
  const after = await scheduleOf(flat, nearPlan(testSolver, standing, before));
  expect(charging(after)).toEqual(charging(before));
  expect(after.objective).toBeCloseTo((await scheduleOf(flat)).objective, 9);
});

it('moves what costs less elsewhere, and keeps on/off decisions and their proof', async () => {
  const before = await scheduleOf(atPrices([0.1, 0.2, 0.2]));
  const gas = [gasUnit({ commitment: 'committed', minKw: 15, costLinearPerKwh: 0.01, startUpCost: 1 })];
  const dearer = atPrices([0.2, 0.2, 0.1], { gas });
  const after = await scheduleOf(dearer, nearPlan(testSolver, atPrices([0.1, 0.2, 0.2]), before));
  const plain = await scheduleOf(dearer);
  expect(after.objective).toBeCloseTo(plain.objective, 6);
  expect(after.gas[0]!.on).toEqual(plain.gas[0]!.on);
});

it('says why there is no plan in the words of the problem alone', async () => {
  const standing = atPrices([0.1, 0.2, 0.2]);
  const impossible = atPrices([0.1, 0.2, 0.2], { grid: gridAt([0.1, 0.2, 0.2], { importLimitKw: 5 }) });
  const near = nearPlan(testSolver, standing, await scheduleOf(standing));
  const answer = await solveV2g(impossible, near, exactSolve);
  expect(answer).toEqual({ ...(await solveV2g(impossible, testSolver, exactSolve)), statistics: expect.anything() });
  expect(answer.kind).toBe('infeasible');
});
