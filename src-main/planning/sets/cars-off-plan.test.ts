import { expect, it } from 'vitest';
import { dayHorizon } from '../../base/horizon.ts';
import type { BehaviourDay } from '../../forecast/behaviour-days.ts';
import { electricCar } from '../../models/v2g/fixtures/small-problem.ts';
import type { AggregatorSite } from '../site.ts';
import { doubtedFleet, fitCarBehaviour } from './cars-off-plan.ts';

const garage: AggregatorSite = {
  id: 'garage',
  name: 'Garage',
  stations: ['garage'],
  carsPerSession: 3,
  capacityKwh: 50,
  chargeKw: 10,
  dischargeKw: 10,
  efficiency: 0.9,
  minShare: 0.1,
  departureShare: 0.8,
  maxShare: 1,
};
/** Every car twenty minutes late, half an hour early gone, with 10 kWh more to charge. */
const days = Array.from({ length: 30 }, (_, d): BehaviourDay => ({
  day: `day ${d}`,
  weight: 1,
  cars: [0, 1].map((k) => ({
    arrivalMinutes: { planned: 480 + k, real: 500 + k },
    departureMinutes: { planned: 900 + k, real: 870 + k },
    energyKwh: { planned: 8, real: 18 },
  })),
}));
const horizon = dayHorizon('2023-06-15', 'Europe/Berlin', 15);

it('turns minutes into slots, energy at the charger into energy in the battery, and sessions into cars', () => {
  const behaviours = fitCarBehaviour([garage], [days], 0.9);
  expect(behaviours[0]).toMatchObject({ carsAtOnce: 6, lackKwh: 9, cars: 6 });
  const ev = electricCar({ cars: 2, arrivalSlot: 32, departureSlot: 60, initialKwh: 60, minKwh: 10 });
  const yesterday = electricCar({ arrivalSlot: 0, departureSlot: 20, initialKwh: 14, minKwh: 10 });
  const overnight = electricCar({ arrivalSlot: 80, departureSlot: 96, initialKwh: 30, minKwh: 10 });
  const stays = [
    { startSlot: 32, endSlot: 60 },
    { startSlot: -1, endSlot: 20 },
    { startSlot: 80, endSlot: 97 },
  ];
  const { evs, carsOffPlan, notes } = doubtedFleet({ evs: [ev, yesterday, overnight], stays }, behaviours, horizon);
  expect(evs.map(({ mayBe }) => mayBe)).toEqual([
    { lateSlots: 2, earlySlots: 2, lackKwh: 18 },
    // It stood there when the day began, and is not taken to come below its least energy.
    { lateSlots: 0, earlySlots: 2, lackKwh: 4 },
    // Of the half hour it may leave early a quarter lies before midnight.
    { lateSlots: 2, earlySlots: 1, lackKwh: 9 },
  ]);
  expect(carsOffPlan).toEqual([6]);
  expect(notes).toEqual([]);
});

it('trusts the cars of an aggregator it knows too little of, and says so', () => {
  const behaviours = fitCarBehaviour([garage], [days.slice(0, 5)], 0.9);
  const stays = [{ startSlot: 0, endSlot: 2 }];
  const { evs, carsOffPlan, notes } = doubtedFleet({ evs: [electricCar()], stays }, behaviours, horizon);
  expect(evs[0]!.mayBe).toBeUndefined();
  expect(carsOffPlan).toEqual([0]);
  expect(notes[0]).toMatch(/Garage/);
});
