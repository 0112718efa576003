import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { exactSolve } from '../../planning/exact-solve.ts';
import { smsCurves } from '../../planning/sms/sms-curves.ts';
import { solveSms } from '../../planning/sms/solve-sms.ts';
import { testSolver } from '../../robust/fixtures/test-solver.ts';
import { checkSmsPlan } from '../../verify/check-sms-plan.ts';
import { anySms, smallGrid, smallSms, smallTruck } from './fixtures/small-sms.ts';
import { costAt, type CostCurve } from './marginal/cost-curve.ts';
import type { SmsPlan } from './plan.ts';
import type { Feeder, SmsProblem } from './problem.ts';

/** Root, then two branches: the trucks' bus behind the wind, and a bus with load alone. */
const feeder = (changes: Partial<Feeder> = {}): Feeder => ({
  baseKv: 12.66,
  buses: [
    { id: 'root', loadShare: 0.2, windShare: 0, mvarPerMw: 0.5 },
    { id: 'wind', loadShare: 0.1, windShare: 1, mvarPerMw: 0.4 },
    { id: 'trucks', loadShare: 0.3, windShare: 0, mvarPerMw: 0.6 },
    { id: 'town', loadShare: 0.4, windShare: 0, mvarPerMw: 0.6 },
  ],
  lines: [
    { from: 0, to: 1, rOhm: 0.5, xOhm: 0.3, limitMw: null },
    { from: 1, to: 2, rOhm: 0.8, xOhm: 0.4, limitMw: null },
    { from: 0, to: 3, rOhm: 1.1, xOhm: 0.7, limitMw: null },
  ],
  minPu: 0.9,
  maxPu: 1.1,
  rootPu: 1,
  truckBus: 2,
  generatorBus: 0,
  ...changes,
});

const withFeeder = (problem: SmsProblem, own: Feeder): SmsProblem => ({
  ...problem,
  grids: problem.grids.map((grid) => ({ ...grid, generatorRampMw: null, feeder: own })),
});

async function curvesOf(problem: SmsProblem): Promise<CostCurve[][]> {
  const known = await smsCurves(problem, testSolver, exactSolve);
  if (known.kind !== 'known') throw new Error(known.kind);
  return known.curves;
}

describe('the cost curve of a feeder', () => {
  it('is that of one bus where no limit of it binds', async () => {
    await fc.assert(
      fc.asyncProperty(anySms({ slots: 3, trucks: 'one', levels: 2 }), async (drawn) => {
        const wide = withFeeder(drawn, feeder({ minPu: 0.5, maxPu: 1.5 }));
        const one = { ...drawn, grids: wide.grids.map(({ feeder: _, ...grid }) => grid) };
        const [ours, theirs] = [await curvesOf(wide), await curvesOf(one)];
        ours.forEach((slots, g) =>
          slots.forEach((curve, t) => {
            for (let n = -2; n <= 2; n += 0.25) expect(costAt(curve, n)).toBeCloseTo(costAt(theirs[g]![t]!, n), 4);
          }),
        );
      }),
      { numRuns: 8, seed: 4 },
    );
  });
  it('is steep where the line to the trucks is full', async () => {
    const narrow = feeder();
    narrow.lines[1]!.limitMw = 1;
    const [[curve]] = (await curvesOf(withFeeder(smallSms(1), narrow))) as [[CostCurve]];
    // Their bus takes 0.9 MW; 0.1 MW more fill the line, and every further MW is not served there.
    expect(costAt(curve, -0.2) - costAt(curve, -0.1)).toBeCloseTo(0.1 * 300, 6);
    expect(costAt(curve, -0.1) - costAt(curve, 0)).toBeCloseTo(0.1 * 60, 6);
  });
  it('pays for a voltage that must be held', async () => {
    const weak = feeder({ minPu: 0.988 });
    weak.lines[2]!.rOhm = 1.5;
    const [[held]] = (await curvesOf(withFeeder(smallSms(1), weak))) as [[CostCurve]];
    const [[free]] = (await curvesOf(withFeeder(smallSms(1), feeder()))) as [[CostCurve]];
    expect(costAt(held, 0)).toBeGreaterThan(costAt(free, 0) + 1);
  });
});

describe('a plan for grids on feeders', () => {
  const narrow = feeder({ minPu: 0.95, maxPu: 1.05 });
  narrow.lines[1]!.limitMw = 1.4;
  const problem = withFeeder(
    smallSms(5, {
      grids: [
        smallGrid('north', 5, { windMw: [5, 5, 1, 1, 1], activityFeeUsd: 0 }),
        smallGrid('south', 5, { importUsdPerMwh: [40, 60, 140, 90, 130], activityFeeUsd: 0 }),
      ],
      trucks: [smallTruck('a', { initialMwh: 0 })],
      priceMenuUsdPerMwh: [],
      priceCapUsdPerMwh: [0, 1].map(() => new Array<number>(5).fill(500)),
    }),
    narrow,
  );
  let plan: SmsPlan;
  beforeAll(async () => {
    const answer = await solveSms(problem, testSolver, exactSolve);
    if (answer.kind !== 'optimal') throw new Error(`the answer is ${answer.kind}`);
    plan = answer.plan;
  });

  it('is proven best, and passes the independent check', () => {
    const report = checkSmsPlan(problem, plan);
    expect(report.breaches).toEqual([]);
    expect(report.checked).toBeGreaterThan(500);
    expect(plan.ownerProfitUsd).toBeGreaterThan(50);
  });
  const breaches: [limit: string, change: (plan: SmsPlan, problem: SmsProblem) => void][] = [
    ['feeder line limit', (_, p) => (p.grids[0]!.feeder!.lines[1]!.limitMw = 0.5)],
    ['feeder flow', (s) => (s.grids[0]!.feeder!.flowMw[0]![0]! += 0.1)],
    ['feeder reactive flow', (s) => (s.grids[0]!.feeder!.flowMvar[0]![0]! += 0.1)],
    ['feeder voltage', (s) => (s.grids[0]!.feeder!.voltagePu[2]![0]! += 0.01)],
    ['feeder least voltage', (_, p) => (p.grids[1]!.feeder!.minPu = 0.999)],
    ['feeder sum of buses', (s) => (s.grids[0]!.feeder!.curtailMw[1]![0]! += 0.1)],
    ['feeder curtailment', (s) => (s.grids[0]!.feeder!.curtailMw[3]![0]! += 0.1)],
    ['feeder', (s) => s.grids[0]!.feeder!.voltagePu.pop()],
    ['feeder', (s) => delete s.grids[0]!.feeder],
  ];
  it.each(breaches)('is not accepted with another %s', (limit, change) => {
    const changed = structuredClone({ plan, problem });
    change(changed.plan, changed.problem);
    expect(checkSmsPlan(changed.problem, changed.plan).breaches.map((breach) => breach.limit)).toContain(limit);
  });
  it.each([
    ['a line from a bus that is not fed', { lines: [{ from: 2, to: 1, rOhm: 1, xOhm: 1, limitMw: null }] }],
    ['shares that are not the whole', { buses: feeder().buses.map((bus) => ({ ...bus, loadShare: 0.3 })) }],
    ['no voltage between its limits', { rootPu: 1.2 }],
    ['trucks at no bus', { truckBus: 4 }],
  ])('is refused for %s', async (_, changes) => {
    await expect(solveSms(withFeeder(problem, feeder(changes)), testSolver, exactSolve)).rejects.toMatchObject({
      report: { code: 'case-bad' },
    });
  });
});
