/**
 * Where nodes fall on a drawing. Degrees are projected about the middle of the network: x = R cos φ₀ λ, y = R φ; over a region of
 * a hundred kilometres that is true to shape within a few parts in a thousand.
 */
import { extent } from './extent.ts';
import type { RoadShape } from './road-shape.ts';

const kmPerDegree = (Math.PI / 180) * 6371;
/** Nodes nearer each other than this, in degrees or in units of the drawing, are one place: no scale could part them. */
const leastSpan = 1e-9;

export interface RoadProjection {
  /** [node], pixels. */
  x: Float64Array;
  y: Float64Array;
  /** Null where the drawing has no scale on the ground. */
  kmPerPixel: number | null;
}

/** The whole network as large as it fits, in the middle, with `margin` pixels free on every side; one scale for both axes. */
export function projectRoads(roads: RoadShape, width: number, height: number, margin: number): RoadProjection {
  const [west, east] = extent([roads.x]);
  const [south, north] = extent([roads.y]);
  const onGround = roads.coordinates === 'degrees';
  const perX = onGround ? kmPerDegree * Math.cos((Math.PI / 360) * (south + north)) : 1;
  const perY = onGround ? kmPerDegree : 1;
  const pixels = Math.min(
    Math.max(1, width - 2 * margin) / (Math.max(leastSpan, east - west) * perX),
    Math.max(1, height - 2 * margin) / (Math.max(leastSpan, north - south) * perY),
  );
  const left = (width - (east - west) * perX * pixels) / 2;
  const top = (height - (north - south) * perY * pixels) / 2;
  return {
    x: Float64Array.from(roads.x, (x) => left + (x - west) * perX * pixels),
    y: Float64Array.from(roads.y, (y) => top + (north - y) * perY * pixels),
    kmPerPixel: onGround ? 1 / pixels : null,
  };
}

/** A round length for the scale bar, at most `mostPixels` long: 1, 2 or 5 times a power of ten. */
export function scaleBar(kmPerPixel: number, mostPixels: number): { km: number; pixels: number } {
  const most = kmPerPixel * mostPixels;
  const decade = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((step) => step * decade).find((length) => length <= most) ?? decade;
  return { km, pixels: km / kmPerPixel };
}
