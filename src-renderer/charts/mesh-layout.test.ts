import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layMesh } from './mesh-layout.ts';

const line = (from: number, to: number) => ({ id: `${from}–${to}`, from, to });
const nowhere = (count: number): Float64Array => new Float64Array(count).fill(NaN);

describe('layMesh', () => {
  it('draws buses where they stand, north up', () => {
    const { across, down } = layMesh({
      buses: ['a', 'b', 'c'],
      x: Float64Array.of(10, 20, 30),
      y: Float64Array.of(5, 5, 9),
      lines: [line(0, 1), line(1, 2)],
    });
    expect(across).toEqual([0, 0.5, 1]);
    expect(down).toEqual([1, 1, 0]);
  });

  it('draws a ring as a ring where nothing is said of places', () => {
    const ring = [0, 1, 2, 3, 4, 5].map((bus) => line(bus, (bus + 1) % 6));
    const { across, down } = layMesh({ buses: [...'abcdef'], x: nowhere(6), y: nowhere(6), lines: ring });
    expect([across[0], down[0]]).toEqual([expect.closeTo(0, 9), expect.closeTo(0.5, 9)]);
    // Every line joins neighbours on the circle.
    for (const { from, to } of ring)
      expect(Math.hypot(across[from]! - across[to]!, down[from]! - down[to]!)).toBeCloseTo(0.5, 9);
  });

  it('keeps buses apart and in the drawing, places or none', () => {
    const meshes = fc.integer({ min: 2, max: 12 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        lines: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 20 }),
      }),
    );
    fc.assert(
      fc.property(meshes, ({ count, lines }) => {
        const { across, down } = layMesh({
          buses: Array.from({ length: count }, (_, bus) => String(bus)),
          x: nowhere(count),
          y: nowhere(count),
          lines: lines.map(([from, to]) => line(from, to)),
        });
        const places = new Set(across.map((x, bus) => `${x.toFixed(6)} ${down[bus]!.toFixed(6)}`));
        expect(places.size).toBe(count);
        for (const part of [...across, ...down]) expect(part >= -1e-9 && part <= 1 + 1e-9).toBe(true);
      }),
    );
  });
});
