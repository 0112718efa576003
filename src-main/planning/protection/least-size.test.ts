import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetScale, type SizeScale } from '../../uncertainty/set-size.ts';
import { leastSize } from './least-size.ts';

async function search(on: number | SizeScale, target: number, chance: (size: number) => number) {
  const scale = typeof on === 'number' ? budgetScale(on, on) : on;
  const asked: number[] = [];
  const answer = await leastSize(scale, target, (sizes) => {
    asked.push(...sizes);
    return Promise.resolve(sizes.map((size) => ({ size, share: chance(size) })));
  });
  return { ...answer, asked };
}

describe('leastSize', () => {
  it('comes within L / 64 above the protection at which a falling chance meets the target', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        async (most, part) => {
          const exact = part * most;
          const { chosen, asked } = await search(most, 0.05, (size) => (size >= exact ? 0.04 : 0.2));
          expect(chosen!.size).toBeGreaterThanOrEqual(exact);
          expect(chosen!.size).toBeLessThanOrEqual(exact + most / 64 + 1e-9);
          expect(asked.length).toBeLessThanOrEqual(11);
        },
      ),
    );
  });

  it('asks no further where nothing is needed, and where nothing helps', async () => {
    expect(await search(8, 0.05, () => 0)).toMatchObject({ chosen: { size: 0 }, asked: { length: 5 } });
    expect(await search(8, 0.05, () => 0.5)).toMatchObject({ chosen: null, asked: { length: 5 } });
  });

  it('takes the least point that meets the target when the chance goes up and down, and passes over what failed', async () => {
    const bumpy = (size: number): number =>
      size === 2 ? 0.04 : size === 4 ? 0.3 : size === 1.5 ? NaN : size > 4 ? 0.01 : 0.2;
    const { chosen, points } = await search(8, 0.05, bumpy);
    expect(chosen!.size).toBe(2);
    expect(points.filter(({ size, share }) => size < 2 && share <= 0.05)).toEqual([]);
  });

  it('finds the very number where sizes are whole, and tries the fitted one and the one in force whatever comes out', async () => {
    const days: SizeScale = { kind: 'scenarios', name: 'real days', symbol: 'N', fitted: 37, most: 37, steps: 'whole' };
    for (const exact of [1, 2, 9, 20, 36, 37]) {
      const { chosen, asked } = await search(days, 0.05, (size) => (size >= exact ? 0.05 : 0.06));
      expect(chosen!.size).toBe(exact);
      expect(new Set(asked).size).toBe(asked.length);
      expect(asked.every(Number.isInteger)).toBe(true);
    }
    const asked: number[] = [];
    const scale: SizeScale = { ...days, kind: 'ellipsoid', fitted: 1.3, most: 2.6, steps: 'continuous' };
    await leastSize(
      scale,
      0.05,
      (sizes) => {
        asked.push(...sizes);
        return Promise.resolve(sizes.map((size) => ({ size, share: 0 })));
      },
      [2.2],
    );
    expect(asked).toEqual(expect.arrayContaining([0, 1.3, 2.2, 2.6]));
  });
});
