/** Solves a program with margins that grow with decisions, adding tangents until every norm is met. */
import type { ProgramBuilder } from '../../program/program.ts';
import type { SolveToOptimum } from '../cutting-plane.ts';
import type { NormMargin } from './norm-margin.ts';

export interface NormSolution {
  /** Lower bound of the true optimum; the rows are kept to within factor · `largestShortfall`. */
  objective: number;
  columns: Float64Array;
  rounds: number;
  tangents: number;
  largestShortfall: number;
}

/**
 * @param tolerance how far a norm may be underrated, relative to one plus its size.
 * @throws Error when it has not ended after `maximumRounds`.
 */
export async function solveWithNorms(
  program: ProgramBuilder,
  margins: readonly NormMargin[],
  solve: SolveToOptimum,
  { tolerance = 1e-7, maximumRounds = 200 } = {},
): Promise<NormSolution> {
  let tangents = 0;
  for (let round = 1; round <= maximumRounds; round++) {
    const { objective, columns } = await solve(program.compile());
    let largestShortfall = 0;
    const before = tangents;
    for (const margin of margins) {
      const shortfall = margin.shortfall(columns);
      largestShortfall = Math.max(largestShortfall, shortfall);
      if (shortfall <= tolerance * (1 + columns[margin.norm]!)) continue;
      margin.cut(columns);
      tangents++;
    }
    if (tangents === before) return { objective, columns, rounds: round, tangents, largestShortfall };
  }
  throw new Error(`tangents have not ended after ${maximumRounds} rounds`);
}
