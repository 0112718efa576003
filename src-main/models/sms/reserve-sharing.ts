/**
 * Who answers whose wind: every grid h answers a share a_{h,g} of the deviation of every grid g, in every slot, and holds reserve for what it
 * has taken on under the joint chance constraint of its answers.
 *
 *   Σ_h a_{h,g} = 1,  a ≥ 0
 *   C_h + IR_h + GR_h + E_h = R_h ≥ −μᵀ a_h + k ‖Σ^{1/2} a_h‖₂              as rows, safe to 0.05 % a plane (robust/drcc/polyhedral-margin.ts)
 *   I_g + IR_g + X_g ≤ import cap
 *   X_g ≥ m_g (1 − a_gg),   m_g = max(0, −μ_g + k σ_g)
 *
 * X is what others' help may bring over the grid's own connection; what it gives comes from its import reserve, counted there, or does not
 * load it. With a the identity this is each grid for itself (grid.ts). Within a grid its resources answer in proportion to the reserve
 * they hold: then each keeps its own promise, because the margin is homogeneous.
 *
 * Symbols: a → `shares`, μ, Σ → `meanMw`, `covarianceMw2`, k → `factor`.
 */
import { addPolyhedralMargin } from '../../robust/drcc/polyhedral-margin.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import type { ReserveSharing, SmsProblem } from './problem.ts';

/** Reserve that a grid needs for its own wind alone. */
export const ownMarginMw = ({ factor, meanMw, covarianceMw2 }: ReserveSharing, grid: number, slot: number): number =>
  Math.max(0, -meanMw[slot]![grid]! + factor * Math.sqrt(Math.max(0, covarianceMw2[slot]![grid]![grid]!)));

/** The problem with every grid answering its own wind. */
export function withoutSharing(problem: SmsProblem): SmsProblem {
  const { reserveSharing, ...rest } = problem;
  if (!reserveSharing) return problem;
  const grids = rest.grids.map((grid, g) => ({
    ...grid,
    downsideMarginMw: grid.downsideMarginMw.map((_, slot) => ownMarginMw(reserveSharing, g, slot)),
  }));
  return { ...rest, grids };
}

/** R and X of one grid [slot]. */
export interface AnswerColumns {
  reserve: Column[];
  exchange: Column[];
}

/** @returns a [slot][h][g] */
export function addReserveSharing(
  program: ProgramBuilder,
  problem: SmsProblem,
  sharing: ReserveSharing,
  answers: readonly AnswerColumns[],
): Column[][][] {
  const { grids } = problem;
  const all = grids.map((_, g) => g);
  return Array.from({ length: problem.slots }, (_, slot) => {
    const shares = all.map((h) =>
      all.map((g) => {
        const name = `grid ${grids[h]!.id}: share of the wind of ${grids[g]!.id}, slot ${slot}`;
        return program.addColumn({ name, lower: 0, upper: 1 });
      }),
    );
    for (const g of all)
      program.addRow({
        name: `grid ${grids[g]!.id}: its wind is answered, slot ${slot}`,
        lower: 1,
        upper: 1,
        terms: all.map((h): Term => [shares[h]![g]!, 1]),
      });
    for (const h of all) {
      const own = ownMarginMw(sharing, h, slot);
      const of = `grid ${grids[h]!.id}:`;
      addPolyhedralMargin(program, {
        name: `${of} reserve for its answers, slot ${slot}`,
        shares: all.map((g) => ({ terms: [[shares[h]![g]!, 1] as const], constant: 0 })),
        covariance: sharing.covarianceMw2[slot]!,
        mean: sharing.meanMw[slot]!.map((mean) => -mean),
        factor: sharing.factor,
        base: { terms: [[answers[h]!.reserve[slot]!, -1]], constant: 0 },
        upper: 0,
      });
      program.addRow({
        name: `${of} exchange of answers, slot ${slot}`,
        lower: own,
        upper: Infinity,
        terms: [
          [answers[h]!.exchange[slot]!, 1],
          [shares[h]![h]!, own],
        ],
      });
    }
    return shares;
  });
}
