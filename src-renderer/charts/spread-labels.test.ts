import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spreadLabels } from './spread-labels.ts';

it('leaves labels alone that do not meet', () => {
  expect(spreadLabels([10, 90, 50], 13, [0, 100])).toEqual([10, 90, 50]);
});

it('keeps any labels apart, inside and in their order', () => {
  const heights = fc.array(fc.integer({ min: -50, max: 350 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(heights, (wanted) => {
      const places = spreadLabels(wanted, 13, [20, 260]);
      const step = Math.min(13, 240 / Math.max(1, wanted.length - 1));
      const sorted = [...places].sort((a, b) => a - b);
      for (const place of places) expect(place).toSatisfy((at: number) => at >= 20 - 1e-9 && at <= 260 + 1e-9);
      for (let at = 1; at < sorted.length; at++) expect(sorted[at]! - sorted[at - 1]!).toBeGreaterThan(step - 1e-6);
      wanted.forEach((one, i) =>
        wanted.forEach((other, j) => {
          if (one < other) expect(places[i]!).toBeLessThan(places[j]!);
        }),
      );
    }),
  );
});
