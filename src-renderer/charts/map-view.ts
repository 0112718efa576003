/**
 * The part of a drawing that is looked at. A place of the whole drawing, in pixels, is seen at (place − centre · size) · scale + size / 2,
 * for each axis; the view never leaves the drawing.
 */
import type { RoadProjection } from './road-projection.ts';

export interface MapView {
  /** 1 shows all. */
  scale: number;
  /** What is in the middle, as shares of the drawing's width and height. */
  centreX: number;
  centreY: number;
}

export interface MapSize {
  width: number;
  height: number;
}

interface Pixels {
  x: number;
  y: number;
}

export const wholeMap: MapView = { scale: 1, centreX: 0.5, centreY: 0.5 };
/** A city block fills the view of a region of a hundred kilometres. */
const closest = 40;
/** Of the view on every side that is left between its edge and what is brought into it. */
const spare = 0.12;

function within({ scale, centreX, centreY }: MapView): MapView {
  const kept = Math.min(closest, Math.max(1, scale));
  const half = 0.5 / kept;
  const inside = (centre: number): number => Math.min(1 - half, Math.max(half, centre));
  return { scale: kept, centreX: inside(centreX), centreY: inside(centreY) };
}

/** Looks closer (factor above 1) or wider; what is seen at `at` stays there where the drawing allows it. */
export function zoomMap(view: MapView, at: Pixels, factor: number, { width, height }: MapSize): MapView {
  const scale = Math.min(closest, Math.max(1, view.scale * factor));
  const hold = (centre: number, share: number): number => centre + (share - 0.5) * (1 / view.scale - 1 / scale);
  return within({
    scale,
    centreX: hold(view.centreX, at.x / width),
    centreY: hold(view.centreY, at.y / height),
  });
}

/** Moves what is seen by so many pixels, to the right and down. */
export function panMap(view: MapView, dx: number, dy: number, { width, height }: MapSize): MapView {
  return within({
    ...view,
    centreX: view.centreX - dx / (width * view.scale),
    centreY: view.centreY - dy / (height * view.scale),
  });
}

/** The view moved just far enough that a place, in pixels as seen, lies well within it. */
export function revealOnMap(view: MapView, { x, y }: Pixels, size: MapSize): MapView {
  const shift = (at: number, length: number): number =>
    Math.max(0, spare * length - at) + Math.min(0, (1 - spare) * length - at);
  return panMap(view, shift(x, size.width), shift(y, size.height), size);
}

/** Shift and scale that take the whole drawing to what is seen. */
export function mapShift({ scale, centreX, centreY }: MapView, { width, height }: MapSize): Pixels {
  return { x: width / 2 - centreX * width * scale, y: height / 2 - centreY * height * scale };
}

/** Where the nodes of the whole drawing are seen. */
export function seenProjection(whole: RoadProjection, view: MapView, size: MapSize): RoadProjection {
  if (view.scale === 1) return whole;
  const { scale } = view;
  const shift = mapShift(view, size);
  return {
    x: whole.x.map((x) => x * scale + shift.x),
    y: whole.y.map((y) => y * scale + shift.y),
    kmPerPixel: whole.kmPerPixel === null ? null : whole.kmPerPixel / scale,
  };
}
