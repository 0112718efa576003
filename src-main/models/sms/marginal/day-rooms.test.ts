import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf } from '../network.ts';
import { dayLevels } from './day-levels.ts';
import { dayRooms } from './day-rooms.ts';
import { evenPrice, pricedDay, type StayPrice } from './priced-day.ts';

const slots = 4;

describe('dayRooms', () => {
  it('keeps the arcs and directions of every day worth enough, and no others', () => {
    const money = fc.integer({ min: -60, max: 60 });
    const price = fc.record({ presentUsd: money, worth: money, wear: fc.integer({ min: 0, max: 10 }) });
    const drawn = fc.record({
      prices: fc.array(fc.array(price, { minLength: slots, maxLength: slots }), { minLength: 3, maxLength: 3 }),
      powerMw: fc.constantFrom(0.7, 2),
      capacityMwh: fc.constantFrom(2, 3.1),
      initialMwh: fc.constantFrom(0.5, 1),
      finalMinMwh: fc.constantFrom(0, 1.2),
      spareUsd: fc.integer({ min: 0, max: 60 }),
    });
    let leftOut = 0;
    fc.assert(
      fc.property(drawn, ({ prices, spareUsd, ...changes }) => {
        const truck = smallTruck('truck-1', changes);
        const problem = smallSms(slots, { trucks: [truck] });
        const network = networkOf(problem, truck);
        const levels = dayLevels(truck, slots, problem.slotHours);
        const never = -1e6;
        /** The same prices, with directions left out somewhere. */
        const without =
          (at: number, slot: number, forbidden: readonly ('charge' | 'discharge' | 'idle')[]) =>
          (terminal: number, t: number): StayPrice => {
            const { presentUsd, worth, wear } = prices[terminal]![t]!;
            const here = terminal === at && t === slot;
            const cut = (what: 'charge' | 'discharge'): number => (here && forbidden.includes(what) ? never : 0);
            return {
              presentUsd,
              charge: evenPrice(truck, -worth - wear + cut('charge')),
              discharge: evenPrice(truck, worth - wear + cut('discharge')),
            };
          };
        const plain = without(-1, -1, []);
        const best = pricedDay({ problem, truck, network, levels }, plain);
        if (best === null) return;
        const leastUsd = best.valueUsd - spareUsd;
        const rooms = dayRooms({ problem, truck, network, levels }, { stay: plain, chargeUsdPerMwh: 0 }, leastUsd);
        for (const arc of network) {
          const others = network.filter(
            (other) => other === arc || other.untilSlot <= arc.fromSlot || other.fromSlot > arc.fromSlot,
          );
          const through = pricedDay({ problem, truck, network: others, levels }, plain)?.valueUsd ?? -Infinity;
          const room = rooms.find((own) => own.arc === arc);
          if (Math.abs(through - leastUsd) > 1e-6) expect(room !== undefined).toBe(through > leastUsd);
          if (room === undefined) {
            leftOut++;
            continue;
          }
          const found = pricedDay({ problem, truck, network: others, levels }, plain)!;
          const before = found.day.netMw.slice(0, arc.fromSlot).reduce((mwh, mw) => mwh + stored(mw), truck.initialMwh);
          expect(before).toBeGreaterThanOrEqual(room.leastMwh - 1e-6);
          expect(before).toBeLessThanOrEqual(room.mostMwh + 1e-6);
          const mw = found.day.netMw[arc.fromSlot]!;
          if (mw > 1e-6) expect(room.mayDischarge).toBe(true);
          if (mw < -1e-6) expect(room.mayCharge).toBe(true);
          const idle = without(arc.from, arc.fromSlot, ['charge', 'discharge']);
          const still = pricedDay({ problem, truck, network: others, levels }, idle)?.valueUsd ?? -Infinity;
          if (!room.mayCharge && !room.mayDischarge) expect(still).toBeGreaterThan(leastUsd - 1e-6);
        }
        function stored(mw: number): number {
          return mw < 0 ? -mw * truck.chargeEfficiency : -mw / truck.dischargeEfficiency;
        }
      }),
      { numRuns: 60, seed: 4 },
    );
    expect(leftOut).toBeGreaterThan(50);
  });
});
