import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxSet, budgetAdversary, budgetContains, budgetWorstCase } from './budget-set.ts';

const widths = fc.array(
  fc.integer({ min: 0, max: 500 }).map((x) => x / 10),
  { minLength: 1, maxLength: 7 },
);

describe('budgetWorstCase', () => {
  it('adds the largest widths and a part of the next', () => {
    const halfWidths = [3, 10, 0, 7];
    expect([0, 0.5, 1, 1.5, 2, 3, 4, 9].map((alpha) => budgetWorstCase(halfWidths, alpha))).toEqual([
      0, 5, 10, 13.5, 17, 20, 20, 20,
    ]);
    expect(budgetWorstCase([], 2)).toBe(0);
    expect(() => budgetWorstCase([1], -1)).toThrow(RangeError);
    expect(() => budgetWorstCase([NaN], 1)).toThrow(RangeError);
  });
  it('is no smaller than any point of the set, found by enumerating its vertices', () => {
    fc.assert(
      fc.property(widths, fc.double({ min: 0, max: 1, noNaN: true }), (halfWidths, part) => {
        const protection = part * halfWidths.length;
        const whole = Math.floor(protection);
        let best = 0;
        // Vertices in the positive orthant: `whole` components full and one other at the fraction.
        for (let chosen = 0; chosen < 2 ** halfWidths.length; chosen++) {
          const full = halfWidths.map((_, j) => (chosen >> j) & 1);
          if (full.reduce((a, b) => a + b, 0) !== whole) continue;
          const base = halfWidths.reduce((sum, width, j) => sum + width * full[j]!, 0);
          const rest = Math.max(0, ...halfWidths.filter((_, j) => !full[j]));
          best = Math.max(best, base + (protection - whole) * rest);
        }
        expect(budgetWorstCase(halfWidths, protection)).toBeCloseTo(best, 9);
      }),
    );
  });
});

describe('budgetAdversary', () => {
  it('follows the signs and spends the budget where it hurts most', () => {
    expect(budgetAdversary({ halfWidths: [3, 10, 4], protection: 1.5 }, [2, -1, 1])).toEqual([1.5, -10, 0]);
    expect(budgetAdversary(boxSet([3, 10]), [-1, 1])).toEqual([-3, 10]);
  });
  it('stays in the set', () => {
    fc.assert(
      fc.property(
        widths,
        fc.double({ min: 0, max: 8, noNaN: true }),
        fc.array(fc.integer(), { minLength: 7 }),
        (halfWidths, protection, f) => {
          const set = { halfWidths, protection };
          expect(budgetContains(set, budgetAdversary(set, f))).toBe(true);
        },
      ),
    );
  });
});

describe('budgetContains', () => {
  it('refuses what is too wide, too much together, or must not move', () => {
    const set = { halfWidths: [2, 4, 0], protection: 1 };
    expect(budgetContains(set, [1, 2, 0])).toBe(true);
    expect(budgetContains(set, [2.1, 0, 0])).toBe(false);
    expect(budgetContains(set, [2, 1, 0])).toBe(false);
    expect(budgetContains(set, [0, 0, 0.1])).toBe(false);
  });
});
