import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestByEnumeration } from '../../models/sms/fixtures/enumerate.ts';
import {
  anySms,
  onBattery,
  smallGrid,
  smallSms,
  smallTruck,
  type SmsSize,
} from '../../models/sms/fixtures/small-sms.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveSms } from './solve-sms.ts';

describe('driving on the battery, against enumeration of routes, prices and patterns', () => {
  const sizes: [SmsSize, number][] = [
    [{ slots: 3, trucks: 'one', levels: 2 }, 12],
    [{ slots: 2, trucks: 'two', levels: 2 }, 8],
  ];
  it.each(sizes)('%o', async (size, numRuns) => {
    const seen = { answered: 0, stranded: 0, drove: 0 };
    const energies = fc.record({ tripMwh: fc.constantFrom(0.3, 0.6, 1.5), spareMwh: fc.constantFrom(0.6, 1.2, 3) });
    await fc.assert(
      fc.asyncProperty(anySms(size), energies, async (drawn, { tripMwh, spareMwh }) => {
        const problem = onBattery(drawn, tripMwh, spareMwh);
        const wanted = await bestByEnumeration(problem);
        const answer = await solveSms(problem, testSolver, exactSolve);
        if (wanted === null) {
          seen.stranded++;
          expect(answer.kind).toBe('infeasible');
          return;
        }
        if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
        const tolerance = 1e-6 * Math.max(1, Math.abs(wanted));
        expect(Math.abs(answer.plan.ownerProfitUsd - wanted)).toBeLessThanOrEqual(tolerance);
        expect(answer.upperBoundUsd).toBeGreaterThanOrEqual(wanted - tolerance);
        expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
        seen.answered++;
        if (answer.plan.trucks.some(({ legs }) => legs.some(({ kind }) => kind === 'travel'))) seen.drove++;
      }),
      { numRuns, seed: 6 },
    );
    expect(seen.answered).toBeGreaterThan(numRuns / 2);
    expect(seen.drove).toBeGreaterThan(numRuns / 3);
  });
});

const slots = 5;
const capped = (tripMwh: number, spareMwh: number): SmsProblem =>
  onBattery(
    smallSms(slots, {
      grids: [
        smallGrid('north', slots, { windMw: [6, 5, 1, 1, 1], activityFeeUsd: 0, importCapMw: 2.2 }),
        smallGrid('south', slots, { importUsdPerMwh: [40, 60, 140, 90, 130], importCapMw: 2.2, activityFeeUsd: 0 }),
      ],
      trucks: [smallTruck('a', { initialMwh: 0 }), smallTruck('b', { initialMwh: 0, powerMw: 1.5, start: 0, end: 0 })],
      priceMenuUsdPerMwh: [],
      priceCapUsdPerMwh: [0, 1].map(() => new Array<number>(slots).fill(1000)),
    }),
    tripMwh,
    spareMwh,
  );

describe('trucks that drive on their batteries', () => {
  it('keep enough to get home, and are bounded by no less than they earn', async () => {
    const problem = capped(0.25, 1);
    const answer = await solveSms(problem, testSolver, { ...exactSolve, relativeGap: 0.02 });
    if (!('plan' in answer)) throw new Error(`the answer is ${answer.kind}`);
    expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
    expect(answer.upperBoundUsd).toBeGreaterThanOrEqual(answer.plan.ownerProfitUsd);
    expect(answer.plan.trucks.some(({ legs }) => legs.some(({ kind }) => kind === 'travel'))).toBe(true);
    for (const { paysCents, aloneCents } of answer.plan.settlement.grids)
      expect(paysCents).toBeLessThanOrEqual(aloneCents + 2);
    // A plan that forgets what driving takes is not one.
    const { travelEnergyMwh: _, ...free } = problem;
    const forgetful = await solveSms(free, testSolver, { ...exactSolve, relativeGap: 0.02 });
    if (!('plan' in forgetful)) throw new Error(`the answer is ${forgetful.kind}`);
    expect(checkSmsPlan(problem, forgetful.plan).passed).toBe(false);
    expect(forgetful.upperBoundUsd).toBeGreaterThanOrEqual(answer.plan.ownerProfitUsd - 1e-6);
  });
  it('are refused by name where their charge does not bring them home', async () => {
    const problem = capped(2, 1);
    expect(await solveSms(problem, testSolver, exactSolve)).toMatchObject({
      kind: 'infeasible',
      why: 'Truck a cannot reach station south from station north on its charge: 1.000 MWh are for driving.',
    });
  });
  it('are refused where they must be charged to end the day, or where an energy is missing', async () => {
    const refused = (problem: SmsProblem, words: string) =>
      expect(solveSms(problem, testSolver, exactSolve)).rejects.toMatchObject({
        report: { code: 'case-bad', details: { problem: expect.stringContaining(words) } },
      });
    const problem = capped(0.2, 1);
    const trucks = problem.trucks.map((truck) => ({ ...truck, finalMinMwh: 2 }));
    await refused({ ...problem, trucks }, 'finalMinMwh of truck a is 2, above its initialMwh 1');
    const travelEnergyMwh = problem.travelEnergyMwh!.map((row) => row.map((series) => series.map(() => null)));
    await refused({ ...problem, travelEnergyMwh }, 'travelEnergyMwh[0][1][0] is missing');
  });
});
