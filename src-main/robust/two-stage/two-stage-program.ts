/**
 * A program of two stages under deviations of a day:
 *
 *   min_x  cᵀx + max_{ξ ∈ U} min_y { qᵀy : A (x, y) within its rows, row t shifted by ξ_t }
 *   U = { ξ_t = β_t u_t,  0 ≤ u_t ≤ 1,  Σ u_t ≤ Γ }        or the hull of stated days
 *
 * x is decided before, y after the whole day is known: fully adaptive, so a bound on what any rule of recourse can cost. Rows that deviate get
 * a slack that meets demand at a high price and one that lets a surplus go for nothing: every ξ has an answer, prices of these rows lie in
 * [0, shortagePrice], and larger demand never costs less, which is why only ξ ≥ 0 can be worst in a budget.
 * Source: Zeng and Zhao 2013. Symbol → identifier: β → `largest`, Γ → `atOnce`.
 */
import type { LinearProgram } from '../../program/program.ts';

export type Deviations =
  /** β_t ≥ 0 [row], in the unit of the rows. */
  | { kind: 'budget'; largest: readonly number[]; atOnce: number }
  /** Vertices of a hull [day][row]: the cost is convex in ξ, so the worst is one of them. */
  | { kind: 'days'; days: readonly (readonly number[])[] };

export interface TwoStageProgram {
  /** The day as expected (ξ = 0), both stages together. */
  program: LinearProgram;
  /** 1 for columns of the first stage. */
  firstStage: Uint8Array;
  /** Row of each slot that deviates: demand on its right-hand side. */
  rows: readonly number[];
  deviations: Deviations;
  /**
   * Columns of the second stage that can answer a deviation in a slot by themselves [slot]: what they cost sharpens the search for the worst day
   * (worst-scenario.ts). Any choice is right; a good one is fast.
   */
  answering: readonly (readonly number[])[];
  /** Cost of one unit short in a deviating row; above every price the second stage can have, or the shortage is cheaper than the remedy. */
  shortagePrice: number;
}

/** Whole slots that move fully, and the part of one more. */
export function movesOf({ largest, atOnce }: Extract<Deviations, { kind: 'budget' }>): { whole: number; part: number } {
  const budget = Math.min(atOnce, largest.length);
  const whole = Math.floor(budget + 1e-9);
  return { whole, part: budget - whole > 1e-9 ? budget - whole : 0 };
}

/** The day of the set that is dearest at these prices of the rows, none negative. */
export function dearestDay(deviations: Deviations, prices: readonly number[]): number[] {
  const worth = (day: readonly number[]): number => day.reduce((sum, kw, slot) => sum + kw * prices[slot]!, 0);
  if (deviations.kind === 'days')
    return [...deviations.days.reduce((best, day) => (worth(day) > worth(best) ? day : best))];
  const { largest } = deviations;
  const { whole, part } = movesOf(deviations);
  const order = largest.map((_, slot) => slot).sort((a, b) => largest[b]! * prices[b]! - largest[a]! * prices[a]!);
  const day = new Array<number>(largest.length).fill(0);
  order.forEach((slot, rank) => (day[slot] = largest[slot]! * (rank < whole ? 1 : rank === whole ? part : 0)));
  return day;
}

/** A column-wise program row by row: [column, value] of each row. */
export function rowsOf({ rowCount, columnCount, starts, indices, values }: LinearProgram): [number, number][][] {
  const rows = Array.from({ length: rowCount }, (): [number, number][] => []);
  for (let column = 0; column < columnCount; column++)
    for (let at = starts[column]!; at < starts[column + 1]!; at++) rows[indices[at]!]!.push([column, values[at]!]);
  return rows;
}
