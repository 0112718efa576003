import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf, type Arc } from '../network.ts';
import type { Truck } from '../problem.ts';
import { bestPair } from './best-pair.ts';
import type { TruckDay } from './priced-day.ts';

const slots = 3;
/** Fourteen steps of 1 MWh, two of them at full power: what the search tries is known exactly. */
const whole = { capacityMwh: 14, initialMwh: 3, finalMinMwh: 2, chargeEfficiency: 1, dischargeEfficiency: 1 };
const trucks = [smallTruck('a', whole), smallTruck('b', { ...whole, degradationUsdPerMwh: 1 })];
const problem = smallSms(slots, { trucks });
const networks = trucks.map((truck) => networkOf(problem, truck));

const gridAt = (arc: Arc): number | null => {
  const place = problem.terminals[arc.from]!;
  return arc.kind === 'stay' && place.kind === 'station' ? place.grid : null;
};

/** Every path with every power of whole MW. */
function daysOf(truck: Truck, network: readonly Arc[]): TruckDay[] {
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
}

describe('bestPair', () => {
  it.each([1, 2])('is the best of all days of both, with places for %i at a station', (places) => {
    const all = trucks.map((truck, k) => daysOf(truck, networks[k]!));
    const usd = fc.integer({ min: 0, max: 60 });
    const drawn = fc.array(fc.array(usd, { minLength: slots, maxLength: slots }), { minLength: 2, maxLength: 2 });
    let together = 0;
    fc.assert(
      fc.property(drawn, (worth) => {
        /** Falls off where more than 1 MW meet. */
        const gain = (grid: number, slot: number, mw: number): number =>
          worth[grid]![slot]! * (mw > 1 ? 0.3 * mw : mw < -1 ? 2 * mw : mw);
        /** −Infinity where they find no place. */
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
          return net.reduce((sum, own, g) => own.reduce((made, mw, slot) => made + gain(g, slot, mw), sum), ownUsd);
        };
        let wanted = -Infinity;
        for (const first of all[0]!) for (const second of all[1]!) wanted = Math.max(wanted, total([first, second]));
        const found = bestPair(problem, {
          pair: [
            { truck: trucks[0]!, network: networks[0]! },
            { truck: trucks[1]!, network: networks[1]! },
          ],
          gain,
          places: () => places,
        })!;
        expect(Math.abs(total(found) - wanted)).toBeLessThan(1e-3);
        found.forEach(({ path }, k) => {
          expect(path[0]!.from).toBe(trucks[k]!.start);
          expect(path.at(-1)!.to).toBe(trucks[k]!.end);
          path.slice(1).forEach((arc, i) => {
            expect(arc.from).toBe(path[i]!.to);
            expect(arc.fromSlot).toBe(path[i]!.untilSlot);
          });
        });
        const at = found.map(({ path }) => path.map((arc) => `${gridAt(arc) ?? 'away'} ${arc.fromSlot}`));
        if (at[0]!.some((place) => !place.startsWith('away') && at[1]!.includes(place))) together++;
      }),
      { numRuns: 10, seed: 5 },
    );
    expect(together > 0).toBe(places > 1);
  });
});
