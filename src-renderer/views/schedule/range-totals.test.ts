import { expect, test } from 'vitest';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import { rangeTotals } from './range-totals.ts';

const plan = planFixture({ importKw: new Float64Array(96).fill(40) });
plan.buyPerKwh[33] = 0.5;

test('whole day: the energies and the cost are those of the day', () => {
  const day = rangeTotals(plan, { fromSlot: 0, toSlot: 95 });
  expect(day.hours).toBe(24);
  expect(day.cost).toBeCloseTo(plan.cost.total, 6);
  const bought = day.resources.find((one) => one.id === 'import')!;
  expect(bought.energyKwh).toBeCloseTo(960, 6);
  expect(bought.highestKw).toBe(40);
  expect(day.dearest).toEqual({ perMwh: 500, slot: 33 });
});

test('two neighbouring ranges add up to the range over both, and a single slot is its power times its length', () => {
  const [one, two, both] = [
    rangeTotals(plan, { fromSlot: 20, toSlot: 39 }),
    rangeTotals(plan, { fromSlot: 40, toSlot: 47 }),
    rangeTotals(plan, { fromSlot: 20, toSlot: 47 }),
  ];
  both.resources.forEach((resource, at) => {
    expect(one.resources[at]!.energyKwh + two.resources[at]!.energyKwh).toBeCloseTo(resource.energyKwh, 6);
    expect(Math.max(one.resources[at]!.highestKw, two.resources[at]!.highestKw)).toBe(resource.highestKw);
  });
  expect(one.cost + two.cost).toBeCloseTo(both.cost, 9);
  const slot = rangeTotals(plan, { fromSlot: 78, toSlot: 78 });
  expect(slot.resources[0]!.energyKwh).toBeCloseTo(plan.loadKw[78]! / 4, 9);
  const cars = plan.aggregators.reduce((sum, a) => sum + a.chargeKw[78]! - a.dischargeKw[78]!, 0);
  expect(slot.peak).toEqual({ kw: expect.closeTo(plan.loadKw[78]! + cars, 9) as number, slot: 78 });
});

test('a site without prices has no dearest slot', () => {
  const priceless = planFixture({ buyPerKwh: new Float64Array(96) });
  expect(rangeTotals(priceless, { fromSlot: 0, toSlot: 95 }).dearest).toBeNull();
});
