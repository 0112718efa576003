import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimum } from '../../robust/fixtures/test-solver.ts';
import { setAdversary } from '../../robust/sets/set-adversary.ts';
import { buildV2g } from './build-v2g.ts';
import { battery, gasUnit, gridAt, smallProblem } from './fixtures/small-problem.ts';
import type { PriceSet } from '../../uncertainty/price-set.ts';
import type { GridConnection, V2gProblem } from './problem.ts';

async function solve(problem: V2gProblem) {
  const built = buildV2g(problem);
  return built.read(await optimum(built.program));
}

/** Three hours of 20 kW with a battery that may move energy between them, bought and sold at market price. */
const trader = (prices: number[], set: PriceSet | null, parts: Partial<GridConnection> = {}): V2gProblem =>
  smallProblem(
    prices.map(() => 20),
    {
      grid: {
        ...gridAt(prices, { exportLimitKw: 30, sellPerKwh: prices.map((price) => 0.9 * price), ...parts }),
        ...(set ? { priceRisk: { set, period: prices.map((_, slot) => slot), saleShare: 0.9 } } : {}),
      },
      gas: [gasUnit({ costLinearPerKwh: 0.3, maxKw: 15 })],
      storage: [battery({ finalMinKwh: 25, degradationPerKwh: 0.005 })],
    },
  );

const interval = (halfWidths: number[]): PriceSet => ({ kind: 'interval', halfWidths });

describe('prices that are not known', () => {
  it('plans the box of one hour as if the upper price held, and says what part of the bill is risk', async () => {
    const grid = { ...gridAt([0.2]), priceRisk: { set: interval([0.05]), period: [0], saleShare: 1 } };
    const { cost, totalCost } = await solve(smallProblem([10], { grid }));
    expect(cost).toMatchObject({ gridPurchase: expect.closeTo(2, 9), priceRisk: expect.closeTo(0.5, 9) });
    expect(totalCost).toBeCloseTo(2.5, 9);
  });

  it('turns to gas where the worst price, not the expected one, is dearer', async () => {
    const parts = (halfWidth: number): Partial<V2gProblem> => ({
      gas: [gasUnit({ costLinearPerKwh: 0.25 })],
      grid: { ...gridAt([0.2]), priceRisk: { set: interval([halfWidth]), period: [0], saleShare: 1 } },
    });
    expect((await solve(smallProblem([10], parts(0.04)))).grid!.importKw[0]).toBeCloseTo(10, 9);
    expect((await solve(smallProblem([10], parts(0.06)))).grid!.importKw[0]).toBeCloseTo(0, 9);
  });

  it('counts a period of several slots once: what is bought in one and sold in another hedges', async () => {
    const grid = {
      ...gridAt([0.2, 0.2], { exportLimitKw: 10, sellPerKwh: [0.2, 0.2] }),
      priceRisk: { set: interval([0.1]), period: [0, 0], saleShare: 1 },
    };
    // 10 kW are bought in one slot; in the other wind of 10 kW is sold, which pays at any price.
    const wind = [{ id: 'w', name: 'Wind', availableKw: [0, 10], maintenancePerKwh: 0 }];
    const { cost } = await solve(smallProblem([10, 0], { grid, wind }));
    expect(cost.priceRisk).toBeCloseTo(0, 9);
  });

  it('leaves a plan without price risk as it was', async () => {
    const known = await solve(trader([0.1, 0.4, 0.2], null));
    const point = await solve(trader([0.1, 0.4, 0.2], interval([0, 0, 0])));
    expect(known.cost).not.toHaveProperty('priceRisk');
    expect(point.totalCost).toBeCloseTo(known.totalCost, 9);
  });

  it('refuses periods and widths that do not belong to the day', () => {
    const refused = (set: PriceSet, period: number[]) => () => {
      const problem = trader([0.1, 0.4, 0.2], set);
      buildV2g({ ...problem, grid: { ...problem.grid!, priceRisk: { set, period, saleShare: 1 } } });
    };
    expect(refused(interval([1, 1]), [0, 1, 2])).toThrow(/2 values for 3/);
    expect(refused(interval([1, 1, 1]), [0, 2, 2])).toThrow(/without a gap/);
    expect(refused(interval([1, -1, 1]), [0, 1, 2])).toThrow(/holds -1/);
  });
});

const cents = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 100);
const prices = fc.array(cents(-5, 50), { minLength: 3, maxLength: 3 });
const widths = fc.array(cents(0, 20), { minLength: 3, maxLength: 3 });
const sets: fc.Arbitrary<PriceSet> = fc.oneof(
  widths.map(interval),
  fc.tuple(widths, cents(0, 300)).map(([halfWidths, slotProtection]): PriceSet => ({
    kind: 'budget',
    slots: 3,
    halfWidths,
    protection: 1,
    slotProtection,
  })),
  fc.tuple(widths, widths, cents(0, 300)).map(([factor, spread, radius]): PriceSet => ({
    kind: 'ellipsoid',
    centre: [0.01, 0, -0.01],
    factors: [factor],
    spread,
    radius,
  })),
);

/** The worst bill by cuts: every round adds the price vector that the adversary answers with as one more row under ε. */
async function solveByPriceVectors(problem: V2gProblem, set: PriceSet): Promise<number> {
  const { grid } = problem;
  const { priceRisk: _, ...known } = grid!;
  const expected = { ...problem, grid: known };
  const vectors: number[][] = [[0, 0, 0]];
  for (let round = 0; round < 60; round++) {
    const hull = { kind: 'scenarios' as const, centre: [0, 0, 0], points: vectors, scale: 1 };
    const { objective, grid: flows } = await solve({
      ...expected,
      // A hull of the vectors found so far is a set of its own kind: one row for each of them.
      grid: { ...known, priceRisk: { set: hull, period: [0, 1, 2], saleShare: 0.9 } },
    });
    const exposure = flows!.importKw.map((kw, h) => kw - 0.9 * flows!.exportKw[h]!);
    const found = setAdversary(set, exposure);
    const value = (point: readonly number[]) => point.reduce((sum, price, h) => sum + price * exposure[h]!, 0);
    if (value(found) <= Math.max(...vectors.map(value)) + 1e-8) return objective;
    vectors.push(found);
  }
  throw new Error('cuts have not ended');
}

describe('the worst bill', () => {
  it('is that of cutting planes over price vectors', () =>
    fc.assert(
      fc.asyncProperty(prices, sets, async (market, set) => {
        const { objective } = await solve(trader(market, set));
        expect(objective).toBeCloseTo(await solveByPriceVectors(trader(market, set), set), 4);
      }),
      { numRuns: 25, seed: 20170101 },
    ));
});
