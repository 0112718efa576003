import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestByEnumeration } from '../../models/sms/fixtures/enumerate.ts';
import { anySms, smallGrid, smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import type { CostCurve } from '../../models/sms/marginal/cost-curve.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { exactSolve } from '../exact-solve.ts';
import { sameThread } from '../helpers/same-thread.ts';
import { bestOfRoutes } from './fixtures/best-of-routes.ts';
import { boundSms, type BoundOutcome } from './sms-bound.ts';
import { smsCurves } from './sms-curves.ts';
import { smsTuning, type SmsTuning } from './sms-tuning.ts';
import { solveSms } from './solve-sms.ts';

const withoutRamps = (problem: SmsProblem): SmsProblem => ({
  ...problem,
  grids: problem.grids.map((grid) => ({ ...grid, generatorRampMw: null })),
});

/** The same with any price up to the highest of the menu. */
function withCap(problem: SmsProblem): SmsProblem {
  const priceCapUsdPerMwh = problem.priceMenuUsdPerMwh.map((slots) => slots.map((menu) => Math.max(...menu)));
  return { ...problem, priceMenuUsdPerMwh: [], priceCapUsdPerMwh };
}

/**
 * The same where nothing but routes and powers is left to decide: users pay what a MW is worth, which is never negative, so that no truck gains
 * by charging and discharging at once.
 */
const atTheMargin = (problem: SmsProblem): SmsProblem => ({
  ...problem,
  grids: problem.grids.map((grid) => ({
    ...grid,
    windMw: grid.windMw.map(() => 0),
    // What a MW is worth then changes between the powers at which work is told apart.
    importCapMw: 3.37,
    generatorRampMw: null,
    activityFeeUsd: 0,
  })),
  trucks: problem.trucks.map((truck) => ({ ...truck, finalMinMwh: Math.min(truck.finalMinMwh, truck.initialMwh) })),
  priceMenuUsdPerMwh: problem.priceMenuUsdPerMwh.map((slots) => slots.map(() => [1000])),
});

const plainOptions = { ...exactSolve, explainInfeasibility: 'no' as const, relativeGap: 0 };
const workTuning = { ...smsTuning, core: 'off' as const, coreTrucks: 0, width: 1 };

/** The search for the bound alone. @param incumbentUsd what is known to be earned, at every question. */
async function boundOf(
  problem: SmsProblem,
  curves: CostCurve[][],
  { tuning, incumbentUsd }: { tuning: SmsTuning; incumbentUsd: () => number },
): Promise<{ outcome: BoundOutcome; leastUsd: number; branches: number }> {
  let leastUsd = Infinity;
  let branches = 0;
  const outcome = await boundSms({
    problem,
    curves,
    solver: testSolver,
    helpers: sameThread,
    options: plainOptions,
    tuning,
    firstDays: null,
    isOver: () => false,
    secondsLeft: () => Infinity,
    incumbentUsd,
    bestDays: () => null,
    tryDays: () => Promise.resolve(),
    onStep: (step) => {
      leastUsd = Math.min(leastUsd, step.boundUsd);
      branches = step.branches;
    },
  });
  return { outcome, leastUsd, branches };
}

describe('the bound with work told apart', () => {
  it.each([
    ['one truck', 'one', 3],
    ['two trucks', 'two', 2],
    ['trucks alike', 'twins', 2],
  ] as const)(
    'is never below the best of every combination of routes, and mostly meets it: %s',
    async (_, trucks, slots) => {
      let [answered, met] = [0, 0];
      await fc.assert(
        fc.asyncProperty(anySms({ slots, trucks, levels: 2 }), async (drawn) => {
          const problem = atTheMargin(drawn);
          const known = await smsCurves(problem, testSolver, plainOptions);
          if (known.kind !== 'known') throw new Error(`the curves are ${known.kind}`);
          const { curves } = known;
          const wanted = await bestOfRoutes(problem, curves);
          const near = 2e-5 * Math.max(1, Math.abs(wanted));
          const incumbentUsd = (): number => -Infinity;
          const { outcome, leastUsd } = await boundOf(problem, curves, { tuning: workTuning, incumbentUsd });
          if (wanted === -Infinity) {
            expect(outcome.kind).toBe('infeasible');
            return;
          }
          if (outcome.kind !== 'bounded') throw new Error(`the bound is ${outcome.kind}`);
          expect(leastUsd).toBeGreaterThan(wanted - near);
          if (outcome.boundUsd < wanted + near) met++;
          answered++;
        }),
        { numRuns: 8, seed: 5 },
      );
      expect(answered).toBeGreaterThan(4);
      // Branches on whole trucks and net power alone may leave a mixture of trucks alike.
      expect(met).toBeGreaterThan(0.7 * answered);
    },
  );
});

describe('the bound with arcs left out for an aim', () => {
  it.each([
    ['two trucks', 'two', 'stays'],
    ['two trucks on their batteries', 'two', 'drives'],
    ['trucks alike', 'twins', 'stays'],
    ['trucks alike on their batteries', 'twins', 'drives'],
  ] as const)('is never below the best, and ends where it does with all arcs: %s', async (_, trucks, driving) => {
    let [answered, branched] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anySms({ slots: 2, trucks, levels: 2 }), fc.nat({ max: 12 }), async (drawn, rises) => {
        const plain = atTheMargin(drawn);
        const travelEnergyMwh = plain.travelSlots.map((row) => row.map((own) => own.map(() => 0.05)));
        const full = plain.trucks.map((own) => ({ ...own, initialMwh: Math.max(own.initialMwh, 1), finalMinMwh: 0 }));
        const problem = driving === 'drives' ? { ...plain, travelEnergyMwh, trucks: full } : plain;
        const known = await smsCurves(problem, testSolver, plainOptions);
        if (known.kind !== 'known') throw new Error(`the curves are ${known.kind}`);
        const { curves } = known;
        const wanted = await bestOfRoutes(problem, curves);
        if (wanted === -Infinity) return;
        const scale = Math.max(1, Math.abs(wanted));
        /** What is known to be earned comes nearer to the best while branches are worked on. */
        const knownUsd = (): (() => number) => {
          let asked = 0;
          return () => wanted - scale * (asked++ < 10 * rises ? 0.03 : 0.004);
        };
        const ofBranches = async (rooms: 'on' | 'off') => {
          const tuning = { ...workTuning, rooms, revenue: 'by-power' as const, earlyShare: 0 };
          const found = await boundOf(problem, curves, { tuning, incumbentUsd: knownUsd() });
          if (found.outcome.kind !== 'bounded') throw new Error(`the bound is ${found.outcome.kind}`);
          expect(found.leastUsd).toBeGreaterThan(wanted - 2e-5 * scale);
          return { boundUsd: found.outcome.boundUsd, branches: found.branches };
        };
        const [left, all] = [await ofBranches('on'), await ofBranches('off')];
        expect(left.boundUsd).toBeLessThan(all.boundUsd + 2e-5 * scale);
        answered++;
        if (left.branches > 1) branched++;
      }),
      { numRuns: 10, seed: 7 },
    );
    expect(answered).toBeGreaterThan(4);
    expect(branched).toBeGreaterThan(0);
  });
});

describe('prices up to a cap', () => {
  it('are bounded with every mixture solved from nothing, the first without any day of its own', async () => {
    const drawn = fc.sample(anySms({ slots: 2, trucks: 'two', levels: 2 }), { numRuns: 14, seed: 1236 }).at(-1)!;
    const problem: SmsProblem = { ...withCap(withoutRamps(drawn)), ties: 'pessimistic' };
    const tuning = {
      ...smsTuning,
      start: 'nothing' as const,
      core: 'off' as const,
      firstDays: 'none' as const,
      coreTrucks: 0,
      width: 1,
    };
    const options = { ...exactSolve, relativeGap: 0.3 };
    const answer = await solveSms(problem, testSolver, options, () => undefined, { tuning });
    if (!('plan' in answer)) throw new Error(JSON.stringify(answer));
    expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
    expect(answer.upperBoundUsd).toBeGreaterThanOrEqual(answer.plan.ownerProfitUsd - 1e-6);
  });

  it('are bounded by no less than the best prices of a menu below it bring, on random problems', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(anySms({ slots: 3, trucks: 'one', levels: 2 }), async (drawn) => {
        const menu = { ...withoutRamps(drawn), ties: 'optimistic' as const };
        const wanted = await bestByEnumeration(menu);
        const problem = withCap(menu);
        const answer = await solveSms(problem, testSolver, exactSolve);
        if (wanted === null) {
          expect(answer.kind).toBe('infeasible');
          return;
        }
        if (!('plan' in answer)) throw new Error(`the answer is ${answer.kind}`);
        expect(answer.upperBoundUsd).toBeGreaterThanOrEqual(wanted - 1e-5 * Math.max(1, Math.abs(wanted)));
        expect(answer.plan.ownerProfitUsd).toBeLessThanOrEqual(answer.upperBoundUsd + 1e-6);
        expect(checkSmsPlan(problem, answer.plan).breaches).toEqual([]);
        answered++;
      }),
      { numRuns: 14, seed: 8 },
    );
    expect(answered).toBeGreaterThan(6);
  });

  /** Trucks begin and end empty, and nothing is paid per slot: then the bound is what the owner gets. */
  const plain = smallSms(5, {
    grids: [
      smallGrid('north', 5, { windMw: [6, 5, 1, 1, 1], activityFeeUsd: 0, importCapMw: 2.2 }),
      smallGrid('south', 5, { importUsdPerMwh: [40, 60, 140, 90, 130], importCapMw: 2.2, activityFeeUsd: 0 }),
    ],
    trucks: [smallTruck('a', { initialMwh: 0 }), smallTruck('b', { initialMwh: 0, powerMw: 1.5, start: 0, end: 0 })],
    priceMenuUsdPerMwh: [],
    priceCapUsdPerMwh: [0, 1].map(() => new Array<number>(5).fill(1000)),
  });

  it('bring the owner all that a MW is worth at the margin', async () => {
    const answer = await solveSms(plain, testSolver, exactSolve);
    if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
    expect(answer.gap).toBeLessThanOrEqual(1e-6);
    expect(checkSmsPlan(plain, answer.plan).breaches).toEqual([]);
    // A finer and finer menu comes from below.
    const menu = (levels: number): SmsProblem => {
      const { priceCapUsdPerMwh: _, ...rest } = plain;
      const prices = Array.from({ length: levels }, (__, i) => (i * 120) / (levels - 1));
      return { ...rest, priceMenuUsdPerMwh: [0, 1].map(() => Array.from({ length: 5 }, () => prices)) };
    };
    // Any of its plans will do: none can bring more than the prices of the margin.
    const coarse = await solveSms(menu(3), testSolver, { ...exactSolve, relativeGap: 0.2 });
    if (!('plan' in coarse)) throw new Error(`the answer is ${coarse.kind}`);
    expect(coarse.plan.ownerProfitUsd).toBeLessThan(answer.plan.ownerProfitUsd);
  });

  it('leave a little where ties are broken against the owner', async () => {
    const kind = await solveSms(plain, testSolver, exactSolve);
    const unkind = await solveSms({ ...plain, ties: 'pessimistic' }, testSolver, { ...exactSolve, relativeGap: 1e-3 });
    if (!('plan' in kind) || !('plan' in unkind)) throw new Error('no plan');
    expect(unkind.plan.ownerProfitUsd).toBeLessThan(kind.plan.ownerProfitUsd);
    expect(unkind.plan.ownerProfitUsd).toBeGreaterThan(kind.plan.ownerProfitUsd * 0.998);
  });

  it('are refused beside a menu, below nothing, and with a ramp', async () => {
    const refused = (changes: Partial<SmsProblem>, problem: string) =>
      expect(solveSms({ ...plain, ...changes }, testSolver, exactSolve)).rejects.toMatchObject({
        report: { code: 'case-bad', details: { problem: expect.stringContaining(problem) } },
      });
    await refused({ priceMenuUsdPerMwh: [[[1]]] }, 'both given');
    const floors = (usd: number) => [0, 1].map(() => new Array<number>(5).fill(usd));
    await refused({ priceFloorUsdPerMwh: floors(1001) }, 'priceFloorUsdPerMwh[0][0] is 1001, above the cap 1000');
    await refused({ priceCapUsdPerMwh: [0, 1].map(() => new Array<number>(5).fill(-1)) }, 'priceCapUsdPerMwh[0][0]');
    const grids = plain.grids.map((grid) => ({ ...grid, generatorRampMw: 1 }));
    await refused({ grids }, 'generatorRampMw');
  });
});
