/**
 * Second-order cones ‖e(x)‖₂ ≤ b(x) with e and b affine, and the tangents that hold them up in a linear program:
 *
 *   (ê / ‖ê‖)ᵀ e(x) ≤ b(x)
 *
 * is valid everywhere (Cauchy–Schwarz) and tight where e(x) is parallel to ê. Source: Kelley 1960; for feeders Farivar and Low 2013.
 */
import { evaluate, type AffineExpression } from './affine.ts';
import type { Column, Term } from './program.ts';

export interface SecondOrderCone {
  name: string;
  norm: readonly AffineExpression[];
  bound: AffineExpression;
  /** The cone holds for e(x) + s with each of these s; absent: for e(x) alone. */
  shifts?: readonly (readonly number[])[];
  /** By how much the norm may exceed the bound in a solution, in the unit of both. */
  tolerance: number;
}

/** The row Σ terms ≤ upper. */
export interface Tangent {
  terms: Term[];
  upper: number;
}

/** ‖e(x)‖ − b(x) at the column values of a solution; positive where the cone is broken. */
export function coneViolation(cone: SecondOrderCone, columns: ArrayLike<number>): number {
  return Math.hypot(...furthest(cone, columns).point) - evaluate(cone.bound, columns);
}

/** e(x) with the shift that makes it longest. */
function furthest(
  { norm, shifts }: SecondOrderCone,
  columns: ArrayLike<number>,
): { point: number[]; shift: readonly number[] | null } {
  const point = norm.map((part) => evaluate(part, columns));
  if (!shifts) return { point, shift: null };
  let longest = { size: -1, point, shift: null as readonly number[] | null };
  for (const shift of shifts) {
    const moved = point.map((value, axis) => value + shift[axis]!);
    const size = Math.hypot(...moved);
    if (size > longest.size) longest = { size, point: moved, shift };
  }
  return longest;
}

/** The tangent at the column values of a solution; null where the norm vanishes. */
export function tangentAt(cone: SecondOrderCone, columns: ArrayLike<number>): Tangent | null {
  const { point, shift } = furthest(cone, columns);
  const size = Math.hypot(...point);
  return size === 0
    ? null
    : tangentAlong(
        cone,
        point.map((value) => value / size),
        shift,
      );
}

/** Tangents along every axis, both ways: |e_i(x)| ≤ b(x). Enough to bound a program that its cones alone bound. */
export function axisTangents(cone: SecondOrderCone): Tangent[] {
  return cone.norm.flatMap((_, axis) =>
    [1, -1].map((sign) =>
      tangentAlong(
        cone,
        cone.norm.map((__, part) => (part === axis ? sign : 0)),
      ),
    ),
  );
}

function tangentAlong(
  { norm, bound }: SecondOrderCone,
  direction: readonly number[],
  shift: readonly number[] | null = null,
): Tangent {
  const coefficients = new Map<Column, number>();
  const add = ({ terms }: AffineExpression, factor: number): void => {
    if (factor === 0) return;
    for (const [column, coefficient] of terms)
      coefficients.set(column, (coefficients.get(column) ?? 0) + factor * coefficient);
  };
  let upper = bound.constant;
  add(bound, -1);
  norm.forEach((part, i) => {
    add(part, direction[i]!);
    upper -= direction[i]! * (part.constant + (shift?.[i] ?? 0));
  });
  return { terms: [...coefficients].filter(([, coefficient]) => coefficient !== 0), upper };
}
