import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf, type Arc } from '../network.ts';
import type { Truck } from '../problem.ts';
import { revenueAt, revenuePieces, type CostCurve } from './cost-curve.ts';
import { FleetDays } from './fleet-days.ts';
import { FleetSearch } from './fleet-search.ts';
import type { TruckDay } from './priced-day.ts';

const slots = 3;
/** The best powers are whole MW, and all of them lie on the steps tried. */
const whole = { capacityMwh: 14, initialMwh: 3, finalMinMwh: 2, chargeEfficiency: 1, dischargeEfficiency: 1 };
const trucks = [smallTruck('a', whole), smallTruck('b', { ...whole, degradationUsdPerMwh: 1 })];

const problemWith = (truckCapacity: number) => {
  const small = smallSms(slots, { trucks });
  return { ...small, terminals: small.terminals.map((own) => ({ ...own, truckCapacity })) };
};

/** What a MW is worth falls off where more than 1 MW meet. */
const curveAt = (worth: number): CostCurve => ({
  netMw: [-5, -1, 1, 5],
  costUsd: [8 * worth, 0, -2 * worth, -2 * worth - 1.2 * worth],
});

const pathKey = (days: readonly TruckDay[]): string =>
  days.map(({ path }) => path.map(({ from, to }) => `${from}.${to}`).join()).join('|');

describe('FleetSearch', () => {
  it.each([1, 2])('finds the best routes of all, with places for %i at a station', (places) => {
    const problem = problemWith(places);
    const gridAt = (arc: Arc): number | null => {
      const place = problem.terminals[arc.from]!;
      return arc.kind === 'stay' && place.kind === 'station' ? place.grid : null;
    };
    /** Every path with every power of whole MW. */
    const daysOf = (truck: Truck): TruckDay[] => {
      const network = networkOf(problem, truck);
      const onwards = (terminal: number, slot: number, energyMwh: number): TruckDay[] => {
        if (slot === slots)
          return terminal === truck.end && energyMwh >= truck.finalMinMwh ? [{ path: [], netMw: [0, 0, 0] }] : [];
        return network
          .filter((arc) => arc.from === terminal && arc.fromSlot === slot)
          .flatMap((arc) =>
            (gridAt(arc) === null ? [0] : [-2, -1, 0, 1, 2]).flatMap((mw) =>
              energyMwh < mw
                ? []
                : onwards(arc.to, arc.untilSlot, energyMwh - mw).map(({ path, netMw }) => ({
                    path: [arc, ...path],
                    netMw: netMw.with(slot, mw),
                  })),
            ),
          );
      };
      return onwards(truck.start, 0, truck.initialMwh);
    };
    const all = trucks.map(daysOf);
    const usd = fc.integer({ min: 10, max: 60 });
    const drawn = fc.array(fc.array(usd, { minLength: slots, maxLength: slots }), { minLength: 2, maxLength: 2 });
    let [together, better] = [0, 0];
    fc.assert(
      fc.property(drawn, (worth) => {
        const curves = worth.map((own) => own.map(curveAt));
        const pieces = curves.map((own) => own.map(revenuePieces));
        const total = (days: readonly TruckDay[]): number => {
          const net = [0, 1].map(() => new Array<number>(slots).fill(0));
          const present = [0, 1].map(() => new Array<number>(slots).fill(0));
          let ownUsd = 0;
          days.forEach(({ path, netMw }, k) => {
            for (const arc of path) {
              ownUsd -= arc.costUsd;
              const grid = gridAt(arc);
              if (grid === null) continue;
              present[grid]![arc.fromSlot]! += 1;
              net[grid]![arc.fromSlot]! += netMw[arc.fromSlot]!;
              ownUsd -= Math.abs(netMw[arc.fromSlot]!) * trucks[k]!.degradationUsdPerMwh * problem.slotHours;
            }
          });
          if (present.flat().some((count) => count > places)) return -Infinity;
          return net.reduce(
            (sum, own, g) => own.reduce((made, mw, slot) => made + revenueAt(pieces[g]![slot]!, mw), sum),
            ownUsd,
          );
        };
        const bestUsd = new Map<string, number>();
        for (const first of all[0]!)
          for (const second of all[1]!) {
            const key = pathKey([first, second]);
            bestUsd.set(key, Math.max(bestUsd.get(key) ?? -Infinity, total([first, second])));
          }
        const usdOf = (days: readonly TruckDay[]): number => bestUsd.get(pathKey(days)) ?? -Infinity;
        const wanted = Math.max(...bestUsd.values());
        const search = new FleetSearch(problem, curves, 1);
        const found = search.search({ steps: 60, from: null, most: 100 });
        expect(Math.max(...found.map(({ days }) => usdOf(days)))).toBeCloseTo(wanted, 6);
        const simple = new FleetDays(problem, curves).improved([null, null], 0)!;
        if (usdOf(simple) < wanted - 0.1) better++;
        for (const { days } of found)
          days.forEach(({ netMw }, k) => {
            let energyMwh = trucks[k]!.initialMwh;
            for (const mw of netMw) {
              expect(Math.abs(mw)).toBeLessThanOrEqual(trucks[k]!.powerMw + 1e-9);
              energyMwh -= mw;
              expect(energyMwh).toBeGreaterThan(-1e-9);
            }
            expect(energyMwh).toBeGreaterThan(trucks[k]!.finalMinMwh - 1e-9);
          });
        const at = found[0]!.days.map(({ path }) => path.map((arc) => `${gridAt(arc) ?? 'away'} ${arc.fromSlot}`));
        if (at[0]!.some((place) => !place.startsWith('away') && at[1]!.includes(place))) together++;
      }),
      { numRuns: 10, seed: 5 },
    );
    expect(together > 0).toBe(places > 1);
    // Else one truck after the other would do.
    if (places === 1) expect(better).toBeGreaterThan(0);
  });

  it('tells no fleet twice, and the same for the same seed', () => {
    const problem = problemWith(2);
    const curves = [0, 1].map((g) => [40, 10, 30].map((usd, slot) => curveAt(usd + 7 * g * slot)));
    const told = (): string[][] => {
      const search = new FleetSearch(problem, curves, 7);
      return Array.from({ length: 12 }, () =>
        search.search({ steps: 5, from: null, most: 2 }).map(({ days }) => pathKey(days)),
      );
    };
    const first = told();
    expect(first.flat().length).toBeGreaterThan(1);
    expect(new Set(first.flat()).size).toBe(first.flat().length);
    expect(told()).toEqual(first);
  });
});
