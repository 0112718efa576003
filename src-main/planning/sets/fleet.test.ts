import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayHorizon } from '../../base/horizon.ts';
import type { RepresentativeSession } from '../../forecast/representative-sessions.ts';
import { fleetOf, wholeCars } from './fleet.ts';
import type { AggregatorSite } from '../site.ts';

const horizon = dayHorizon('2023-06-15', 'Europe/Berlin', 15);
const garage: AggregatorSite = {
  id: 'garage',
  name: 'Garage',
  stations: ['Garage'],
  carsPerSession: 2,
  capacityKwh: 60,
  chargeKw: 11,
  dischargeKw: 7,
  efficiency: 0.95,
  minShare: 0.2,
  departureShare: 0.8,
  maxShare: 1,
};
const session = (change: Partial<RepresentativeSession> = {}): RepresentativeSession => ({
  arrivalMinutes: 8 * 60,
  stayMinutes: 8 * 60,
  energyKwh: 20,
  weight: 1,
  ...change,
});
const only = (change: Partial<RepresentativeSession>, at = horizon) => fleetOf([garage], [[session(change)]], at);

describe('wholeCars', () => {
  it('keeps the rounded total and stays within one of each', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 30 }), (wanted) => {
        const cars = wholeCars(wanted);
        expect(cars.reduce((sum, count) => sum + count, 0)).toBe(
          Math.round(wanted.reduce((sum, count) => sum + count, 0)),
        );
        cars.forEach((count, at) => expect(Math.abs(count - wanted[at]!)).toBeLessThanOrEqual(1));
      }),
    ));
});

describe('fleetOf', () => {
  it('scales one session to a class of cars', () => {
    const { evs, notes } = only({});
    expect(notes).toEqual([]);
    expect(evs).toHaveLength(1);
    expect(evs[0]).toMatchObject({
      aggregator: 0,
      cars: 2,
      capacityKwh: 120,
      arrivalSlot: 32,
      departureSlot: 64,
      minKwh: 24,
      maxKwh: 120,
      chargeKw: 22,
      dischargeKw: 14,
    });
    expect(evs[0]!.requiredKwh).toBeCloseTo(96, 9);
    expect(evs[0]!.requiredKwh - evs[0]!.initialKwh).toBeCloseTo(2 * 0.95 * 20, 9);
  });
  it('draws unsteered at full power until the need is met', () => {
    const [load] = only({}).uncoordinatedKw;
    expect(load!.slice(31, 34)).toEqual([0, 22, 22]);
    expect(load!.reduce((sum, kw) => sum + kw / 4, 0)).toBeCloseTo(40, 9);
    expect(load![32 + 8]).toBe(0);
  });
  it('splits a stay across midnight by the time spent in the day', () => {
    const leavesTomorrow = only({ arrivalMinutes: 18 * 60, stayMinutes: 12 * 60 }).evs[0]!;
    expect([leavesTomorrow.arrivalSlot, leavesTomorrow.departureSlot]).toEqual([72, 96]);
    expect(leavesTomorrow.requiredKwh - leavesTomorrow.initialKwh).toBeCloseTo(19, 9);
    const cameYesterday = only({ arrivalMinutes: -6 * 60, stayMinutes: 12 * 60 }).evs[0]!;
    expect([cameYesterday.arrivalSlot, cameYesterday.departureSlot]).toEqual([0, 24]);
    expect(cameYesterday.requiredKwh).toBeCloseTo(96, 9);
    expect(cameYesterday.requiredKwh - cameYesterday.initialKwh).toBeCloseTo(19, 9);
  });
  it('cuts a need that cannot be met, and says so', () => {
    const short = only({ stayMinutes: 60, energyKwh: 30 });
    expect(short.evs[0]!.requiredKwh - short.evs[0]!.initialKwh).toBeCloseTo(2 * 0.95 * 11, 9);
    expect(short.notes).toEqual(['Garage: the energy need of 2 of 2 cars was cut to what their stay allows.']);
    const large = only({ energyKwh: 80, stayMinutes: 14 * 60 });
    expect(large.evs[0]!.initialKwh).toBeCloseTo(large.evs[0]!.minKwh, 9);
  });
  it('places the wall clock on clock-change days', () => {
    const spring = dayHorizon('2023-03-26', 'Europe/Berlin', 15);
    expect(only({}, spring).evs[0]!.arrivalSlot).toBe(28);
    expect(only({ arrivalMinutes: 150, stayMinutes: 60 }, spring).evs[0]!.arrivalSlot).toBe(10);
    const autumn = dayHorizon('2023-10-29', 'Europe/Berlin', 15);
    expect(only({}, autumn).evs[0]!.arrivalSlot).toBe(36);
  });
  it('never asks for the impossible', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            arrivalMinutes: fc.integer({ min: -3000, max: 1439 }),
            stayMinutes: fc.integer({ min: 1, max: 5000 }),
            energyKwh: fc.double({ min: 0.01, max: 190, noNaN: true }),
            weight: fc.double({ min: 0.1, max: 5, noNaN: true }),
          }),
          { maxLength: 12 },
        ),
        fc.constantFrom('2023-06-15', '2023-03-26', '2023-10-29'),
        (sessions, day) => {
          const at = dayHorizon(day, 'Europe/Berlin', 15);
          for (const ev of fleetOf([garage], [sessions], at).evs) {
            expect(ev.arrivalSlot).toBeGreaterThanOrEqual(0);
            expect(ev.departureSlot).toBeGreaterThan(ev.arrivalSlot);
            expect(ev.departureSlot).toBeLessThanOrEqual(at.slots);
            expect(ev.initialKwh).toBeGreaterThanOrEqual(ev.minKwh - 1e-9);
            expect(ev.requiredKwh).toBeLessThanOrEqual(ev.maxKwh + 1e-9);
            const most = ev.initialKwh + (ev.departureSlot - ev.arrivalSlot) * 0.25 * ev.chargeKw * ev.efficiency;
            expect(ev.requiredKwh).toBeLessThanOrEqual(most + 1e-9);
          }
        },
      ),
    ));
});
