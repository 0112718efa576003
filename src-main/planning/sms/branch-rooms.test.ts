import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../../models/sms/fixtures/small-sms.ts';
import { dayLevels } from '../../models/sms/marginal/day-levels.ts';
import { dayRooms } from '../../models/sms/marginal/day-rooms.ts';
import { evenPrice, type DaySearch } from '../../models/sms/marginal/priced-day.ts';
import { PricedDays } from '../../models/sms/marginal/priced-days.ts';
import { networkOf } from '../../models/sms/network.ts';
import { allRooms, isWithin, narrowRooms } from './branch-rooms.ts';

const slots = 4;

describe('narrowRooms', () => {
  it('leaves the arcs of every day that a decision above the aim may hold, and no others', () => {
    const money = fc.integer({ min: -60, max: 60 });
    const price = fc.record({ presentUsd: money, worth: money });
    const drawn = fc.record({
      prices: fc.array(fc.array(price, { minLength: slots, maxLength: slots }), { minLength: 3, maxLength: 3 }),
      isOnBattery: fc.boolean(),
      /** What a truck must bring, beyond the best day. */
      missingUsd: fc.integer({ min: -20, max: 20 }),
      slackUsd: fc.integer({ min: 0, max: 60 }),
    });
    let [narrowed, left] = [0, 0];
    fc.assert(
      fc.property(drawn, ({ prices, isOnBattery, missingUsd, slackUsd }) => {
        const truck = smallTruck('truck-1', { finalMinMwh: 0.4, initialMwh: 1 });
        const base = smallSms(slots, { trucks: [truck] });
        const travelEnergyMwh = base.travelSlots.map((row) => row.map((own) => own.map(() => 0.1)));
        const problem = isOnBattery ? { ...base, travelEnergyMwh } : base;
        const levels = dayLevels(truck, slots, problem.slotHours);
        const search: DaySearch = { problem, truck, network: networkOf(problem, truck), levels };
        const at = {
          stay: (terminal: number, slot: number) => {
            const { presentUsd, worth } = prices[terminal]![slot]!;
            return { presentUsd, charge: evenPrice(truck, -worth - 2), discharge: evenPrice(truck, worth - 2) };
          },
          chargeUsdPerMwh: isOnBattery ? 7 : 0,
        };
        const days = new PricedDays(search, at);
        const truckUsd = days.valueUsd + missingUsd;
        const proof = { boundUsd: 500, truckUsd: [truckUsd], days: [days] };
        const all = allRooms([search.network]);
        const rooms = narrowRooms(all, proof, 500 - slackUsd);
        const leastUsd = Math.max(days.valueUsd, truckUsd) - slackUsd;
        const wanted = dayRooms(search, at, leastUsd).map(({ arc }) => arc);
        if (wanted.length > 0.9 * search.network.length) {
          expect(rooms).toBe(all);
          return;
        }
        narrowed++;
        expect(rooms.floorUsd).toBe(500 - slackUsd);
        const kept = rooms.arcs[0]!.map((a) => search.network[a]!);
        for (const [a, usd] of days.throughUsd.entries())
          if (Math.abs(usd - leastUsd) > 1e-5) {
            const arc = search.network[a]!;
            expect(kept.includes(arc)).toBe(wanted.includes(arc));
          }
        if (days.valueUsd < leastUsd) {
          expect(kept).toHaveLength(0);
          return;
        }
        // What is left is worth what it was, and days keep to it where they are worth enough.
        const again = new PricedDays({ ...search, network: kept }, at);
        expect(again.valueUsd).toBeCloseTo(days.valueUsd, 6);
        rooms.arcs[0]!.forEach((a, i) => expect(again.throughUsd[i]).toBeCloseTo(days.throughUsd[a]!, 6));
        search.network.forEach((_, a) => {
          if (days.throughUsd[a] === -Infinity || Math.abs(days.throughUsd[a]! - leastUsd) < 1e-5) return;
          expect(isWithin(rooms, { ...days.through(a), class: 0 })).toBe(days.throughUsd[a]! > leastUsd);
          left++;
        });
        // A later, higher aim leaves no more, and an earlier floor stays.
        const higher = narrowRooms(rooms, proof, 500 - slackUsd / 2);
        expect(higher.arcs[0]!.length).toBeLessThanOrEqual(kept.length);
        expect(narrowRooms(rooms, proof, 500 - 2 * slackUsd).floorUsd).toBe(500 - slackUsd);
      }),
      { numRuns: 120, seed: 6 },
    );
    expect(narrowed).toBeGreaterThan(40);
    expect(left).toBeGreaterThan(200);
  });

  it('leaves everything before the first decision', () => {
    const truck = smallTruck('truck-1', {});
    const problem = smallSms(slots, { trucks: [truck] });
    const levels = dayLevels(truck, slots, problem.slotHours);
    const search: DaySearch = { problem, truck, network: networkOf(problem, truck), levels };
    const nothing = { presentUsd: 0, charge: evenPrice(truck, -1), discharge: evenPrice(truck, -1) };
    const days = new PricedDays(search, { stay: () => nothing, chargeUsdPerMwh: 0 });
    const all = allRooms([search.network]);
    expect(narrowRooms(all, { boundUsd: 10, truckUsd: [0], days: [days] }, -Infinity)).toBe(all);
  });
});
