import { expect, it } from 'vitest';
import { credibleSize } from './credible-size.ts';
import { seededRandom } from './random.ts';

const random = seededRandom(5);
const normal = Float64Array.from({ length: 2000 }, () => Math.abs(random.normal()));

it('is about four standard deviations of normal errors', () => {
  expect(credibleSize(normal)).toBeGreaterThan(3.7);
  expect(credibleSize(normal)).toBeLessThan(4.4);
});
it('is not moved by one false value in forty', () => {
  const faulty = normal.map((size, at) => (at % 40 === 7 ? 1e9 : size));
  expect(Math.abs(credibleSize(faulty) - credibleSize(normal))).toBeLessThan(1);
});
it('keeps a size where most values are zero, and none where nothing is known', () => {
  expect(credibleSize(Float64Array.from({ length: 100 }, (_, at) => (at % 10 === 0 ? 3 : 0)))).toBe(6);
  expect(credibleSize(Float64Array.of(NaN, NaN))).toBe(0);
  expect(credibleSize(new Float64Array(0))).toBe(0);
});
