/**
 * The convex hull of marginal revenue at a place, as weights of corners (for mixtures; revenue-rows.ts states the same with integers):
 *
 *   w_0 + Σ w_jv = 1,  n = Σ w_jv n_jv,  R = Σ w_jv R_jv,  trucks present = Σ j w_jv,  w ≥ 0
 *
 * The corners v with j trucks present are the kinks within reach of the j strongest of them, and the ends of that reach: half a truck then
 * earns half of what one earns, not as much as a small truck would at the best price.
 */
import type { Column, ProgramBuilder, Row, Term } from '../../../program/program.ts';
import { clippedPieces, costAt, revenuePieces } from './cost-curve.ts';
import type { RevenuePlace, RevenueRows } from './revenue-rows.ts';

export function addRevenueHull(
  program: ProgramBuilder,
  { place, curve, net, present, reachMw, range }: RevenuePlace,
): RevenueRows {
  const idleUsd = costAt(curve, 0);
  const noneUpper = range.fromMw > 0 || range.toMw < 0 ? 0 : 1;
  const none = program.addColumn({ name: `no truck at ${place}`, lower: 0, upper: noneUpper });
  const weights: Term[] = [[none, 1]];
  const nets: Term[] = [...net];
  const counts: Term[] = [...(present ?? [])];
  const revenue: Term[] = [];
  const saving: Term[] = [];
  const pieces = clippedPieces(revenuePieces(curve), range.fromMw, range.toMw);
  reachMw.forEach((mostMw, few) => {
    /** The better revenue of both sides of a kink [net power]. */
    const corners = new Map<number, { revenueUsd: number; savingUsd: number }>();
    for (const { fromMw, toMw, worthUsdPerMw, costUsd } of clippedPieces(pieces, -mostMw, mostMw))
      for (const mw of [fromMw, toMw]) {
        const revenueUsd = worthUsdPerMw * mw;
        const savingUsd = idleUsd - costUsd + worthUsdPerMw * (mw - fromMw);
        const known = corners.get(mw);
        if (!known || known.revenueUsd < revenueUsd) corners.set(mw, { revenueUsd, savingUsd });
      }
    [...corners].forEach(([mw, { revenueUsd, savingUsd }], v) => {
      const name = `net power at ${place}, ${few + 1} trucks, corner ${v}`;
      const weight: Column = program.addColumn({ name, lower: 0, upper: 1 });
      weights.push([weight, 1]);
      nets.push([weight, -mw]);
      if (present !== null) counts.push([weight, -(few + 1)]);
      revenue.push([weight, revenueUsd]);
      saving.push([weight, savingUsd]);
    });
  });
  const equal = (name: string, sum: number, terms: Term[]): Row =>
    program.addRow({ name: `${name} at ${place}`, lower: sum, upper: sum, terms });
  equal('weights', 1, weights);
  return { revenue, saving, net: equal('net power', 0, nets), present: equal('trucks', 0, counts) };
}
