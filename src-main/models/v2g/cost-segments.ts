/**
 * Convex piecewise-linear cost of a gas unit: c₁ g + c₂ g² per hour on [0, maxKw] in equal segments, each priced at its chord.
 *
 * Segment k of width w runs from k·w to (k+1)·w; its chord slope is c₁ + c₂ w (2k + 1). Slopes rise with k, so a minimiser fills them
 * in order without binaries. Exact at the breakpoints, above the parabola by at most c₂ w²/4 between them.
 */
import type { GasUnit } from './problem.ts';

export interface CostSegment {
  widthKw: number;
  slopePerKwh: number;
}

export function costSegments(unit: GasUnit): CostSegment[] {
  const count = unit.costQuadraticPerKwh2 === 0 ? 1 : unit.costSegments;
  const widthKw = unit.maxKw / count;
  return Array.from({ length: count }, (_, k) => ({
    widthKw,
    slopePerKwh: unit.costLinearPerKwh + unit.costQuadraticPerKwh2 * widthKw * (2 * k + 1),
  }));
}
