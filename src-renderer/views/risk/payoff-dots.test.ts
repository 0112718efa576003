import { expect, it } from 'vitest';
import type { ObjectiveComparisonPayload } from '../../../src-main/contract/objectives.ts';
import { payoffLines, sacrificed } from './payoff-dots.ts';

const line = (objective: 'cost' | 'renewables' | 'loss', values: number[]) => ({
  objective,
  state: values.length > 0 ? ('solved' as const) : ('failed' as const),
  problem: values.length > 0 ? '' : 'time ran out',
  values,
  atBest: NaN,
  acLossKwh: NaN,
  passed: true,
});
const found: ObjectiveComparisonPayload = {
  day: '2023-06-15',
  currency: 'EUR',
  kinds: ['cost', 'loss', 'renewables'],
  lines: [line('cost', [100, 20, 80]), line('loss', []), line('renewables', [150, 25, 100])],
  missing: [],
  seconds: 1,
};

it('places every plan between the best and the worst of each objective, more renewables being better', () => {
  const [cost, , renewables] = payoffLines(found);
  expect(cost!.dots.map(({ of, place }) => [of, place])).toEqual([
    ['cost', 0],
    ['renewables', 1],
  ]);
  expect(renewables!.dots.map(({ place }) => place)).toEqual([1, 0]);
  expect(renewables!.best).toContain('100');
});

it('tells what is sacrificed, and nothing of what was not solved', () => {
  expect(sacrificed(found, 'renewables', 'cost')).toBe(50);
  expect(sacrificed(found, 'cost', 'renewables')).toBe(20);
  expect(sacrificed(found, 'cost', 'loss')).toBe(null);
});
