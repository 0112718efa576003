import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subtractRanges } from './subtract-ranges.ts';

const range = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 12 }))
  .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
const holds = (ranges: readonly { fromMs: number; toMs: number }[], at: number) =>
  ranges.some(({ fromMs, toMs }) => fromMs <= at && at < toMs);

describe('subtractRanges', () => {
  it('leaves what lies in the range and in none of the others, in order and not empty', () => {
    fc.assert(
      fc.property(range, fc.array(range, { maxLength: 6 }), (whole, others) => {
        const left = subtractRanges(whole, others);
        for (let at = -1; at < 45; at++) expect(holds(left, at)).toBe(holds([whole], at) && !holds(others, at));
        left.forEach(({ fromMs, toMs }, index) => {
          expect(fromMs).toBeLessThan(toMs);
          if (index > 0) expect(left[index - 1]!.toMs).toBeLessThan(fromMs);
        });
      }),
    );
  });
  it('leaves the whole where nothing overlaps', () => {
    expect(subtractRanges({ fromMs: 5, toMs: 9 }, [{ fromMs: 9, toMs: 12 }])).toEqual([{ fromMs: 5, toMs: 9 }]);
  });
});
