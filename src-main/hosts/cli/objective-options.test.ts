import { expect, it } from 'vitest';
import { objectiveOptionsOf } from './objective-options.ts';

it('reads an order with what may give way, or weights', () => {
  expect(objectiveOptionsOf({})).toEqual({});
  expect(objectiveOptionsOf({ objective: 'cost,deviation:2%, loss : 0.5 %' })).toEqual({
    objectives: {
      rule: 'lexicographic',
      order: [
        { objective: 'cost', tolerance: 0 },
        { objective: 'deviation', tolerance: 0.02 },
        { objective: 'loss', tolerance: 0.005 },
      ],
    },
  });
  expect(objectiveOptionsOf({ weights: 'cost=1,loss=0.5' })).toEqual({
    objectives: {
      rule: 'weighted',
      weights: [
        { objective: 'cost', weight: 1 },
        { objective: 'loss', weight: 0.5 },
      ],
    },
  });
});

it.each([
  [{ objective: 'cost', weights: 'cost=1' }, /exclude each other/],
  [{ objective: 'joy' }, /knows cost, generation/],
  [{ objective: 'cost:2%' }, /the first has none before/],
  [{ objective: 'cost,loss:200%' }, /from 0 % to 100 %/],
  [{ objective: 'cost,loss:x' }, /such as/],
  [{ objective: 'cost,cost:1%' }, /twice/],
  [{ weights: 'cost' }, /names and numbers/],
  [{ weights: 'cost=-1' }, /names and numbers/],
  [{ weights: 'cost=0' }, /above 0/],
])('refuses %j', (values, words) => {
  expect(() => objectiveOptionsOf(values)).toThrow(words);
});
