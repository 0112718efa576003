/**
 * Marginal revenue of one grid in one slot as columns and rows:
 *
 *   R = Σ λ_i n_ij,  n = Σ n_ij,  b_{i−1,j} δ_ij ≤ n_ij ≤ b_ij δ_ij,  δ_0 + Σ δ_ij = 1,  Σ j δ_ij = trucks present,  δ ∈ {0, 1}
 *
 * Piece i with j trucks present reaches no further than the j strongest of them: half a truck of the linear relaxation then earns half of
 * what one earns, not as much as a small truck would at the best price.
 */
import type { ProgramBuilder, Row, Term } from '../../../program/program.ts';
import { clippedPieces, costAt, revenuePieces, type CostCurve } from './cost-curve.ts';

export interface RevenuePlace {
  /** For names. */
  place: string;
  curve: CostCurve;
  /** Net power and number of trucks there. */
  net: Term[];
  /** Null: any number of them. */
  present: Term[] | null;
  /** Power of the strongest truck, of the two strongest, … as many as find a place. */
  reachMw: readonly number[];
  /** Net power is known to be within. */
  range: { fromMw: number; toMw: number };
}

export interface RevenueRows {
  /** R, and f(0) − f(n), USD. */
  revenue: Term[];
  saving: Term[];
  net: Row;
  /** Without terms where any number may be there. */
  present: Row;
}

export function addRevenue(
  program: ProgramBuilder,
  { place, curve, net, present, reachMw, range }: RevenuePlace,
): RevenueRows {
  const revenue: Term[] = [];
  const saving: Term[] = [];
  const parts: Term[] = [];
  const idle = program.addColumn({
    name: `no truck at ${place}`,
    lower: 0,
    upper: range.fromMw > 0 || range.toMw < 0 ? 0 : 1,
  });
  const chosen: Term[] = [[idle, 1]];
  const counted: Term[] = [];
  const idleUsd = costAt(curve, 0);
  const pieces = clippedPieces(revenuePieces(curve), range.fromMw, range.toMw);
  reachMw.forEach((mostMw, few) =>
    clippedPieces(pieces, -mostMw, mostMw).forEach(({ fromMw, toMw, worthUsdPerMw, costUsd }, i) => {
      const name = `net power at ${place}, ${few + 1} trucks, piece ${i}`;
      const part = program.addColumn({ name, lower: Math.min(0, fromMw), upper: Math.max(0, toMw) });
      const piece = program.addColumn({ name: `${name} chosen`, lower: 0, upper: 1, kind: 'integer' });
      const bound = (what: string, terms: Term[]): void => {
        program.addRow({ name: `${name} ${what}`, lower: -Infinity, upper: 0, terms });
      };
      bound('at least', [
        [part, -1],
        [piece, fromMw],
      ]);
      bound('at most', [
        [part, 1],
        [piece, -toMw],
      ]);
      parts.push([part, -1]);
      chosen.push([piece, 1]);
      counted.push([piece, -(few + 1)]);
      revenue.push([part, worthUsdPerMw]);
      saving.push([part, worthUsdPerMw], [piece, idleUsd - costUsd - worthUsdPerMw * fromMw]);
    }),
  );
  program.addRow({ name: `one piece at ${place}`, lower: 1, upper: 1, terms: chosen });
  return {
    revenue,
    saving,
    net: program.addRow({ name: `net power at ${place}`, lower: 0, upper: 0, terms: [...net, ...parts] }),
    present: program.addRow({
      name: `trucks at ${place}`,
      lower: 0,
      upper: 0,
      terms: present === null ? [] : [...present, ...counted],
    }),
  };
}
