/**
 * A program of two stages under a budget of deviations:
 *
 *   min_x  cᵀx + max_{ξ ∈ U} min_y { qᵀy : A (x, y) within its rows, row t shifted by ξ_t }
 *   U = { ξ_t = β_t u_t,  0 ≤ u_t ≤ 1,  Σ u_t ≤ Γ }
 *
 * x is decided before, y after the whole day is known: fully adaptive, so a bound on what any rule of recourse can cost. Rows that deviate get
 * a slack that meets demand at a high price and one that lets a surplus go for nothing: every ξ has an answer, prices of these rows lie in
 * [0, shortagePrice], and larger demand never costs less, which is why only ξ ≥ 0 can be worst.
 * Source: Zeng and Zhao 2013. Symbol → identifier: β → `largest`, Γ → `slotProtection`.
 */
import type { LinearProgram } from '../../program/program.ts';

export interface TwoStageProgram {
  /** The day as expected (ξ = 0), both stages together. */
  program: LinearProgram;
  /** 1 for columns of the first stage. */
  firstStage: Uint8Array;
  /** Row of each slot that deviates: demand on its right-hand side. */
  rows: readonly number[];
  /** β_t ≥ 0, in the unit of the rows. */
  largest: readonly number[];
  slotProtection: number;
  /** Cost of one unit short in a deviating row; above every price the second stage can have, or the shortage is cheaper than the remedy. */
  shortagePrice: number;
}

/** A column-wise program row by row: [column, value] of each row. */
export function rowsOf({ rowCount, columnCount, starts, indices, values }: LinearProgram): [number, number][][] {
  const rows = Array.from({ length: rowCount }, (): [number, number][] => []);
  for (let column = 0; column < columnCount; column++)
    for (let at = starts[column]!; at < starts[column + 1]!; at++) rows[indices[at]!]!.push([column, values[at]!]);
  return rows;
}
