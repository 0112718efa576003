import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from './format-money.ts';

test('money is written to the cent, and read back it is the same', () => {
  expect([0, -1, 5, 123405, -100000000].map(formatMoney)).toEqual([
    '0.00',
    '\u22120.01',
    '0.05',
    '1,234.05',
    '\u22121,000,000.00',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
      const read = Number(formatMoney(cents).replaceAll(',', '').replace('\u2212', '-'));
      expect(Math.round(100 * read)).toBe(cents);
    }),
  );
});
