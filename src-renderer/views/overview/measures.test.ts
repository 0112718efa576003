import { expect, test } from 'vitest';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import { planFixture, summaryOf } from '../../stores/fixtures/plan-fixture.ts';
import { measuresOf, type Measure } from './measures.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
function measure(key: Measure['key'], plan: PlanPayload, previous = summaryOf(planFixture())): Measure {
  return measuresOf(plan, previous).find((one) => one.key === key)!;
}

test('cost is compared with the day without V2G and with the plan before, in the same currency only', () => {
  const plan = planFixture();
  const previous = { ...summaryOf(planFixture({}, '2023-06-14')), totalCost: 900 };
  const cost = measure('cost', plan, previous);
  expect(cost.comparisons).toEqual([
    { value: 1860.55, label: 'without V2G' },
    { value: 900, label: 'plan of 2023-06-14' },
  ]);
  expect(plain(cost.sentence)).toBe('55.5 % less than the same day without V2G.');
  expect(cost.max).toBeGreaterThan(1860.55);
  expect(measure('cost', plan, { ...previous, currency: 'GBP' }).comparisons).toHaveLength(1);
});

test('income makes the scale reach below zero', () => {
  const plan = planFixture({ cost: { total: -40, items: [], bySlot: new Float64Array(96) }, withoutV2g: null });
  const cost = measure('cost', plan, { ...summaryOf(plan), currency: 'GBP' });
  expect(cost.min).toBe(-40);
  expect(cost.max).toBeGreaterThan(cost.min);
});

test('a chance far above the target stays on the scale; an untested plan has none', () => {
  const test = planFixture().test!;
  const risky = planFixture({ test: { ...test, anyViolation: { ...test.anyViolation, hits: 400, share: 0.4 } } });
  const chance = measure('violation', risky);
  expect(chance.value).toBeCloseTo(40);
  expect(chance.max).toBeGreaterThan(40);
  expect(chance.limit?.value).toBe(5);
  expect(measure('violation', planFixture({ test: null })).value).toBeNull();
});

test('the reserve is that of the thinnest slot against its requirement, and says when it is short', () => {
  const requiredKw = new Float64Array(96).fill(50);
  const availableKw = new Float64Array(96).fill(400);
  availableKw[73] = 30;
  const reserve = measure('reserve', planFixture({ reserve: { requiredKw, availableKw } }));
  expect(reserve).toMatchObject({ value: 30, limit: { value: 50, label: 'required', digits: 3 }, slot: 73 });
  expect(plain(reserve.sentence)).toBe('20.0 kW below the requirement, thinnest at 18:15.');
});

test('unmet energy is counted over all aggregators; no need at all has no share', () => {
  const plan = planFixture();
  const [first, ...others] = plan.aggregators;
  const short = measure('energy', { ...plan, aggregators: [{ ...first!, unmetKwh: 21 }, ...others] });
  expect(short.value).toBeCloseTo(99);
  expect(short.sentence).toContain('together 21 kWh short');
  expect(measure('energy', { ...plan, aggregators: [] }).value).toBeNull();
});
