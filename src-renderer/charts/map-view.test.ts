import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapShift, panMap, revealOnMap, seenProjection, wholeMap, zoomMap, type MapView } from './map-view.ts';

const size = { width: 600, height: 400 };
const share = fc.double({ min: 0, max: 1, noNaN: true });
const at = fc.record({
  x: fc.double({ min: 0, max: 600, noNaN: true }),
  y: fc.double({ min: 0, max: 400, noNaN: true }),
});
/** Reached as an operator reaches it. */
const views = fc
  .record({ first: at, factor: fc.double({ min: 1, max: 60, noNaN: true }), dx: share, dy: share })
  .map(({ first, factor, dx, dy }) =>
    panMap(zoomMap(wholeMap, first, factor, size), 9000 * dx - 4500, 6000 * dy - 3000, size),
  );
const drawnAt = (view: MapView, seen: { x: number; y: number }) => {
  const shift = mapShift(view, size);
  return { x: (seen.x - shift.x) / view.scale, y: (seen.y - shift.y) / view.scale };
};

describe('a view of a map', () => {
  it('never leaves the drawing', () => {
    fc.assert(
      fc.property(views, at, fc.double({ min: 0.01, max: 100, noNaN: true }), (view, pointer, factor) => {
        for (const each of [view, zoomMap(view, pointer, factor, size)]) {
          const [topLeft, bottomRight] = [drawnAt(each, { x: 0, y: 0 }), drawnAt(each, { x: 600, y: 400 })];
          expect(topLeft.x).toBeGreaterThan(-1e-6);
          expect(topLeft.y).toBeGreaterThan(-1e-6);
          expect(bottomRight.x).toBeLessThan(600 + 1e-6);
          expect(bottomRight.y).toBeLessThan(400 + 1e-6);
        }
      }),
    );
  });

  it('looks closer at what is under the pointer, which stays there', () => {
    fc.assert(
      fc.property(views, at, fc.double({ min: 1, max: 3, noNaN: true }), (view, pointer, factor) => {
        const [before, after] = [drawnAt(view, pointer), drawnAt(zoomMap(view, pointer, factor, size), pointer)];
        expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1e-6);
      }),
    );
  });

  it('is the whole again when looked at wider and wider', () => {
    fc.assert(
      fc.property(views, at, (view, pointer) => {
        expect(zoomMap(view, pointer, 1e-6, size)).toEqual(wholeMap);
      }),
    );
  });

  it('moves with the pointer, and brings into view what lies outside', () => {
    const view = zoomMap(wholeMap, { x: 300, y: 200 }, 4, size);
    const projection = { x: Float64Array.of(120, 300), y: Float64Array.of(80, 200), kmPerPixel: 0.08 };
    const seen = seenProjection(projection, view, size);
    expect([seen.x[1], seen.y[1], seen.kmPerPixel]).toEqual([300, 200, 0.02]);
    expect(seen.x[0]).toBeLessThan(0);
    const moved = seenProjection(projection, panMap(view, 50, -20, size), size);
    expect(moved.x[1]).toBeCloseTo(350, 6);
    expect(moved.y[1]).toBeCloseTo(180, 6);
    const revealed = seenProjection(projection, revealOnMap(view, { x: seen.x[0]!, y: seen.y[0]! }, size), size);
    expect(revealed.x[0]).toBeCloseTo(72, 6);
    expect(revealed.y[0]).toBeCloseTo(48, 6);
    expect(revealOnMap(view, { x: 300, y: 200 }, size)).toEqual(view);
  });
});
