import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeDay } from './judge-day.ts';

describe('judgeDay', () => {
  it('finds the fullest slot of each component, and the protection the day needs', () => {
    const judged = judgeDay(
      [
        [0, 5, -10],
        [2, -2, 0],
      ],
      [
        [10, 10, 10],
        [4, 8, 4],
      ],
    );
    expect(judged.components).toEqual([
      { largest: 1, slot: 2 },
      { largest: 0.5, slot: 0 },
    ]);
    expect(judged.used).toEqual([0.5, 0.75, 1]);
    expect(judged.smallestProtection).toBe(1);
  });

  it('knows no protection for a day outside the intervals, nor for an error where no width is', () => {
    expect(judgeDay([[11]], [[10]]).smallestProtection).toBeNull();
    expect(judgeDay([[1]], [[0]])).toMatchObject({ smallestProtection: null, components: [{ largest: Infinity }] });
    expect(judgeDay([[0]], [[0]]).smallestProtection).toBe(0);
  });

  it('holds at its own smallest protection and at no smaller one; a day half as large needs half of it', () => {
    const day = fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(day, (errors) => {
        const widths = errors.map((own) => own.map(() => 1));
        const { smallestProtection, used } = judgeDay(errors, widths);
        const inside = (alpha: number) => used.every((sum) => sum <= alpha);
        expect(inside(smallestProtection!)).toBe(true);
        if (smallestProtection! > 1e-9) expect(inside(smallestProtection! * (1 - 1e-9))).toBe(false);
        const half = judgeDay(
          errors.map((own) => own.map((kw) => kw / 2)),
          widths,
        );
        expect(half.smallestProtection).toBeCloseTo(smallestProtection! / 2, 9);
      }),
    );
  });
});
