import { describe, expect, it } from 'vitest';
import { viableLevels } from '../../models/market/viable-levels.ts';
import type { Ev } from '../../models/v2g/problem.ts';
import type { Site } from '../site.ts';
import { virtualBattery } from './virtual-battery.ts';

/** Only what the battery is made of. */
const site = {
  storage: [],
  grid: null,
  dischargePerKwh: 0.005,
  throughputPerKwh: 0.001,
} as unknown as Site;
const car: Ev = {
  id: 'a',
  aggregator: 0,
  cars: 2,
  capacityKwh: 100,
  arrivalSlot: 8,
  departureSlot: 40,
  initialKwh: 40,
  minKwh: 20,
  maxKwh: 100,
  requiredKwh: 80,
  chargeKw: 20,
  dischargeKw: 10,
  efficiency: 0.5,
};
const battery = (evs: Ev[]) => virtualBattery({ site, evs, slots: 96, slotMinutes: 15 });

describe('virtualBattery', () => {
  it('bounds the energy by as late as may be and as soon as can be, and leaves with the need', () => {
    const { leastKwh, mostKwh, storage, cars } = battery([car])!;
    expect(cars).toBe(2);
    // Arrives at 02:00 and leaves at 10:00; 10 kWh an hour go in, up to 20 kWh an hour come out.
    expect(mostKwh.slice(0, 11)).toEqual([0, 0, 0, 10, 20, 30, 40, 50, 60, 60, 40]);
    expect(leastKwh.slice(0, 11)).toEqual([0, 0, 0, -20, -20, -10, 0, 10, 20, 30, 40]);
    expect(mostKwh.slice(10)).toEqual(new Array<number>(15).fill(40));
    expect(storage.degradationPerMwh).toBeCloseTo(7, 9);
  });

  it('can be run from its start whatever the rounding to levels', () => {
    const { storage, startLevel } = battery([car, { ...car, arrivalSlot: 30, departureSlot: 95, requiredKwh: 41.7 }])!;
    expect(viableLevels(storage, 24)[0]![startLevel]).toBe(1);
  });

  it('is nothing without cars and batteries', () => {
    expect(battery([])).toBeNull();
  });
});
