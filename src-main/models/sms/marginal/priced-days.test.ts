import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallSms, smallTruck } from '../fixtures/small-sms.ts';
import { networkOf } from '../network.ts';
import { dayLevels } from './day-levels.ts';
import { dayValueUsd } from './day-value.ts';
import { pricedDay, type PowerPrice, type StayPrice } from './priced-day.ts';
import { PricedDays } from './priced-days.ts';
import { truckClasses } from './truck-classes.ts';
import { workGroups, type Direction } from './work-steps.ts';

const slots = 4;

describe('PricedDays', () => {
  it('knows the best day through every arc, as dynamic programming without its rivals does', () => {
    const money = fc.integer({ min: -60, max: 60 });
    const price = fc.record({ presentUsd: money, worth: money, bend: money, isOpen: fc.boolean() });
    const drawn = fc.record({
      prices: fc.array(fc.array(price, { minLength: slots, maxLength: slots }), { minLength: 3, maxLength: 3 }),
      isOnBattery: fc.boolean(),
      parts: fc.constantFrom(1, 2),
      powerMw: fc.constantFrom(0.7, 2),
      capacityMwh: fc.constantFrom(2, 3.1),
      initialMwh: fc.constantFrom(0.5, 1),
      finalMinMwh: fc.constantFrom(0, 0.4),
    });
    let [through, none, several] = [0, 0, 0];
    fc.assert(
      fc.property(drawn, ({ prices, parts, isOnBattery, ...changes }) => {
        const truck = smallTruck('truck-1', changes);
        const base = smallSms(slots, { trucks: [truck] });
        const travelEnergyMwh = base.travelSlots.map((row) => row.map((own) => own.map(() => 0.1)));
        const problem = isOnBattery ? { ...base, travelEnergyMwh } : base;
        const chargeUsdPerMwh = isOnBattery ? 7 : 0;
        const network = networkOf(problem, truck);
        const levels = dayLevels(truck, slots, problem.slotHours, parts);
        const { steps } = workGroups(problem, truckClasses(problem), parts).groups[0]!;
        const stay = (terminal: number, slot: number): StayPrice | null => {
          const { presentUsd, worth, bend, isOpen } = prices[terminal]![slot]!;
          const priced = (direction: Direction, usdPerMw: number): PowerPrice => {
            const mw = [0, ...steps[direction]];
            return { mw, usd: mw.map((own, i) => own * usdPerMw + (i > 0 && i < parts ? bend : 0)) };
          };
          if (!isOpen && bend > 0) return null;
          return { presentUsd, charge: priced('charge', -worth - 2), discharge: priced('discharge', worth - 2) };
        };
        const search = { problem, truck, network, levels };
        const days = new PricedDays(search, { stay, chargeUsdPerMwh });
        const best = pricedDay(search, stay, chargeUsdPerMwh);
        if (best === null) {
          expect(days.valueUsd).toBe(-Infinity);
          none++;
          return;
        }
        expect(days.valueUsd).toBeCloseTo(best.valueUsd, 6);
        network.forEach((arc, a) => {
          const others = network.filter(
            (other) => other === arc || other.untilSlot <= arc.fromSlot || other.fromSlot >= arc.untilSlot,
          );
          const wanted = pricedDay({ ...search, network: others }, stay, chargeUsdPerMwh)?.valueUsd ?? -Infinity;
          expect(days.throughUsd[a]).toBeCloseTo(wanted, 6);
          if (wanted === -Infinity) return;
          const day = days.through(a);
          expect(day.path).toContain(arc);
          expect(dayValueUsd(problem, truck, day, { stay, chargeUsdPerMwh })).toBeCloseTo(wanted, 6);
          through++;
        });
        const leastUsd = best.valueUsd - 40;
        const found = days.diverse({ leastUsd, most: 5 });
        const worth = found.map((day) => dayValueUsd(problem, truck, day, { stay, chargeUsdPerMwh }));
        expect(worth[0]).toBeCloseTo(best.valueUsd, 6);
        expect(Math.min(...worth)).toBeGreaterThan(leastUsd - 1e-6);
        expect(found.length).toBeLessThanOrEqual(5);
        expect(new Set(found.map((day) => JSON.stringify(day))).size).toBe(found.length);
        if (found.length > 1) several++;
      }),
      { numRuns: 80, seed: 3 },
    );
    expect(through).toBeGreaterThan(500);
    expect(several).toBeGreaterThan(20);
    expect(none).toBeLessThan(20);
  });
});
