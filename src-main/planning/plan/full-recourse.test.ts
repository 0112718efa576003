import { expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { battery, gasUnit, smallProblem } from '../../models/v2g/fixtures/small-problem.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkPlan } from '../../verify/check-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { fullRecourse, withCommitment } from './full-recourse.ts';
import { replayRecourse } from './replay-recourse.ts';
import { solveFullRecourse } from './solve-full-recourse.ts';
import { solveV2g } from './solve-v2g.ts';

const options = { ...exactSolve, explainInfeasibility: 'no' as const };
const widths = [6, 10, 14, 8];
const problem: V2gProblem = smallProblem([50, 70, 80, 60], {
  gas: [
    gasUnit({ maxKw: 70, costQuadraticPerKwh2: 1e-3, costSegments: 4 }),
    gasUnit({ id: 'gas-2', name: 'Gas 2', minKw: 10, maxKw: 40, costLinearPerKwh: 0.12, noLoadPerHour: 1.5, startUpCost: 2, commitment: 'committed' }), // prettier-ignore
  ],
  storage: [battery({ finalMinKwh: 25, dischargeEfficiency: 0.9 })],
  uncertainty: {
    components: [{ id: 'load', name: 'Load', kind: 'load', halfWidthKw: widths }],
    protection: 1,
    set: { kind: 'budget', slots: 4, halfWidths: widths, protection: 1, slotProtection: 2 },
  },
  responders: 'each-resource',
});
const costOf = async (of: V2gProblem) => {
  const answer = await solveV2g(of, testSolver, options);
  if (!('schedule' in answer)) return null;
  expect(checkPlan(of, answer.schedule).breaches).toEqual([]);
  return answer.schedule;
};
/** On/off of the second unit as bits. */
const asBits = (bits: number): (0 | 1)[] => widths.map((_, slot) => ((bits >> slot) & 1) as 0 | 1);

it('bounds what shares cost whatever units are on, and its decisions make a plan that is held to them', async () => {
  const found = await fullRecourse(problem, testSolver, options);
  if (found.kind !== 'found') throw new Error(found.problem);
  expect(found.upper - found.lower).toBeLessThanOrEqual(1e-4);
  expect(found.on[0]).toBeNull();
  let least = Infinity;
  for (let bits = 0; bits < 2 ** widths.length; bits++) {
    const schedule = await costOf(withCommitment(problem, [null, asBits(bits)]));
    if (schedule === null) continue;
    expect(schedule.gas[1]!.on).toEqual(asBits(bits));
    expect(schedule.objective).toBeGreaterThanOrEqual(found.lower - 1e-4);
    least = Math.min(least, schedule.objective);
  }
  // Sixteen choices tried one by one are what the search over them finds.
  expect((await costOf(problem))!.objective).toBeCloseTo(least, 5);
  const held = await costOf(withCommitment(problem, found.on));
  expect(held!.gas[1]!.on).toEqual(found.on[1]);
  expect(held!.objective).toBeGreaterThanOrEqual(found.upper - 1e-4);
});

it('has its on/off decisions told from others by the re-check', async () => {
  const schedule = (await costOf(withCommitment(problem, [null, asBits(15)])))!;
  const breaches = checkPlan(withCommitment(problem, [null, asBits(7)]), schedule).breaches;
  expect(breaches.map(({ limit }) => limit)).toContain('gas on/off held');
});

const { responders: _, ...byPool } = problem;
const ofDays: V2gProblem = {
  ...byPool,
  uncertainty: {
    ...problem.uncertainty,
    set: { kind: 'scenarios', centre: [0, 0, 0, 0], points: [[6, 2, 0, 8], [0, 10, 14, -3]], scale: 1 }, // prettier-ignore
  },
};

it.each([['a budget', problem], ['past days', ofDays]])('ends as a plan no dearer than that of the EV pool, and its worst day costs what was kept: %s', async (_name, asked) => {
  const { problem: solved, answer, fullRecourse: told } = await solveFullRecourse(asked, testSolver, options);
  if (!('schedule' in answer)) throw new Error(answer.kind);
  const { responders: __, ...pool } = asked;
  const affine = (await costOf(pool))!.objective;
  expect(told!.affine).toBeCloseTo(affine, 6);
  expect(answer.schedule.objective).toBeLessThanOrEqual(affine + 1e-6);
  expect(told!.upper).toBeLessThanOrEqual(answer.schedule.objective + 1e-4);
  expect(checkPlan(solved, answer.schedule).breaches).toEqual([]);
  const provenance = { fullRecourse: told! } as Parameters<typeof replayRecourse>[0]['provenance'];
  const replay = (await replayRecourse({ problem: solved, provenance }, testSolver))!;
  expect(replay.replayed).toBeCloseTo(told!.worst!.cost, 5);
  // Proven to the end, the worst day costs what no rule can be below.
  expect(replay.replayed).toBeCloseTo(told!.upper, 4);
  expect(replay.replayed).toBeCloseTo(told!.lower, 4);
  const altered = { fullRecourse: { ...told!, worst: { ...told!.worst!, deviationKw: [0, 0, 0, 0] } } } as typeof provenance;
  expect((await replayRecourse({ problem: solved, provenance: altered }, testSolver))!.replayed).toBeLessThan(replay.replayed! - 0.1);
}); // prettier-ignore

it('is the plan of the EV pool when it is asked for the best so far before there is better', async () => {
  const stopSignal = new CancelSource();
  stopSignal.cancel();
  const {
    answer,
    fullRecourse: told,
    notes,
  } = await solveFullRecourse(problem, testSolver, { ...options, stopSignal });
  if (!('schedule' in answer)) throw new Error(answer.kind);
  expect(answer.schedule.objective).toBeCloseTo((await costOf(byPool))!.objective, 6);
  expect(told).toBeUndefined();
  expect(notes).toEqual([expect.stringMatching(/left before any bound was proven/)]);
});
