/**
 * What has been lost at worst up to each time, where each time can lose f_t(x) ≥ 0 and no more than Γ times lose at all:
 *
 *   v_t(x) ≥ max { Σ_{τ ≤ t} f_τ(x) z_τ : 0 ≤ z ≤ 1, Σ z ≤ Γ }           for every t
 *
 * As long as Γ reaches every time so far the maximum is the running sum, v_t = v_{t−1} + f_t, with one column and one row; from then on each t has
 * the counterpart of its own row (counterpart-one-sided.ts), t + 2 columns and t + 1 rows. Exact in both cases. This is what a battery needs
 * whose energy is asked for over and over: the row of each slot has its own worst day.
 */
import type { AffineExpression } from '../program/affine.ts';
import type { Column, ProgramBuilder } from '../program/program.ts';
import { addOneSidedCounterpart } from './counterpart-one-sided.ts';
import { plus } from './sets/expressions.ts';

export interface RunningLoss {
  /** f_t; null where nothing can be lost. */
  losses: readonly (AffineExpression | null)[];
  /** Γ */
  atOnce: number;
  name: (time: number) => string;
}

const nothing: AffineExpression = { terms: [], constant: 0 };

/** v_t of every time; the same expression as before where nothing was added. */
export function addRunningWorst(program: ProgramBuilder, { losses, atOnce, name }: RunningLoss): AffineExpression[] {
  const soFar: AffineExpression[] = [];
  let before = nothing;
  return losses.map((loss, time) => {
    if (loss === null) return before;
    soFar.push(loss);
    const lost: Column = program.addColumn({ name: name(time), lower: 0, upper: Infinity });
    const own = { name: name(time), terms: [[lost, -1] as const], upper: 0 };
    if (soFar.length <= atOnce) {
      const { terms, constant } = plus([before, loss, { terms: [[lost, -1]], constant: 0 }]);
      program.addRow({ name: own.name, lower: -constant, upper: -constant, terms });
    } else
      addOneSidedCounterpart(
        program,
        { ...own, uncertain: soFar },
        { most: soFar.map(() => 1), atOnce },
        'nonnegative',
      );
    before = { terms: [[lost, 1]], constant: 0 };
    return before;
  });
}
