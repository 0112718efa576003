import type { GasUnit } from '../models/v2g/problem.ts';

/**
 * c₁ g + c₂ g² interpolated between the ends of equal segments of [0, maxKw]: the chord of the segment that holds g. A linear cost
 * needs one segment only, with the same value.
 */
export function chordCostPerHour(unit: GasUnit, outputKw: number): number {
  const curve = (kw: number): number => unit.costLinearPerKwh * kw + unit.costQuadraticPerKwh2 * kw * kw;
  const widthKw = unit.maxKw / unit.costSegments;
  if (!(widthKw > 0)) return curve(outputKw);
  const segment = Math.min(unit.costSegments - 1, Math.max(0, Math.floor(outputKw / widthKw)));
  const left = segment * widthKw;
  const rise = curve(left + widthKw) - curve(left);
  return curve(left) + (rise * (outputKw - left)) / widthKw;
}
