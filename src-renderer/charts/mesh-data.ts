/** What the charts of a meshed network draw: buses and lines, and flows as flat arrays, slot · lines + line. */
export interface MeshShape {
  buses: readonly string[];
  /** Places of buses in a drawing; NaN where none is given. */
  x: Float64Array;
  y: Float64Array;
  lines: readonly { id: string; from: number; to: number }[];
  /** MW; NaN where no limit is stated. */
  limitMw: Float64Array;
}

export interface MeshFlows {
  flowMw: Float64Array;
  mostMw: Float64Array;
  leastMw: Float64Array;
}

/** Rounding of the solver: what lies above a limit by a smaller part of it is at it. */
const tolerance = 1e-5;

/** The larger of both directions at the worst deviations, in its direction, MW. */
export const worstMw = ({ mostMw, leastMw }: MeshFlows, at: number): number =>
  mostMw[at]! >= -leastMw[at]! ? mostMw[at]! : leastMw[at]!;

/** Part of the limit that is used at the worst deviations; NaN where none is stated. */
export const loadingOf = (shape: MeshShape, flows: MeshFlows, at: number): number =>
  Math.abs(worstMw(flows, at)) / shape.limitMw[at % shape.lines.length]!;

export const isOver = (shape: MeshShape, flows: MeshFlows, at: number): boolean =>
  loadingOf(shape, flows, at) > 1 + tolerance;

/** Shade 0 … 4 by a part from 0 to 1. */
export const shadeOfPart = (part: number): number =>
  Number.isNaN(part) ? 0 : Math.max(0, Math.min(4, Math.floor(part * 5)));
