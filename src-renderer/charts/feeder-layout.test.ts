import { describe, expect, it } from 'vitest';
import { layFeeder } from './feeder-layout.ts';

/** A pseudo-random tree: each bus hangs on one of those before it. */
const tree = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, bus) => (bus === 0 ? -1 : Math.floor((((bus * seed) % 97) / 97) * bus)));

describe('layFeeder', () => {
  it('keeps the longest way straight and puts a lateral beside it', () => {
    const { column, lane, columns, lanes } = layFeeder([-1, 0, 1, 2, 1]);
    expect(lane.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(column).toEqual([0, 1, 2, 3, 2]);
    expect(lane[4]).toBe(1);
    expect([columns, lanes]).toEqual([4, 2]);
  });

  it('puts laterals that a tie can join on the same side, and others apart where that is shorter', () => {
    // A way of six buses with a lateral of two at its second and its third bus.
    const parent = [-1, 0, 1, 2, 3, 4, 1, 6, 2, 8];
    const sides = (ties: { from: number; to: number }[]): number[] => {
      const { lane } = layFeeder(parent, ties);
      return [Math.sign(lane[6]!), Math.sign(lane[8]!)];
    };
    const [first, second] = sides([{ from: 7, to: 9 }]);
    expect(first).toBe(second);
    const [upper, lower] = sides([]);
    expect(upper).toBe(-lower!);
  });

  it.each([2, 5, 33, 69, 123, 300])('gives %i buses a cell each, a column beyond the one that feeds them', (count) => {
    for (const seed of [1, 17, 41, 83]) {
      const parent = tree(count, seed);
      const { column, lane, firstLane, lanes } = layFeeder(parent);
      expect(new Set(column.map((at, bus) => `${at} ${lane[bus]}`)).size).toBe(count);
      for (let bus = 1; bus < count; bus++) expect(column[bus]).toBe(column[parent[bus]!]! + 1);
      expect(Math.max(...lane) - firstLane + 1).toBe(lanes);
      expect(Math.min(...lane)).toBe(firstLane);
    }
  });

  it.each([5, 33, 123])('runs no riser of %i buses through a bus', (count) => {
    for (const seed of [1, 17, 41, 83]) {
      const parent = tree(count, seed);
      const { column, lane } = layFeeder(parent);
      const buses = new Set(column.map((at, bus) => `${at} ${lane[bus]}`));
      for (let bus = 1; bus < count; bus++) {
        const [from, step] = [parent[bus]!, Math.sign(lane[bus]! - lane[parent[bus]!]!)];
        for (let at = lane[from]!; at !== lane[bus]!; at += step)
          expect(buses.has(`${column[from]} ${at + step}`), `riser to bus ${bus}`).toBe(false);
      }
    }
  });
});
