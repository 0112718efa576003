import { expect, it } from 'vitest';
import { circleSides, polygonError } from './circle-sides.ts';

it.each([4, 8, 16, 32])('a polygon of %i sides lies in its circle and gives away no more than it says', (count) => {
  const sides = circleSides(count);
  let least = Infinity;
  for (let degree = 0; degree < 360; degree += 0.25) {
    const angle = (degree * Math.PI) / 180;
    const reach = Math.min(
      ...sides.map(({ along, share }) => {
        const towards = Math.cos(angle) * along[0] + Math.sin(angle) * along[1];
        return towards > 1e-9 ? share / towards : Infinity;
      }),
    );
    expect(reach).toBeLessThanOrEqual(1 + 1e-9);
    if (degree % 90 === 0) expect(reach).toBeCloseTo(1, 9);
    least = Math.min(least, reach);
  }
  expect(1 - least).toBeLessThanOrEqual(polygonError(count) + 1e-9);
  expect(1 - least).toBeGreaterThan(0.98 * polygonError(count));
});
