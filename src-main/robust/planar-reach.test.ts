import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planarReach, type PlanePoint } from './planar-reach.ts';

const part = fc.integer({ min: -100, max: 100 }).map((value) => value / 100);
const points = fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 9 });
const directions = Array.from({ length: 60 }, (_, k): PlanePoint => [Math.cos((k * Math.PI) / 30), Math.sin((k * Math.PI) / 30)]); // prettier-ignore
const along = ([x, y]: PlanePoint, [u, v]: PlanePoint): number => x * u + y * v;
const most = (of: readonly PlanePoint[], towards: PlanePoint): number => Math.max(...of.map((point) => along(point, towards))); // prettier-ignore

describe('planarReach', () => {
  it('finds a polygon, on the outer side of what it leaves out', () => {
    fc.assert(
      fc.property(points, (corners) => {
        const { inner, outer } = planarReach((towards) =>
          corners.reduce((best, point) => (along(point, towards) > along(best, towards) ? point : best)),
        );
        const size = Math.max(...corners.map((corner) => Math.hypot(...corner)));
        for (const towards of directions) {
          expect(most(inner, towards)).toBeLessThanOrEqual(most(corners, towards) + 1e-12);
          expect(most(outer, towards)).toBeGreaterThanOrEqual(most(corners, towards) - 1e-9 * size);
          expect(Math.abs(most(outer, towards) - most(corners, towards))).toBeLessThanOrEqual(3e-4 * size);
        }
      }),
    );
  });

  it('holds an ellipse between its two polygons, which are nearly one', () => {
    fc.assert(
      fc.property(part, part, part, part, part, part, (a, b, c, d, x, y) => {
        const reach = ([u, v]: PlanePoint): PlanePoint => {
          const [p, q] = [a * u + c * v, b * u + d * v];
          const size = Math.hypot(p, q) || 1;
          return [x + (a * p + b * q) / size, y + (c * p + d * q) / size];
        };
        const { inner, outer } = planarReach(reach);
        const size = Math.max(...directions.map((towards) => Math.hypot(...reach(towards))));
        expect(outer.length).toBeLessThan(400);
        for (const towards of directions) {
          const own = along(reach(towards), towards);
          expect(most(outer, towards)).toBeGreaterThanOrEqual(own - 1e-9 * size);
          expect(most(inner, towards)).toBeLessThanOrEqual(own + 1e-9 * size);
          expect(most(outer, towards) - most(inner, towards)).toBeLessThanOrEqual(2e-3 * size);
        }
      }),
      { numRuns: 30 },
    );
  });
});
