import { expect, test } from 'vitest';
import { printZoom } from './print-zoom.ts';

test('content is never enlarged, and fits in both directions', () => {
  expect(printZoom({ width: 400, height: 300 })).toBe(1);
  const zoom = printZoom({ width: 1240, height: 860 });
  expect(1240 * zoom).toBeLessThanOrEqual(1047);
  expect(860 * zoom).toBeLessThanOrEqual(647);
  expect(zoom).toBeGreaterThan(0.7);
});

test('a very long screen is held to a least size, an empty one is left alone', () => {
  expect(printZoom({ width: 1240, height: 20_000 })).toBe(0.4);
  expect(printZoom({ width: 0, height: 0 })).toBe(1);
});
