import { expect, test } from 'vitest';
import type { PlanPayload } from '../../../src-main/contract/plan.ts';
import { planFixture } from '../../stores/fixtures/plan-fixture.ts';
import { comparedWith, measuresOf, type Measure } from './measures.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
type Compared = PlanPayload['measures'][number];
/** The measure of a plan in which the core compared other numbers. */
function measure(key: Measure['key'], numbers: Partial<Compared> = {}, change: Partial<PlanPayload> = {}): Measure {
  const plan = planFixture(change);
  const measures = plan.measures.map((one) => (one.key === key ? { ...one, ...numbers } : one));
  return measuresOf({ ...plan, measures }).find((one) => one.key === key)!;
}

test('cost stands beside the day without V2G and the plan before', () => {
  const cost = measure('cost', { earlier: 900 });
  expect(cost.comparisons).toEqual([
    { value: 1860.55, label: 'without V2G' },
    { value: 900, label: 'plan of 2023-06-14' },
  ]);
  expect(plain(cost.sentence)).toBe('55.5 % less than the same day without V2G.');
  expect(cost.max).toBeGreaterThan(1860.55);
  expect(measure('cost', { earlier: null }).comparisons).toHaveLength(1);
});

test('every measure of the earlier plan is drawn, and what cannot be compared is said', () => {
  const plan = planFixture();
  for (const one of measuresOf(plan)) expect(one.comparisons.map(({ label }) => label)).toContain('plan of 2023-06-14');
  expect(comparedWith(plan)).toBe('Against limits, no V2G, the approved plan of 2023-06-14');
  expect(comparedWith({ ...plan, earlier: { kind: 'none' } })).toContain('no earlier plan exists');
  const unreadable = { kind: 'unreadable', id: 'x', day: '2023-06-14' } as const;
  expect(comparedWith({ ...plan, earlier: unreadable, withoutV2g: null })).toBe(
    'Against limits; plan of 2023-06-14 cannot be read',
  );
});

test('income makes the scale reach below zero', () => {
  const cost = measure('cost', { value: -40, withoutV2g: null, earlier: null });
  expect(cost.min).toBe(-40);
  expect(cost.max).toBeGreaterThan(cost.min);
  expect(cost.sentence).toBe('');
});

test('a chance far above the target stays on the scale, as does that of the plan before; an untested plan has none', () => {
  const chance = measure('violation', { value: 40, earlier: 60 });
  expect(chance.max).toBeGreaterThan(60);
  expect(chance.limit).toEqual({ value: 5, label: 'target' });
  const untested = measure('violation', { value: null }, { test: null });
  expect(untested.value).toBeNull();
  expect(untested.sentence).toBe('Not tested out of sample yet.');
});

test('the reserve is that of the thinnest slot against its requirement, and says when it is short', () => {
  const reserve = measure('reserve', { value: 30, limit: 50, slot: 73 });
  expect(reserve).toMatchObject({ value: 30, limit: { value: 50, label: 'required', digits: 3 }, slot: 73 });
  expect(plain(reserve.sentence)).toBe('20.0 kW below the requirement, thinnest at 18:15.');
});

test('unmet energy is said with its unit', () => {
  const [first, ...others] = planFixture().aggregators;
  const short = measure('energy', { value: 99 }, { aggregators: [{ ...first!, unmetKwh: 21 }, ...others] });
  expect(plain(short.sentence)).toContain('together 21.0 kWh short');
  expect(short).toMatchObject({ min: 0, max: 100, limit: { value: 100, label: 'wanted' } });
});
