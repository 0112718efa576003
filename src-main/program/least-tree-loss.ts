/**
 * min_z  price · L(z) − Σ slope_c z_c  over all column values, bounds and rows left aside: what a Lagrangian bound needs of a loss (near-trees.ts). L is convex and
 * nearly a sum of squares, so Newton's method with those squares for its second derivatives takes a handful of steps.
 */
import type { Column } from './program.ts';
import { solveSymmetric } from './solve-symmetric.ts';
import { treeLoss, type TreeSquare } from './tree-loss.ts';
import type { TreeCones } from './tree-cones.ts';

const mostSteps = 60;
const mostHalvings = 30;
/** A step that promises less than this share of the value is rounding. */
const rounding = 1e-12;

export interface TreePrice {
  price: number;
  /** Per column of `lossColumns`. */
  slopes: readonly number[];
}

/** @param from column values to begin at. −∞ where no minimum was found. */
export function leastTreeLoss(
  part: TreeCones,
  { columns, squares }: { columns: readonly Column[]; squares: readonly TreeSquare[] },
  { price, slopes }: TreePrice,
  from: (column: Column) => number,
): number {
  const place = new Map(columns.map((column, at) => [column, at]));
  const second = curvaturesOf(columns, squares);
  const at = (point: readonly number[]) => {
    const found = treeLoss(part, columns, (column) => point[place.get(column)!]!);
    if (found === null) return null;
    return {
      value: point.reduce((sum, z, k) => sum - slopes[k]! * z, price * found.value),
      slopes: found.slopes.map((slope, k) => price * slope - slopes[k]!),
    };
  };
  let point = columns.map(from);
  let here = at(point);
  if (here === null || second === null) return -Infinity;
  for (let step = 0; step < mostSteps; step++) {
    const way = solveSymmetric(second, here.slopes).map((value) => -value / price);
    const promised = -way.reduce((sum, value, k) => sum + value * here!.slopes[k]!, 0);
    if (!Number.isFinite(promised)) return -Infinity;
    // What is left is a fraction of what this step would gain.
    if (promised <= rounding * (1 + Math.abs(here.value))) return here.value - Math.max(0, promised);
    let length = 1;
    let next = null;
    let there: readonly number[] = point;
    for (let halving = 0; halving < mostHalvings; halving++, length /= 2) {
      there = point.map((value, k) => value + length * way[k]!);
      next = at(there);
      if (next !== null && next.value < here.value) break;
      next = null;
    }
    if (next === null) return promised <= 1e-6 * (1 + Math.abs(here.value)) ? here.value - promised : -Infinity;
    [point, here] = [[...there], next];
  }
  return -Infinity;
}

/** Σ h_f F_f F_fᵀ; null where there is nothing. */
function curvaturesOf(columns: readonly Column[], squares: readonly TreeSquare[]): number[][] | null {
  if (columns.length === 0 || squares.length === 0) return null;
  const place = new Map(columns.map((column, at) => [column, at]));
  const second = columns.map(() => columns.map(() => 0));
  for (const { terms, curvature } of squares)
    for (const [one, a] of terms)
      for (const [other, b] of terms) second[place.get(one)!]![place.get(other)!]! += curvature * a * b;
  // A column beyond no resistance loses nothing: any small number keeps the matrix regular.
  const largest = Math.max(...second.map((row, k) => row[k]!));
  second.forEach((row, k) => (row[k] = Math.max(row[k]! * (1 + 1e-9), 1e-9 * largest)));
  return second;
}
