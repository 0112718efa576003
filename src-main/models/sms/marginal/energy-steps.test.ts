import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallTruck } from '../fixtures/small-sms.ts';
import { energySteps, partsOfPower } from './energy-steps.ts';
import { fineSteps } from './settle-powers.ts';

describe('energySteps', () => {
  it('make a full discharge whole steps and lose little of a full charge', () => {
    // 0.95² of what charges comes back: 10 steps down are nearly 9 up.
    const truck = smallTruck('a', {
      capacityMwh: 1.5,
      minMwh: 0.2,
      initialMwh: 0.2,
      finalMinMwh: 0.2,
      powerMw: 0.5,
      chargeEfficiency: 0.95,
      dischargeEfficiency: 0.95,
    });
    expect(partsOfPower(truck, 1)).toBe(10);
    const energies = energySteps(truck, 1, 10);
    expect(energies[10]! - energies[0]!).toBeCloseTo(0.5 / 0.95, 12);
    expect(energies[9]! - energies[0]!).toBeGreaterThan(0.99 * 0.5 * 0.95);
    expect(energies[9]! - energies[0]!).toBeLessThanOrEqual(0.5 * 0.95);
    expect(energies.at(-1)).toBe(1.5);
  });

  it('are few where a truck can do nothing', () => {
    for (const changes of [{ powerMw: 0 }, { capacityMwh: 1, minMwh: 1 }]) {
      const truck = smallTruck('a', { initialMwh: 1, finalMinMwh: 1, ...changes });
      expect(energySteps(truck, 1, partsOfPower(truck, 1)).length).toBeLessThan(4);
      expect(fineSteps(truck, 1).count).toBe(1);
    }
  });

  it('hold the energies that a day must meet, and stay within the battery', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const drawn = fc.record({
      capacityMwh: fc.double({ min: 0.5, max: 5, noNaN: true }),
      powerMw: fc.double({ min: 0.05, max: 4, noNaN: true }),
      chargeEfficiency: fc.double({ min: 0.7, max: 1, noNaN: true }),
      first: share,
      final: share,
    });
    fc.assert(
      fc.property(drawn, ({ first, final, ...changes }) => {
        const minMwh = 0.1;
        const within = (at: number): number => minMwh + at * (changes.capacityMwh - minMwh);
        const truck = smallTruck('a', { ...changes, minMwh, initialMwh: within(first), finalMinMwh: within(final) });
        const energies = energySteps(truck, 0.5, partsOfPower(truck, 0.5));
        for (const mwh of [truck.initialMwh, truck.finalMinMwh, minMwh, truck.capacityMwh])
          expect(energies).toContain(mwh);
        expect(energies).toEqual([...new Set(energies)].sort((a, b) => a - b));
        expect(energies[0]).toBe(minMwh);
        expect(energies.at(-1)).toBe(truck.capacityMwh);
        const fine = fineSteps(truck, 0.5);
        expect(fine.netMw.every((mw) => Math.abs(mw) <= truck.powerMw * (1 + 1e-9))).toBe(true);
        expect(fine.first).toBeGreaterThanOrEqual(0);
        expect(fine.first).toBeLessThan(fine.count);
      }),
    );
  });
});
