import { expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { addDays } from '../../base/zone.ts';
import { boxMargin, matchBox, violationOf } from './match-box.ts';

const random = seededRandom(5);
const history = {
  id: 'Wind',
  residuals: Array.from({ length: 90 }, (_, i) => ({
    day: addDays('2023-01-01', i),
    errorKw: Array.from({ length: 4 }, (__, slot) => (slot + 1) * 10 * random.normal()),
    usable: true,
  })),
};

it('is the least box that breaks no oftener than asked', () => {
  for (const share of [0.02, 0.05, 0.2]) {
    const scale = matchBox(history, share, 0.05);
    expect(violationOf(history, boxMargin(scale), 0.05).share).toBeLessThanOrEqual(share);
    expect(violationOf(history, boxMargin(scale - 0.001), 0.05).share).toBeGreaterThan(share);
  }
});

it('asks for no reserve where the wind was never short', () => {
  expect(boxMargin(1)({ mean: 5, deviation: 1, samples: [4, 6] })).toBe(0);
  expect(boxMargin(0.5)({ mean: 0, deviation: 1, samples: [-8, 6] })).toBe(4);
});
