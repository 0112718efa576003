import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotPlaces } from './dot-places.ts';
import { labelPlaces } from './label-places.ts';
import { stepBand, stepLine } from './paths.ts';
import { rangesWhere } from './ranges.ts';
import { stack } from './stack.ts';

const x = (edge: number) => 10 * edge;
const y = (value: number) => -value;

describe('steps', () => {
  it('hold a value to the end of its slot, also beside a gap', () => {
    expect(stepLine([1, 2, NaN, 3], x, y)).toBe('M0 -1H10V-2H20M30 -3H40');
    expect(stepBand([0, 0], [1, 2], x, y)).toBe('M0 -1H10V-2H20V0H10V0H0Z');
    expect(stepLine([], x, y)).toBe('');
    expect(stepLine([NaN, NaN], x, y)).toBe('');
  });
});

describe('stacks', () => {
  it('lose nothing: the last edge is the sum of all', () => {
    const rows = fc.array(fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 4, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(rows, (powers) => {
        for (const [direction, sign] of [
          ['up', 1],
          ['down', -1],
        ] as const) {
          const top = stack(powers, direction).at(-1)!.upper;
          top.forEach((edge, slot) =>
            expect(edge).toBeCloseTo(sign * powers.reduce((sum, row) => sum + row[slot]!, 0), 6),
          );
        }
      }),
    );
  });
  it('stroke no edge where there is nothing beneath', () => {
    expect([...stack([[5, 0]], 'up')[0]!.edge]).toEqual([5, NaN]);
  });
});

describe('labels and dots', () => {
  it('names stand where their area is thick and no line crosses', () => {
    const layers = stack([new Array<number>(20).fill(100)], 'up');
    const areas = [{ id: 'a', name: 'Gas', layer: layers[0]! }];
    const [free] = labelPlaces(areas, [], x, y);
    expect(free?.y).toBeCloseTo(-46);
    const [above] = labelPlaces(areas, [new Array<number>(20).fill(50)], x, y);
    expect(Math.abs(above!.y - 4 + 50)).toBeGreaterThan(15);
    expect(
      labelPlaces([{ id: 'b', name: 'Gas', layer: stack([new Array<number>(20).fill(8)], 'up')[0]! }], [], x, y),
    ).toEqual([]);
  });
  it('dots never overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 50 }), (positions) => {
        const placed = dotPlaces(
          positions.toSorted((one, other) => one - other),
          13,
        );
        placed.forEach((dot, i) =>
          placed
            .slice(i + 1)
            .forEach((other) => expect(dot.level !== other.level || Math.abs(dot.x - other.x) >= 13).toBe(true)),
        );
      }),
    );
  });
  it('ranges hold exactly the slots asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (holds) => {
        const covered = rangesWhere(holds.length, (slot) => holds[slot]!).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, i) => from + i),
        );
        expect(covered).toEqual(holds.flatMap((held, slot) => (held ? [slot] : [])));
      }),
    );
  });
});
