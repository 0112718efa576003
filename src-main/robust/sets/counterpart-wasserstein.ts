/**
 * Counterpart of a row under the CVaR form of a Wasserstein ball about N days:
 *
 *   Σ a x + c + 1/(εN) Σ_i s_i + (ρ/ε) m ≤ upper,   s_i ≥ p_iᵀ f(x) − c,   s_i ≥ 0,   m ≥ |f_j(x)| for every j,   c free
 *
 * Exact for the set, safe for the chance constraint: it may refuse a row that holds with probability 1 − ε. N + 2 columns. The same
 * rows as `drcc/cvar-margin.ts`, with the deviations of whole days in place of reserve shares.
 * Source: Mohajerin Esfahani and Kuhn 2018; Rockafellar and Uryasev 2000.
 */
import type { ProgramBuilder } from '../../program/program.ts';
import type { WassersteinSet } from '../../uncertainty/day-set.ts';
import { addCvarMargin } from '../drcc/cvar-margin.ts';
import type { UncertainRow } from '../uncertain-row.ts';

export function addWassersteinCounterpart(program: ProgramBuilder, row: UncertainRow, set: WassersteinSet): void {
  addCvarMargin(program, {
    name: row.name,
    shares: row.uncertain,
    samples: set.points,
    epsilon: set.risk,
    radius: set.radius,
    base: { terms: row.terms, constant: 0 },
    upper: row.upper,
  });
}
