/**
 * Power transfer distribution factors: what of one MW given at a bus, and taken at the slack bus, flows over each line.
 *
 *   f_l = (θ_from − θ_to) / x_l,   B θ = injections,   θ_slack = 0        ⇒        f_l = Σ_b H_lb injection_b
 *   H_l = B⁻¹ (e_from − e_to) / x_l
 *
 * B is symmetric and positive definite for a connected mesh with x > 0: Cholesky's factorisation. With factors the schedule needs a row for each
 * line with a limit and no column at all, where angles would ask for a column and a row per bus and slot. Source: Wood, Wollenberg and
 * Sheblé 2014, ch. 7. Symbol: H → `factors`.
 */
import type { Mesh } from './mesh.ts';
import { meshBuses } from './mesh-buses.ts';

export interface TransferFactors {
  /** The slack bus first. */
  buses: string[];
  /** [line][bus] */
  factors: Float64Array[];
}

/** @throws Refusal `bad-feeder` as `meshBuses`. */
export function transferFactors(mesh: Mesh): TransferFactors {
  const buses = meshBuses(mesh);
  const place = new Map(buses.map((bus, index) => [bus, index]));
  const size = buses.length - 1;
  const lower = Array.from({ length: size }, () => new Float64Array(size));
  const ends = mesh.lines.map(({ from, to }) => [place.get(from)! - 1, place.get(to)! - 1] as const);
  mesh.lines.forEach(({ xPu }, l) => {
    const [i, k] = ends[l]!;
    if (i >= 0) lower[i]![i]! += 1 / xPu;
    if (k >= 0) lower[k]![k]! += 1 / xPu;
    if (i >= 0 && k >= 0) lower[Math.max(i, k)]![Math.min(i, k)]! -= 1 / xPu;
  });
  factorise(lower);
  return {
    buses,
    factors: mesh.lines.map(({ xPu }, l) => {
      const [i, k] = ends[l]!;
      const own = new Float64Array(buses.length);
      const right = own.subarray(1);
      if (i >= 0) right[i] = 1 / xPu;
      if (k >= 0) right[k] = -1 / xPu;
      solve(lower, right);
      return own;
    }),
  };
}

/** In place: the lower triangle of a matrix becomes its Cholesky factor. */
function factorise(lower: readonly Float64Array[]): void {
  lower.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let sum = row[j]!;
      for (let k = 0; k < j; k++) sum -= row[k]! * lower[j]![k]!;
      row[j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  });
}

/** In place: the right-hand side becomes the solution. */
function solve(lower: readonly Float64Array[], right: Float64Array): void {
  for (let i = 0; i < lower.length; i++) {
    for (let k = 0; k < i; k++) right[i]! -= lower[i]![k]! * right[k]!;
    right[i]! /= lower[i]![i]!;
  }
  for (let i = lower.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < lower.length; k++) right[i]! -= lower[k]![i]! * right[k]!;
    right[i]! /= lower[i]![i]!;
  }
}
