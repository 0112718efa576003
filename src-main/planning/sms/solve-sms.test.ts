import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CancelSource } from '../../base/cancel.ts';
import { bestByEnumeration } from '../../models/sms/fixtures/enumerate.ts';
import { anySms, smallGrid, smallSms, smallTruck, type SmsSize } from '../../models/sms/fixtures/small-sms.ts';
import type { SmsRound } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { solveSms, type SmsAnswer } from './solve-sms.ts';

const solve = (problem: SmsProblem) => solveSms(problem, testSolver, exactSolve);
function optimal(answer: SmsAnswer) {
  if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
  return answer;
}

describe('the decomposition against enumeration of routes, prices and patterns', () => {
  const sizes: [SmsSize, number][] = [
    [{ slots: 3, trucks: 'one', levels: 2 }, 10],
    [{ slots: 2, trucks: 'two', levels: 2 }, 8],
    [{ slots: 2, trucks: 'twins', levels: 3 }, 6],
  ];
  it.each(sizes)('%o', async (size, numRuns) => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(anySms(size), async (problem) => {
        const wanted = await bestByEnumeration(problem);
        const answer = await solve(problem);
        if (wanted === null) return expect(answer.kind).toBe('infeasible');
        const { plan, upperBoundUsd } = optimal(answer);
        const tolerance = 1e-6 * Math.max(1, Math.abs(wanted));
        expect(Math.abs(plan.ownerProfitUsd - wanted)).toBeLessThanOrEqual(tolerance);
        expect(upperBoundUsd).toBeGreaterThanOrEqual(wanted - tolerance);
        expect(checkSmsPlan(problem, plan).breaches).toEqual([]);
        answered++;
      }),
      { numRuns, seed: 5 },
    );
    expect(answered).toBeGreaterThan(numRuns / 2);
  });
});

/** The north has wind to spare in slot 0; the south pays 140 in the last slot. */
const dearSouth = (changes: Partial<SmsProblem> = {}): SmsProblem =>
  smallSms(3, {
    grids: [
      smallGrid('north', 3, { windMw: [6, 1, 1] }),
      smallGrid('south', 3, { importUsdPerMwh: [40, 60, 140], generatorUsdPerMwh: 150 }),
    ],
    ...changes,
  });

describe('solveSms', () => {
  it('charges where wind is spare, sells where power is dear, and prices up to what the grids gain', async () => {
    const { plan } = optimal(await solve(dearSouth()));
    expect(plan.trucks[0]!.legs).toEqual([
      { kind: 'stay', terminal: 1, fromSlot: 0, untilSlot: 1 },
      { kind: 'travel', from: 1, to: 2, fromSlot: 1, untilSlot: 2 },
      { kind: 'stay', terminal: 2, fromSlot: 2, untilSlot: 3 },
    ]);
    // A MWh given in the south saves 140, what it took in the north saves curtailment at 20: 40 for both is less than that.
    expect([plan.priceUsdPerMwh[0]![0], plan.priceUsdPerMwh[1]![2]]).toEqual([40, 40]);
    // 2 MW for the last hour take 2 / 0.9 MWh, of which 1 is in the truck.
    const charged = (2 / 0.9 - 1) / 0.9;
    expect(plan.trucks[0]!.chargeMw[0]).toBeCloseTo(charged, 7);
    expect(plan.trucks[0]!.dischargeMw[2]).toBeCloseTo(2, 7);
    expect(plan.ownerProfitUsd).toBeCloseTo((charged + 2) * (40 - 2) - 3 - 2 * 0.5, 6);
  });
  it('never promises less than it later finds, and raises what it has', async () => {
    const seen: SmsRound[] = [];
    const answer = optimal(await solveSms(dearSouth(), testSolver, exactSolve, (round) => seen.push(round)));
    expect(seen).toEqual(answer.rounds);
    for (const [i, { upperBoundUsd, incumbentUsd }] of seen.entries()) {
      expect(upperBoundUsd).toBeGreaterThanOrEqual(answer.plan.ownerProfitUsd - 1e-6);
      if (i === 0) continue;
      expect(upperBoundUsd).toBeLessThanOrEqual(seen[i - 1]!.upperBoundUsd);
      expect(incumbentUsd!).toBeGreaterThanOrEqual(seen[i - 1]!.incumbentUsd!);
    }
  });
  it('settles to the cent and leaves no grid worse off', async () => {
    const { plan } = optimal(await solve(dearSouth()));
    const { grids, ownerIncomeCents } = plan.settlement;
    expect(grids.reduce((sum, { transferCents }) => sum + transferCents, 0)).toBe(0);
    expect(ownerIncomeCents).toBe(Math.round(plan.rentUsd * 100));
    for (const { paysCents, aloneCents } of grids) expect(paysCents).toBeLessThan(aloneCents);
  });
  it('gives the owner no more when ties are broken against him', async () => {
    // The generator costs as much as the rented MWh: the grids do not care, the owner does.
    const tied = smallSms(1, {
      grids: [smallGrid('north', 1, { importUsdPerMwh: [40], activityFeeUsd: 0 }), smallGrid('south', 1)],
      trucks: [smallTruck('truck-1', { end: 1 })],
      priceMenuUsdPerMwh: [[[10, 40]], [[10, 40]]],
    });
    // 1 MWh stored gives 0.9: worth 0.9 · 38 at 40 where the tie is kind, 0.9 · 8 at 10 where it is not; holding costs 0.5.
    expect(optimal(await solve(tied)).plan.ownerProfitUsd).toBeCloseTo(0.9 * 38 - 0.5, 7);
    expect(optimal(await solve({ ...tied, ties: 'pessimistic' })).plan.ownerProfitUsd).toBeCloseTo(0.9 * 8 - 0.5, 7);
  });
  it('names the truck that cannot get home', async () => {
    const problem = dearSouth({
      travelSlots: dearSouth().travelSlots.map((row) => row.map((times) => times.map(() => null))),
    });
    expect(await solve(problem)).toEqual({
      kind: 'infeasible',
      why: 'Truck truck-1 cannot get from station north to station south within the day.',
      rounds: [],
    });
  });
  it('says when the places at stations do not suffice', async () => {
    const trucks = ['a', 'b', 'c'].map((id) => smallTruck(id, { end: 1 }));
    const noWay = dearSouth().travelSlots.map((row) => row.map((times) => times.map(() => null)));
    const answer = await solve(dearSouth({ trucks, travelSlots: noWay }));
    expect(answer).toMatchObject({ kind: 'infeasible', why: expect.stringContaining('places at stations') });
  });
  it('answers a cancel before the first decision as cancelled, and after it with the best plan and its gap', async () => {
    const early = new CancelSource();
    early.cancel();
    expect(await solveSms(dearSouth(), testSolver, { ...exactSolve, signal: early })).toMatchObject({
      kind: 'cancelled',
    });
    const late = new CancelSource();
    const problem = dearSouth();
    const answer = await solveSms(problem, testSolver, { ...exactSolve, signal: late }, () => late.cancel());
    if (answer.kind !== 'feasible') throw new Error(`the answer is ${answer.kind}`);
    expect(answer.gap).toBeGreaterThan(0);
    expect(answer.upperBoundUsd).toBeGreaterThan(answer.plan.ownerProfitUsd);
    expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
    const whole = optimal(await solve(problem)).plan.ownerProfitUsd;
    expect(whole).toBeLessThanOrEqual(answer.upperBoundUsd + 1e-6);
    expect(whole).toBeGreaterThanOrEqual(answer.plan.ownerProfitUsd);
  });
  it('refuses a problem that contradicts itself', async () => {
    await expect(solve(dearSouth({ holdCostUsdPerSlot: [0] }))).rejects.toMatchObject({ code: 'case-bad' });
  });
});
