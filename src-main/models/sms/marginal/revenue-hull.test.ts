import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSolver } from '../../../robust/fixtures/test-solver.ts';
import { ProgramBuilder, type Term } from '../../../program/program.ts';
import { defaultSolveOptions } from '../../../solver/solver.ts';
import { revenueAt, revenuePieces, type CostCurve } from './cost-curve.ts';
import { addRevenueChoice, addRevenueHull } from './revenue-hull.ts';

/** A convex curve from −4 to 4 MW with falling worth. */
const anyCurve = fc
  .record({
    kinks: fc.uniqueArray(fc.constantFrom(-2.5, -1.2, -0.5, 0.4, 0.9, 1.7, 2.2), { minLength: 1, maxLength: 4 }),
    steps: fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 5, maxLength: 5 }),
    first: fc.integer({ min: 40, max: 200 }),
  })
  .map(({ kinks, steps, first }): CostCurve => {
    const netMw = [-4, ...kinks.toSorted((a, b) => a - b), 4];
    const costUsd = [500];
    netMw.slice(1).forEach((mw, i) => {
      const worth = first - steps.slice(0, i).reduce((sum, step) => sum + step, 0);
      costUsd.push(costUsd[i]! - worth * (mw - netMw[i]!));
    });
    return { netMw, costUsd };
  });

/** Most revenue of the hull at given powers and numbers of trucks [group]. */
async function mostRevenue(
  curve: CostCurve,
  given: { netMw: number[]; trucks: number[]; reachMw: number[][] },
  add: typeof addRevenueHull,
): Promise<number> {
  const program = new ProgramBuilder('hull');
  const fixed = (name: string, value: number): Term => [program.addColumn({ name, lower: value, upper: value }), 1];
  const { revenue } = add(program, {
    place: 'here',
    curve,
    net: given.netMw.map((mw, g) => [fixed(`net ${g}`, mw)]),
    present: given.trucks.map((count, g) => [fixed(`trucks ${g}`, count)]),
    reachMw: given.reachMw,
    places: 3,
    range: { fromMw: -Infinity, toMw: Infinity },
  });
  const most = program.addColumn({ name: 'revenue', lower: -Infinity, upper: Infinity, cost: -1 });
  const terms: Term[] = [[most, 1], ...revenue.map(([column, usd]): Term => [column, -usd])];
  program.addRow({ name: 'revenue', lower: 0, upper: 0, terms });
  const outcome = await testSolver.solve(program.compile(), { ...defaultSolveOptions, explainInfeasibility: 'no' });
  if (outcome.kind !== 'optimal') throw new Error(`the hull is ${outcome.kind}`);
  return -outcome.solution.objective;
}

describe('marginal revenue of decisions', () => {
  it('is exact with a piece chosen, and never understated by the hull', async () => {
    const share = fc.integer({ min: -20, max: 20 }).map((twentieths) => twentieths / 20);
    const drawn = fc.record({
      curve: anyCurve,
      trucks: fc.constantFrom<number[]>([1, 0], [0, 2], [1, 1], [1, 2], [2, 1], [2, 0]),
      shares: fc.tuple(share, share),
    });
    const reachMw = [
      [0.6, 1.2],
      [0.5, 0.9],
    ];
    let overstated = 0;
    await fc.assert(
      fc.asyncProperty(drawn, async ({ curve, trucks, shares }) => {
        const netMw = trucks.map((count, g) => (count === 0 ? 0 : reachMw[g]![count - 1]! * shares[g]!));
        const wanted = revenueAt(
          revenuePieces(curve),
          netMw.reduce((sum, mw) => sum + mw, 0),
        );
        const given = { netMw, trucks, reachMw };
        expect(await mostRevenue(curve, given, addRevenueChoice)).toBeCloseTo(wanted, 4);
        const hull = await mostRevenue(curve, given, addRevenueHull);
        expect(hull).toBeGreaterThanOrEqual(wanted - 1e-5);
        if (hull > wanted + 1e-3) overstated++;
      }),
      { numRuns: 60, seed: 9 },
    );
    expect(overstated).toBeGreaterThan(5);
  });
});
