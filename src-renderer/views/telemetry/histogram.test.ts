import { expect, test } from 'vitest';
import { histogramOf } from './histogram.ts';

test('every value is counted once, missing ones not at all', () => {
  const { edges, counts } = histogramOf(Float64Array.from([0, 1, 1.5, 9.99, 10, Number.NaN]), 10);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(edges.at(0)).toBeLessThanOrEqual(0);
  expect(edges.at(-1)).toBeGreaterThan(10);
  expect(edges).toHaveLength(counts.length + 1);
});

test('edges are round and negative values have their classes', () => {
  expect(histogramOf(Float64Array.from([-30, 0, 30]), 6)).toEqual({
    edges: [-30, -20, -10, 0, 10, 20, 30, 40],
    counts: [1, 0, 0, 1, 0, 0, 1],
  });
});

test('one repeated value and no value at all', () => {
  expect(histogramOf(Float64Array.from([5, 5])).counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(histogramOf(Float64Array.from([0, 0])).counts).toEqual([2]);
  expect(histogramOf(Float64Array.from([Number.NaN]))).toEqual({ edges: [], counts: [] });
});
