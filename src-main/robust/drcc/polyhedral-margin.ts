/**
 * The margin of norm-margin.ts as rows alone, for shares a ≥ 0 in a program with integers, where every round of tangents would be a search:
 *
 *   base(x) + μᵀ a(x) + k s ≤ upper,   s ≥ ‖Lᵀ a(x)‖₂,   Σ = L Lᵀ
 *
 * The norm is a tower of planes, s_2 ≥ ‖(x_1, x_2)‖, s_3 ≥ ‖(s_2, x_3)‖ …, and each circle an inscribed polygon: its gauge is the norm at the
 * corners and a little more between, never less, so the margin is safe. Corners are the directions of every single component, and of all
 * of them in full, where the margin so is exact, and others not more than `step` apart: between two of them the gauge exceeds the norm by 1/cos(step/2) − 1.
 *
 * Source of towers: Ben-Tal and Nemirovski 2001, "On polyhedral approximations of the second-order cone".
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { covarianceRoot } from './covariance-root.ts';
import type { NormMarginSpec } from './norm-margin.ts';

/** Radians; 1/cos(step/2) − 1 is 0.05 %. */
const step = Math.PI / 50;

/** @param spec its shares must not be negative in any solution. @throws Refusal `out-of-range` when Σ is no covariance. */
export function addPolyhedralMargin(program: ProgramBuilder, spec: NormMarginSpec): void {
  const { name, shares, covariance, mean, factor, base, upper } = spec;
  const axes = covarianceRoot(covariance).filter((axis) => axis.some((value) => value !== 0));
  const along = (axis: readonly number[]): AffineExpression => ({
    terms: shares.flatMap((share, g) => scaled(share.terms, axis[g]!)),
    constant: shares.reduce((sum, share, g) => sum + axis[g]! * share.constant, 0),
  });
  const full = (axis: readonly number[]): number => axis.reduce((sum, value) => sum + value, 0);
  /** Norm so far of each single component, and of all of them. */
  let lengths = axes[0] ? [...axes[0], full(axes[0])] : [];
  let norm: AffineExpression = axes[0] ? along(axes[0]) : { terms: [], constant: 0 };
  axes.slice(1).forEach((axis, level) => {
    const wider = program.addColumn({ name: `${name}: deviation ${level + 2}`, lower: 0, upper: Infinity });
    const heights = [...axis, full(axis)];
    const corners = heights.map((value, i) => Math.atan2(value, lengths[i]!));
    // Of two components the first two axes hold nothing but what lies between them; beyond, sums may point anywhere to the right.
    const isPlain = level === 0;
    const facets = facetsOf(isPlain ? corners : [...corners, -Math.PI / 2, Math.PI / 2]);
    const height = along(axis);
    facets.forEach(([x, y], i) => {
      program.addRow({
        name: `${name}: deviation ${level + 2}, side ${i}`,
        lower: x * norm.constant + y * height.constant,
        upper: Infinity,
        terms: [[wider, 1], ...scaled(norm.terms, -x), ...scaled(height.terms, -y)],
      });
    });
    norm = { terms: [[wider, 1]], constant: 0 };
    lengths = lengths.map((length, i) => Math.hypot(length, heights[i]!));
  });
  program.addRow({
    name,
    lower: -Infinity,
    upper:
      upper -
      base.constant -
      shares.reduce((sum, share, g) => sum + mean[g]! * share.constant, 0) -
      factor * norm.constant,
    terms: [
      ...base.terms,
      ...shares.flatMap((share, g) => scaled(share.terms, mean[g]!)),
      ...scaled(norm.terms, factor),
    ],
  });
}

/**
 * Sides of the polygon with corners on the unit circle at these angles and between: n with n·u = 1 at both its corners, so that the gauge is
 * the greatest n·x. One angle alone has its tangent.
 */
function facetsOf(angles: readonly number[]): [x: number, y: number][] {
  const sorted = [...new Set(angles)].sort((a, b) => a - b);
  const corners = sorted.flatMap((from, i) => {
    const to = sorted[i + 1];
    if (to === undefined) return [from];
    const parts = Math.max(1, Math.ceil((to - from) / step));
    return Array.from({ length: parts }, (_, part) => from + ((to - from) * part) / parts);
  });
  const [only] = corners;
  if (corners.length === 1) return [[Math.cos(only!), Math.sin(only!)]];
  return corners.slice(1).map((to, i) => {
    const middle = (corners[i]! + to) / 2;
    const stretch = 1 / Math.cos((to - corners[i]!) / 2);
    return [stretch * Math.cos(middle), stretch * Math.sin(middle)];
  });
}

const scaled = (terms: readonly Term[], factor: number): [Column, number][] =>
  terms.map(([column, coefficient]) => [column, factor * coefficient]);
