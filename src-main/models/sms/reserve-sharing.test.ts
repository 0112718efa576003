import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSolve } from '../../planning/exact-solve.ts';
import { solveSms } from '../../planning/sms/solve-sms.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { cantelliFactor } from '../../robust/drcc/cantelli.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { smallGrid, smallSms, smallTruck } from './fixtures/small-sms.ts';
import { dispatchCostUsd } from './money.ts';
import { withoutTrucks } from './pattern.ts';
import type { SmsPlan } from './plan.ts';
import type { ReserveSharing, SmsProblem } from './problem.ts';
import { ownMarginMw, withoutSharing } from './reserve-sharing.ts';

/** Deviations of the wind of two grids, their correlation, and the mean error of the first. */
const moments = (slots: number, [north, south]: [number, number], correlation: number, mean = 0): ReserveSharing => ({
  factor: cantelliFactor(0.2),
  meanMw: Array.from({ length: slots }, () => [mean, 0]),
  covarianceMw2: Array.from({ length: slots }, () => [
    [north * north, correlation * north * south],
    [correlation * north * south, south * south],
  ]),
});

const twoGrids = (slots: number, reserveSharing: ReserveSharing): SmsProblem =>
  smallSms(slots, {
    grids: [
      smallGrid('north', slots, { importReserveUsdPerMw: 9, importReserveCapMw: 0.6 }),
      smallGrid('south', slots, { importUsdPerMwh: new Array<number>(slots).fill(75), importReserveUsdPerMw: 3 }),
    ],
    reserveSharing,
  });

async function costAlone(problem: SmsProblem): Promise<number> {
  const { program, read } = withoutTrucks(problem);
  const outcome = await testSolver.solve(program, exactSolve);
  if (outcome.kind !== 'optimal') throw new Error(outcome.kind);
  return read(outcome.solution.columns).reduce((sum, own, g) => sum + dispatchCostUsd(problem, g, own), 0);
}

/** The least cost over a grid of shares, each a linear program with the margins and imports that follow from them. */
async function byTrial(problem: SmsProblem, steps: number): Promise<number> {
  const sharing = problem.reserveSharing!;
  const [sigma, mean] = [sharing.covarianceMw2[0]!, sharing.meanMw[0]!];
  const { reserveSharing: _, ...rest } = problem;
  let best = Infinity;
  for (let i = 0; i <= steps; i++)
    for (let j = 0; j <= steps; j++) {
      const shares = [
        [i / steps, j / steps],
        [1 - i / steps, 1 - j / steps],
      ];
      const grids = rest.grids.map((grid, h) => {
        const [a, b] = shares[h] as [number, number];
        const variance = a * a * sigma[0]![0]! + 2 * a * b * sigma[0]![1]! + b * b * sigma[1]![1]!;
        const margin = -mean[0]! * a - mean[1]! * b + sharing.factor * Math.sqrt(variance);
        const received = ownMarginMw(sharing, h, 0) * (1 - shares[h]![h]!);
        return { ...grid, downsideMarginMw: [Math.max(0, margin)], importCapMw: grid.importCapMw - received };
      });
      best = Math.min(best, await costAlone({ ...rest, grids }));
    }
  return best;
}

const anyMoments = fc
  .record({
    north: fc.constantFrom(0.2, 0.5, 0.8),
    south: fc.constantFrom(0.1, 0.4, 0.7),
    correlation: fc.constantFrom(-0.5, 0, 0.4, 1),
    mean: fc.constantFrom(0, -0.1, 0.15),
  })
  .map(({ north, south, correlation, mean }) => moments(1, [north, south], correlation, mean));

describe('reserve that grids hold for each other', () => {
  it('costs no more than each for itself, and what the best shares of a trial cost', async () => {
    let saved = 0;
    await fc.assert(
      fc.asyncProperty(anyMoments, async (drawn) => {
        const problem = twoGrids(1, drawn);
        const shared = await costAlone(problem);
        const apart = await costAlone(withoutSharing(problem));
        expect(shared).toBeLessThanOrEqual(apart + 1e-5);
        if (shared < apart - 0.01) saved++;
        const tried = await byTrial(problem, 6);
        // The rows that stand for the norm are safe to 0.05 %.
        expect(shared).toBeLessThanOrEqual(tried + 60 * 5e-4 * (ownMarginMw(drawn, 0, 0) + ownMarginMw(drawn, 1, 0)));
        // Between two shares of the trial the margin moves by no more than a sixth of what each grid needs.
        const step = (ownMarginMw(drawn, 0, 0) + ownMarginMw(drawn, 1, 0)) / 6;
        expect(shared).toBeGreaterThanOrEqual(tried - 60 * 2 * step);
      }),
      { numRuns: 6, seed: 2 },
    );
    expect(saved).toBeGreaterThan(2);
  });
  it('is what the deviation of both together asks for where one grid has all the cheap reserve', async () => {
    const problem = twoGrids(1, moments(1, [0.3, 0.4], 0));
    const grids = problem.grids.map((grid, g) => ({ ...grid, importReserveCapMw: g === 0 ? 0 : 5, generatorCapMw: 0 }));
    const { program, read } = withoutTrucks({ ...problem, grids });
    const outcome = await testSolver.solve(program, exactSolve);
    if (outcome.kind !== 'optimal') throw new Error(outcome.kind);
    const [north, south] = read(outcome.solution.columns);
    // k √(0.3² + 0.4²) with k = 2, not 2 · (0.3 + 0.4).
    expect(south!.importReserveMw[0]).toBeCloseTo(1, 4);
    expect(north!.emergencyReserveMw[0]).toBeCloseTo(0, 6);
    expect(south!.answerShares![0]![0]).toBeCloseTo(1, 4);
  });

  const slots = 3;
  const problem: SmsProblem = {
    ...twoGrids(slots, moments(slots, [0.5, 0.4], 0.2)),
    trucks: [smallTruck('a', { initialMwh: 0 })],
    priceMenuUsdPerMwh: [],
    priceCapUsdPerMwh: [0, 1].map(() => new Array<number>(slots).fill(300)),
  };
  const windy = {
    ...problem,
    grids: [smallGrid('north', slots, { windMw: [6, 1, 1], activityFeeUsd: 1 }), problem.grids[1]!],
  };
  const dear = { ...windy, grids: [windy.grids[0]!, { ...windy.grids[1]!, importUsdPerMwh: [40, 60, 140] }] };
  const planOf = async (ties: SmsProblem['ties']) => {
    const answer = await solveSms({ ...dear, ties }, testSolver, {
      ...exactSolve,
      relativeGap: 0.1,
    });
    if (!('plan' in answer)) throw new Error(JSON.stringify(answer).slice(0, 500));
    return answer;
  };

  it('is part of a plan that is bounded, checked and settled, whichever way ties go', async () => {
    const [kind, unkind] = [await planOf('optimistic'), await planOf('pessimistic')];
    for (const { plan, upperBoundUsd } of [kind, unkind]) {
      expect(checkSmsPlan(dear, plan).breaches).toEqual([]);
      expect(plan.ownerProfitUsd).toBeGreaterThan(10);
      expect(plan.ownerProfitUsd).toBeLessThanOrEqual(upperBoundUsd);
      expect(plan.settlement.grids.reduce((sum, { transferCents }) => sum + transferCents, 0)).toBe(0);
      for (const { paysCents, aloneCents } of plan.settlement.grids)
        expect(paysCents).toBeLessThanOrEqual(aloneCents + 2);
    }
    expect(unkind.plan.ownerProfitUsd).toBeLessThanOrEqual(kind.upperBoundUsd + 1e-6);
  });
  it('is not accepted with other shares or less reserve', async () => {
    const { plan } = await planOf('optimistic');
    const limitsWith = (change: (plan: SmsPlan) => void): string[] => {
      const changed = structuredClone(plan);
      change(changed);
      return checkSmsPlan(dear, changed).breaches.map(({ limit }) => limit);
    };
    expect(limitsWith(({ grids }) => (grids[0]!.answerShares![0]![1]! += 0.1))).toContain('wind answered');
    expect(limitsWith(({ grids }) => delete grids[1]!.answerShares)).toContain('answers');
    const less = limitsWith(({ grids }) =>
      grids.forEach((grid) => {
        grid.importReserveMw = grid.importReserveMw.map(() => 0);
        grid.curtailMw = grid.curtailMw.map(() => 0);
      }),
    );
    expect(less).toContain('grid downside margin');
  });
  it('is refused for what is no covariance', async () => {
    const refused = (reserveSharing: ReserveSharing, words: string) =>
      expect(solveSms({ ...problem, reserveSharing }, testSolver, exactSolve)).rejects.toMatchObject({
        report: { code: 'case-bad', details: { problem: expect.stringContaining(words) } },
      });
    await refused(moments(slots, [0.5, 0.4], 1.5), 'reserveSharing.covarianceMw2[0][0][1] is 0.3');
    await refused(moments(2, [0.5, 0.4], 0), 'reserveSharing.meanMw has 2 values, not 3');
    await refused({ ...moments(slots, [0.5, 0.4], 0), factor: -1 }, 'reserveSharing.factor is -1');
  });
});
