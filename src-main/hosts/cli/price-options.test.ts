import { expect, it } from 'vitest';
import { priceOptionsOf } from './price-options.ts';

it('asks for nothing unless told, and for intervals of now where robust prices are wanted', () => {
  expect(priceOptionsOf({})).toEqual({});
  expect(priceOptionsOf({ prices: 'robust' })).toEqual({
    prices: { treatment: 'robust', set: 'interval', moment: 'now' },
  });
  const budget = { prices: 'robust', 'price-set': 'budget', 'price-periods': '4', 'before-auction': true };
  expect(priceOptionsOf(budget)).toEqual({
    prices: { treatment: 'robust', set: 'budget', moment: 'before-auction', periodProtection: 4 },
  });
});

it.each([
  [{ 'price-set': 'budget' }, /goes with --prices robust/],
  [{ prices: 'expected', 'price-set': 'budget' }, /goes with --prices robust/],
  [{ prices: 'robust', 'price-periods': '4' }, /goes with --price-set budget/],
  [{ prices: 'robust', 'price-set': 'budget', 'price-periods': '-1' }, /number from 0 on/],
  [{ prices: 'published', 'before-auction': true }, /expected or robust/],
  [{ prices: 'guessed' }, /published or expected or robust/],
])('refuses %j', (values, words) => {
  expect(() => priceOptionsOf(values)).toThrow(words);
});
