import { expect, test } from 'vitest';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import { hourlyDigest } from './hourly-digest.ts';

test('hourly means times their hours are the energy of the day, and the costs add up', () => {
  const plan = planFixture();
  const digest = hourlyDigest(plan);
  expect(digest.hours).toHaveLength(24);
  for (const column of digest.columns)
    expect(column.meanKw.reduce((sum, kw) => sum + kw, 0)).toBeCloseTo(column.energyKwh, 6);
  expect(digest.columns[0]!.energyKwh).toBeCloseTo(
    plan.loadKw.reduce((sum, kw) => sum + kw / 4, 0),
    6,
  );
  const energy = (id: string) => digest.columns.find((one) => one.id === id)!.energyKwh;
  const cars = plan.aggregators.flatMap((one) => [...one.dischargeKw.map((kw, t) => kw - one.chargeKw[t]!)]);
  expect(energy('ev')).toBeCloseTo(
    cars.reduce((sum, kw) => sum + kw / 4, 0),
    6,
  );
  // The fixture's gas makes up what wind and cars leave of the load.
  expect(energy('gas') + energy('wind') + energy('ev')).toBeCloseTo(energy('load'), 6);
  expect(digest.cost.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(plan.cost.total, 6);
});

test('an hour is as thin as its thinnest slot', () => {
  const plan = planFixture();
  plan.reserve.availableKw[41] = plan.reserve.requiredKw[41]! + 3;
  expect(hourlyDigest(plan).spareReserveKw[10]).toBeCloseTo(3, 9);
});

test('the long day has its doubled hour twice, the short one lacks the missing hour', () => {
  const long = hourlyDigest(planFixture({}, '2023-10-29'));
  expect(long.hours).toHaveLength(25);
  expect(long.hours.filter((hour) => hour.startsWith('02:00'))).toHaveLength(2);
  const short = hourlyDigest(planFixture({}, '2023-03-26'));
  expect(short.hours).toHaveLength(23);
  expect(short.hours).not.toContain('02:00');
});
