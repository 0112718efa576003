/**
 * Market prices that are not known when the plan is made: the epigraph of the worst bill, min { ε : cᵀx ≤ ε for all c ∈ U }
 * (Zhou et al. 2017, eq. 3), with ε split into the expected bill, which stays in the objective as it is, and what the worst prices add:
 *
 *   minimise  c̄ᵀx + ρ,     ρ ≥ max { Σ_h f_h(x) π_h : π ∈ U },     ρ ≥ 0,     f_h(x) = Δ Σ_{t in period h} (purchase_t − s sale_t)
 *
 * π_h is the deviation of the market price of period h; the purchase price takes all of it, the sale price the share s. ρ ≥ 0 says that what
 * is expected may always happen. The counterpart is that of the set (robust/sets). Symbols: ρ → `risk`, f → `exposure`, s → `saleShare`.
 */
import type { AffineExpression } from '../../program/affine.ts';
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { addSplitEllipsoidCounterpart } from '../../robust/sets/counterpart-ellipsoid-split.ts';
import { addSetCounterpart } from '../../robust/sets/set-counterpart.ts';
import type { UncertainRow } from '../../robust/uncertain-row.ts';
import type { PriceRisk } from './problem.ts';

/** @param flows columns of purchase and sale [slot], kW. */
export function addPriceRisk(
  program: ProgramBuilder,
  { set, period, saleShare }: PriceRisk,
  flows: readonly { bought: Column; sold: Column }[],
  slotHours: number,
): Column {
  const risk = program.addColumn({ name: 'grid: price risk', lower: 0, upper: Infinity, cost: 1 });
  const terms = Array.from({ length: Math.max(...period) + 1 }, (): Term[] => []);
  flows.forEach(({ bought, sold }, slot) =>
    terms[period[slot]!]!.push([bought, slotHours], [sold, -slotHours * saleShare]),
  );
  const exposure = terms.map((own): AffineExpression => ({ terms: own, constant: 0 }));
  const row: UncertainRow = { name: 'grid: worst prices', terms: [[risk, -1]], uncertain: exposure, upper: 0 };
  if (set.kind === 'ellipsoid' || set.kind === 'moment') addSplitEllipsoidCounterpart(program, row, set);
  else addSetCounterpart(program, row, set);
  return risk;
}
