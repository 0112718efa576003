/**
 * Counterpart of a row under the hull of N days: the row itself once per vertex,   Σ a x + (μ + s (p_i − μ))ᵀ f(x) ≤ upper.
 *
 * Exact, N rows and no column: a linear function on a polytope is largest at a vertex.
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { HullSet } from '../../uncertainty/day-set.ts';
import { rowAt, type UncertainRow } from '../uncertain-row.ts';

export function addHullCounterpart(program: ProgramBuilder, row: UncertainRow, set: HullSet): void {
  const { centre, points, scale } = set;
  points.forEach((point, index) => {
    const vertex = centre.map((value, j) => value + scale * (point[j]! - value));
    program.addRow({ name: `${row.name}: day ${index + 1}`, lower: -Infinity, ...rowAt(row, vertex) });
  });
}
