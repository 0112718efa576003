import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from './settle.ts';

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const usd = fc.double({ min: 0, max: 1000, noNaN: true });
const accounts = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.array(fc.record({ alone: usd, own: usd, rent: usd }), { minLength: count, maxLength: count }));

describe('settle', () => {
  it('splits a joint saving equally and gives the odd cent to the first', () => {
    const settled = settle(['north', 'south'], { aloneUsd: [100, 50.01], ownUsd: [110, 10], rentUsd: [5, 15] });
    expect(settled.ownerIncomeCents).toBe(2000);
    // 150.01 alone, 140 with trucks: 10.01 saved.
    expect(settled.grids.map(({ paysCents }) => paysCents)).toEqual([10000 - 501, 5001 - 500]);
    expect(settled.grids.map(({ transferCents }) => transferCents)).toEqual([11500 - 9499, 2500 - 4501]);
  });
  it('loses and makes no cent, and treats all alike within one', () => {
    fc.assert(
      fc.property(accounts, (drawn) => {
        const of = (field: 'alone' | 'own' | 'rent') => drawn.map((account) => account[field]);
        const { grids, ownerIncomeCents } = settle(
          drawn.map((_, g) => `g${g}`),
          { aloneUsd: of('alone'), ownUsd: of('own'), rentUsd: of('rent') },
        );
        expect(sum(grids.map(({ transferCents }) => transferCents))).toBe(0);
        expect(sum(grids.map(({ rentCents }) => rentCents))).toBe(ownerIncomeCents);
        expect(sum(grids.map(({ paysCents }) => paysCents))).toBe(
          sum(grids.map(({ ownCents }) => ownCents)) + ownerIncomeCents,
        );
        const saved = grids.map(({ aloneCents, paysCents }) => aloneCents - paysCents);
        expect(Math.max(...saved) - Math.min(...saved)).toBeLessThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });
});
