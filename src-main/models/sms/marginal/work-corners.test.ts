import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSolver } from '../../../robust/fixtures/test-solver.ts';
import { ProgramBuilder, type Term } from '../../../program/program.ts';
import { defaultSolveOptions } from '../../../solver/solver.ts';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { costAt, revenueAt, revenuePieces, type CostCurve } from './cost-curve.ts';
import { truckClasses } from './truck-classes.ts';
import { WorkCorners, type WorkPrices } from './work-corners.ts';
import { addWorkHull } from './work-hull.ts';
import { isAllowed, workPlace, type WorkPlace } from './work-place.ts';
import { stepWeights, workGroups, type WorkGroup } from './work-steps.ts';

const anywhere = { fromMw: -Infinity, toMw: Infinity };
const fleet = smallSms(2, {
  trucks: [smallTruck('a', { powerMw: 0.6 }), smallTruck('b', { powerMw: 0.6 }), smallTruck('c', { powerMw: 0.5 })],
});
const groupsAt = (parts: number) => workGroups(fleet, truckClasses(fleet), parts).groups;

const curveOf = (kinksMw: readonly number[], stepsUsd: readonly number[], first: number): CostCurve => {
  const netMw = [-4, ...kinksMw.toSorted((a, b) => a - b), 4];
  const costUsd = [500];
  netMw.slice(1).forEach((mw, i) => {
    const worth = first - stepsUsd.slice(0, i).reduce((sum, step) => sum + step, 0);
    costUsd.push(costUsd[i]! - worth * (mw - netMw[i]!));
  });
  return { netMw, costUsd };
};

describe('corners of work', () => {
  it('are worth no less than any work at the prices, and as much as is said', () => {
    const usd = fc.integer({ min: -40, max: 40 });
    const share = fc.double({ min: -1, max: 1, noNaN: true });
    const drawn = fc.record({
      kinks: fc.uniqueArray(fc.constantFrom(-1.2, -0.91, -0.36, 0.25, 0.83, 1.3), { minLength: 1, maxLength: 4 }),
      steps: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 5, maxLength: 5 }),
      parts: fc.constantFrom(1, 2, 3),
      usd: fc.array(usd, { minLength: 12, maxLength: 12 }),
      saving: fc.constantFrom(0, 0.3),
      shares: fc.array(fc.tuple(share, share, share), { minLength: 40, maxLength: 40 }),
      places: fc.constantFrom(2, 3),
    });
    fc.assert(
      fc.property(drawn, ({ kinks, steps, parts, usd: drawnUsd, saving, shares, places }) => {
        const groups = groupsAt(parts);
        const curve = curveOf(kinks, steps, 150);
        const prices: WorkPrices = {
          revenue: 1,
          saving,
          truckUsd: [2, 3],
          workUsd: groups.map((_, g) => ({
            charge: drawnUsd.slice(6 * g, 6 * g + parts),
            discharge: drawnUsd.slice(6 * g + 3, 6 * g + 3 + parts),
          })),
        };
        const search = new WorkCorners(groups, places);
        const place = workPlace(curve, anywhere);
        const best = search.best(place, prices);
        const priced = (netMw: readonly (readonly number[])[]): number =>
          netMw.reduce(
            (sum, own, g) =>
              own.reduce((cost, mw) => {
                const direction = mw < 0 ? 'charge' : 'discharge';
                const weights = stepWeights(groups[g]!.steps[direction], Math.abs(mw));
                const at = prices.workUsd[g]![direction];
                return (
                  cost - prices.truckUsd[g]! - weights.reduce((all, { step, weight }) => all + weight * at[step]!, 0)
                );
              }, sum),
            0,
          );
        for (const tried of shares) {
          const netMw = [[0.6 * tried[0], ...(places > 2 ? [0.6 * tried[1]] : [])], [0.5 * tried[2]]];
          const mw = netMw.flat().reduce((sum, own) => sum + own, 0);
          const worth = revenueAt(revenuePieces(curve), mw) + saving * (costAt(curve, 0) - costAt(curve, mw));
          expect(best.valueUsd).toBeGreaterThanOrEqual(worth + priced(netMw) - 1e-6);
        }
        const { revenueUsd, savingUsd, netMw } = best.corners[0]!;
        expect(revenueUsd + saving * savingUsd + priced(netMw)).toBeCloseTo(best.valueUsd, 6);
        expect(netMw.flat().length).toBeLessThanOrEqual(places);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('are the best of all ways to have trucks at steps, and one between them that meets a kink, on any prices', () => {
    const usd = fc.double({ min: -30, max: 60, noNaN: true });
    const drawn = fc.record({
      kinks: fc.uniqueArray(fc.constantFrom(-1.2, -0.91, -0.36, 0.25, 0.83, 1.3), { minLength: 1, maxLength: 4 }),
      steps: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 5, maxLength: 5 }),
      parts: fc.constantFrom(1, 2, 3),
      usd: fc.array(usd, { minLength: 12, maxLength: 12 }),
      // A truck that costs something whatever it does, or is paid for being there.
      truckUsd: fc.array(fc.double({ min: -4, max: 8, noNaN: true }), { minLength: 2, maxLength: 2 }),
      weights: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.4)),
      places: fc.constantFrom(1, 2, 3),
      range: fc.constantFrom('anywhere', 'more than the first kink', 'less than the last kink'),
      enough: fc.double({ min: -20, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(drawn, ({ kinks, steps, parts, usd: drawnUsd, truckUsd, weights, places, range, enough }) => {
        const groups = groupsAt(parts);
        const curve = curveOf(kinks, steps, 150);
        const ends = { first: Math.min(...kinks), last: Math.max(...kinks) };
        const place = workPlace(curve, {
          fromMw: range === 'more than the first kink' ? ends.first : -Infinity,
          toMw: range === 'less than the last kink' ? ends.last : Infinity,
        });
        const [revenue, saving] = weights;
        const workUsd = groups.map((_, g) => ({
          charge: drawnUsd.slice(6 * g, 6 * g + parts),
          discharge: drawnUsd.slice(6 * g + 3, 6 * g + 3 + parts),
        }));
        const prices: WorkPrices = { revenue, saving, truckUsd, workUsd };
        const wanted = bestOfAll(place, groups, { prices, places });
        const search = new WorkCorners(groups, places);
        const best = search.best(place, prices);
        if (wanted === -Infinity) {
          expect(best).toEqual({ valueUsd: -Infinity, corners: [] });
          return;
        }
        expect(best.valueUsd).toBeCloseTo(wanted, 6);
        const { valueUsd, corners } = search.best(place, prices, enough);
        if (wanted > enough + 1e-6) expect(valueUsd).toBeCloseTo(wanted, 6);
        else expect(valueUsd).toBeLessThanOrEqual(Math.max(enough, wanted + 1e-6));
        expect(valueUsd).toBeGreaterThan(wanted - 1e-6);
        expect(corners.length > 0 || wanted < enough + 1e-6).toBe(true);
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('tell a truck that works half the time from one at half power', async () => {
    // 60 USD per MW up to 0.25 MW, 10 beyond: a truck at 0.5 MW brings 5 USD, at half of it 15.
    const curve = curveOf([0.25], [50], 60);
    const groups = groupsAt(2).slice(1);
    const place = workPlace(curve, anywhere);
    const search = new WorkCorners(groups, 1);
    const powers = [0.25, 0.5 * 0.5 * 0.95 * 0.95, 0.5];
    const program = new ProgramBuilder('half');
    const fixed = (name: string, value: number): Term => [program.addColumn({ name, lower: value, upper: value }), 1];
    const { revenue, loose } = addWorkHull(program, {
      name: 'here',
      place,
      curve,
      groups,
      corners: powers.map((mw) => search.of(place, [[mw]])!),
      working: (_, direction, step) => (direction === 'discharge' && step === 1 ? [fixed('at full power', 0.5)] : []),
      present: () => [fixed('present', 1)],
      rangeUsd: () => null,
    });
    const most = program.addColumn({ name: 'revenue', lower: -Infinity, upper: Infinity, cost: -1 });
    const terms: Term[] = [[most, 1], ...revenue.map(([column, usd]): Term => [column, -usd])];
    program.addRow({ name: 'revenue', lower: 0, upper: 0, terms });
    const outcome = await testSolver.solve(program.compile(), { ...defaultSolveOptions, explainInfeasibility: 'no' });
    if (outcome.kind !== 'optimal') throw new Error(`the hull is ${outcome.kind}`);
    const { columns } = outcome.solution;
    expect(columns[most]).toBeCloseTo(2.5, 6);
    expect(loose.every((column) => columns[column]! < 1e-9)).toBe(true);
  });
});

/** Every choice of steps, and every one of them with a truck more at whatever brings the net power to a kink. */
function bestOfAll(
  place: WorkPlace,
  groups: readonly WorkGroup[],
  { prices, places }: { prices: WorkPrices; places: number },
): number {
  const { revenue, saving, truckUsd, workUsd } = prices;
  const pieces = place.pieces.filter((piece) => isAllowed(place, piece));
  const placeUsd = (mw: number): number =>
    Math.max(
      ...pieces
        .filter(({ fromMw, toMw }) => mw > fromMw - 1e-9 && mw < toMw + 1e-9)
        .map(({ fromMw, worthUsdPerMw, costUsd }) => {
          const savedUsd = place.idleUsd - costUsd + worthUsdPerMw * (mw - fromMw);
          return revenue * worthUsdPerMw * mw + saving * savedUsd;
        }),
    );
  const truckAt = (g: number, mw: number): number => {
    const direction = mw < 0 ? 'charge' : 'discharge';
    const own = stepWeights(groups[g]!.steps[direction], Math.abs(mw));
    return own.reduce((sum, { step, weight }) => sum + weight * workUsd[g]![direction][step]!, truckUsd[g]!);
  };
  const kinks = pieces.flatMap(({ fromMw, toMw }) => [fromMw, toMw]);
  let best = -Infinity;
  const visit = (g: number, { left, netMw, costUsd }: { left: number[]; netMw: number; costUsd: number }): void => {
    const present = groups.reduce((sum, { count }, i) => sum + count - left[i]!, 0);
    best = Math.max(best, placeUsd(netMw) - costUsd);
    if (present === places) return;
    groups.forEach(({ truck, steps }, own) => {
      if (left[own] === 0) return;
      for (const mw of kinks.map((kink) => kink - netMw).filter((free) => Math.abs(free) <= truck.powerMw))
        best = Math.max(best, placeUsd(netMw + mw) - costUsd - truckAt(own, mw));
      if (own < g) return;
      const rest = left.map((count, i) => (i === own ? count - 1 : count));
      for (const mw of [...steps.charge.map((step) => -step), ...steps.discharge])
        visit(own, { left: rest, netMw: netMw + mw, costUsd: costUsd + truckAt(own, mw) });
    });
  };
  visit(0, { left: groups.map(({ count }) => count), netMw: 0, costUsd: 0 });
  return best;
}
