/**
 * Corners of marginal revenue at a place. With j_g trucks of group g there, their net power lies in a box, n_g between plus and minus the
 * reach of the j_g strongest; R(Σ n_g) is linear on every piece of the curve. The corners are those of all boxes cut by all kinks, each
 * with the fewest trucks that reach it: whatever trucks do at a place is a mixture of corners of one piece with no more trucks than there are.
 */
import { clippedPieces, costAt, revenuePieces, type CostCurve } from './cost-curve.ts';

export interface RevenueCorner {
  /** Of the curve's pieces. */
  piece: number;
  /** [group] */
  netMw: number[];
  trucks: number[];
  revenueUsd: number;
  /** f(0) − f(n) */
  savingUsd: number;
}

export interface CornerSpace {
  curve: CostCurve;
  /** Power of the strongest truck of a group, of the two strongest, … [group][trucks − 1]. */
  reachMw: readonly (readonly number[])[];
  /** Trucks that find a place. */
  places: number;
  /** Net power of all together is known to be within. */
  range: { fromMw: number; toMw: number };
}

/** Corners with trucks; that without any is the origin, and not among them. */
export function revenueCorners({ curve, reachMw, places, range }: CornerSpace): RevenueCorner[] {
  const idleUsd = costAt(curve, 0);
  const lines = reachMw.map((reach) => [0, ...reach.slice(0, places).flatMap((mw) => [mw, -mw])]);
  const totalMw = reachMw.reduce((sum, reach) => sum + (reach.at(Math.min(reach.length, places) - 1) ?? 0), 0);
  const pieces = clippedPieces(revenuePieces(curve), Math.max(range.fromMw, -totalMw), Math.min(range.toMw, totalMw));
  const grid = combinations(lines);
  return pieces.flatMap(({ fromMw, toMw, worthUsdPerMw }, piece) => {
    const corners = new Map<string, RevenueCorner>();
    const add = (netMw: number[]): void => {
      const trucks = netMw.map((mw, g) => trucksFor(reachMw[g]!, mw));
      const count = trucks.reduce((sum, few) => sum + few, 0);
      if (count === 0 || count > places) return;
      const mw = netMw.reduce((sum, own) => sum + own, 0);
      const key = netMw.map((own) => own.toFixed(9)).join(' ');
      const savingUsd = idleUsd - costAt(curve, mw);
      corners.set(key, { piece, netMw, trucks, revenueUsd: worthUsdPerMw * mw, savingUsd });
    };
    for (const netMw of grid) {
      const mw = netMw.reduce((sum, own) => sum + own, 0);
      if (mw >= fromMw - near && mw <= toMw + near) add(netMw);
    }
    for (const atMw of [fromMw, toMw])
      reachMw.forEach((reach, free) => {
        const most = reach.at(Math.min(reach.length, places) - 1) ?? 0;
        for (const others of combinations(lines.map((own, g) => (g === free ? [0] : own)))) {
          const mw = atMw - others.reduce((sum, own) => sum + own, 0);
          if (Math.abs(mw) <= most + near) add(others.with(free, mw));
        }
      });
    return [...corners.values()];
  });
}

const near = 1e-9;

/** Infinity where they do not reach it. */
function trucksFor(reach: readonly number[], netMw: number): number {
  if (Math.abs(netMw) <= near) return 0;
  const at = reach.findIndex((mw) => mw >= Math.abs(netMw) - near);
  return at < 0 ? Infinity : at + 1;
}

const combinations = (lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((made, list) => made.flatMap((own) => list.map((value) => [...own, value])), [[]]);
