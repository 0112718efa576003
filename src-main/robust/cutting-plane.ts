/**
 * The same uncertain rows as in the counterparts, solved from the other side: by cuts of the adversary.
 *
 *   repeat: solve with the realisations found so far; for each row find the worst ξ ∈ U at that solution; where
 *           Σ a x + Σ_j f_j(x) ξ_j > upper + tolerance, add the row of that ξ; until no row is cut
 *
 * A polytope has finitely many vertices and the adversary answers with vertices, so it ends. It needs nothing of the set but its
 * adversary, which makes it the independent proof of a counterpart. Source: Mutapcic and Boyd (2009), section 3.
 */
import type { LinearProgram, ProgramBuilder } from '../program/program.ts';
import { evaluate } from '../program/affine.ts';
import { rowAt, type UncertainRow } from './uncertain-row.ts';

/** Solves a program to optimality; throws when it cannot. */
export type SolveToOptimum = (program: LinearProgram) => Promise<{ objective: number; columns: Float64Array }>;

export interface GuardedRow {
  row: UncertainRow;
  /** The realisation of the row's set that maximises Σ_j coefficients_j ξ_j. */
  adversary: (coefficients: readonly number[]) => number[];
}

export interface CuttingPlaneResult {
  objective: number;
  columns: Float64Array;
  rounds: number;
  cuts: number;
}

/**
 * @param program the certain part; each guarded row is first added for ξ = 0, then once per cut.
 * @throws Error when it has not ended after `maximumRounds`.
 */
export async function solveByCuts(
  program: ProgramBuilder,
  guarded: readonly GuardedRow[],
  solve: SolveToOptimum,
  { tolerance = 1e-8, maximumRounds = 200 } = {},
): Promise<CuttingPlaneResult> {
  const addRealisation = (row: UncertainRow, realisation: readonly number[], name: string): void => {
    program.addRow({ name, lower: -Infinity, ...rowAt(row, realisation) });
  };
  for (const { row } of guarded) addRealisation(row, new Array<number>(row.uncertain.length).fill(0), row.name);
  let cuts = 0;
  for (let round = 1; round <= maximumRounds; round++) {
    const { objective, columns } = await solve(program.compile());
    const before = cuts;
    for (const { row, adversary } of guarded) {
      const realisation = adversary(row.uncertain.map((expression) => evaluate(expression, columns)));
      const worst = rowAt(row, realisation);
      const activity = evaluate({ terms: worst.terms, constant: 0 }, columns);
      if (activity > worst.upper + tolerance * (1 + Math.abs(worst.upper)))
        addRealisation(row, realisation, `${row.name}: cut ${++cuts}`);
    }
    if (cuts === before) return { objective, columns, rounds: round, cuts };
  }
  throw new Error(`cutting planes have not ended after ${maximumRounds} rounds`);
}
