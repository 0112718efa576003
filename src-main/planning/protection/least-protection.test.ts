import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastProtection } from './least-protection.ts';

async function search(most: number, target: number, chance: (protection: number) => number) {
  const asked: number[] = [];
  const answer = await leastProtection(most, target, (protections) => {
    asked.push(...protections);
    return Promise.resolve(protections.map((protection) => ({ protection, share: chance(protection) })));
  });
  return { ...answer, asked };
}

describe('leastProtection', () => {
  it('comes within L / 64 above the protection at which a falling chance meets the target', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        async (most, part) => {
          const exact = part * most;
          const { chosen, asked } = await search(most, 0.05, (protection) => (protection >= exact ? 0.04 : 0.2));
          expect(chosen!.protection).toBeGreaterThanOrEqual(exact);
          expect(chosen!.protection).toBeLessThanOrEqual(exact + most / 64 + 1e-9);
          expect(asked.length).toBeLessThanOrEqual(11);
        },
      ),
    );
  });

  it('asks no further where nothing is needed, and where nothing helps', async () => {
    expect(await search(8, 0.05, () => 0)).toMatchObject({ chosen: { protection: 0 }, asked: { length: 5 } });
    expect(await search(8, 0.05, () => 0.5)).toMatchObject({ chosen: null, asked: { length: 5 } });
  });

  it('takes the least point that meets the target when the chance goes up and down, and passes over what failed', async () => {
    const bumpy = (protection: number): number =>
      protection === 2 ? 0.04 : protection === 4 ? 0.3 : protection === 1.5 ? NaN : protection > 4 ? 0.01 : 0.2;
    const { chosen, points } = await search(8, 0.05, bumpy);
    expect(chosen!.protection).toBe(2);
    expect(points.filter(({ protection, share }) => protection < 2 && share <= 0.05)).toEqual([]);
  });
});
