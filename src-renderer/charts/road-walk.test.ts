import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoadShape } from './road-shape.ts';
import { junctionsOf, stepAhead, stepAside, tailOf } from './road-walk.ts';

/**
 *        4
 *        |
 *  0 --- 1 --- 2      1-2 a little uphill, 1-4 to the north, 1-3 to the south and one way only
 *        |
 *        3
 */
const roads: RoadShape = {
  coordinates: 'drawing',
  x: [0, 1, 2, 1, 1],
  y: [0, 0, 0.1, -1, 1],
  linkFrom: [0, 1, 1, 2, 1, 1, 4],
  linkTo: [1, 0, 2, 1, 3, 4, 1],
  linkClass: [0, 0, 0, 0, 0, 0, 0],
  classes: ['primary'],
};
const projection = { x: Float64Array.from(roads.x), y: Float64Array.from(roads.y, (y) => -y), kmPerPixel: null };
const junctions = junctionsOf(roads);

describe('walking along roads', () => {
  it('knows every stretch once at each of its ends', () => {
    expect(junctions.map((links) => links.length)).toEqual([1, 4, 1, 1, 1]);
  });

  it('goes straight on over a junction, and round where the road ends', () => {
    const on = stepAhead(roads, junctions, projection, { link: 0, heading: 1 });
    expect([tailOf(roads, on), on.heading]).toEqual([1, 2]);
    const round = stepAhead(roads, junctions, projection, on);
    expect(round).toEqual({ ...on, heading: 1 });
    const back = stepAhead(roads, junctions, projection, round);
    expect([tailOf(roads, back), back.heading]).toEqual([1, 0]);
  });

  it('takes every branch of the junction behind it in turn, against a one-way road too', () => {
    const seen = [];
    let step = stepAhead(roads, junctions, projection, { link: 0, heading: 1 });
    for (let turn = 0; turn < 4; turn++) {
      step = stepAside(roads, junctions, projection, step);
      expect(tailOf(roads, step)).toBe(1);
      seen.push(step.heading);
    }
    // Clockwise on the drawing from 2 in the east.
    expect(seen).toEqual([3, 0, 4, 2]);
  });

  it('reaches every stretch of a network that hangs together', () => {
    const side = 4;
    const node = (row: number, column: number) => row * side + column;
    const pairs = Array.from({ length: side * side }, (_, at) => [Math.floor(at / side), at % side] as const).flatMap(
      ([row, column]) => [
        ...(column + 1 < side ? [[node(row, column), node(row, column + 1)] as const] : []),
        ...(row + 1 < side ? [[node(row, column), node(row + 1, column)] as const] : []),
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: 32, maxLength: 32 }),
        (shifts) => {
          const town: RoadShape = {
            ...roads,
            x: Array.from({ length: side * side }, (_, at) => (at % side) + shifts[at]!),
            y: Array.from({ length: side * side }, (_, at) => Math.floor(at / side) + shifts[16 + at]!),
            linkFrom: pairs.map(([from]) => from),
            linkTo: pairs.map(([, to]) => to),
            linkClass: pairs.map(() => 0),
          };
          const drawn = { x: Float64Array.from(town.x), y: Float64Array.from(town.y), kmPerPixel: null };
          const at = junctionsOf(town);
          const known = new Set<string>();
          const open = [{ link: 0, heading: town.linkTo[0]! }];
          for (let step = open.pop(); step; step = open.pop()) {
            const key = `${step.link} ${step.heading}`;
            if (known.has(key)) continue;
            known.add(key);
            open.push(stepAhead(town, at, drawn, step), stepAside(town, at, drawn, step));
          }
          expect(new Set([...known].map((key) => key.split(' ')[0])).size).toBe(pairs.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});
