import { highestPrice } from '../prices.ts';
import type { SmsProblem } from '../problem.ts';
import { worthOfPieces, type CostCurve } from './cost-curve.ts';

/**
 * What users may pay beyond marginal worth because trucks must be charged for their final energy: for the last MWh no more than it costs to
 * charge it where power is dearest, at the highest price.
 */
export function forcedRentUsd(problem: SmsProblem, curves: CostCurve[][]): number {
  const dearest = Math.max(...curves.flat().flatMap(worthOfPieces)) / problem.slotHours;
  const prices = problem.grids.flatMap((_, g) =>
    Array.from({ length: problem.slots }, (__, slot) => highestPrice(problem, g, slot)),
  );
  const mostUsdPerMwh = Math.max(0, dearest + Math.max(...prices));
  return problem.trucks.reduce((sum, { finalMinMwh, initialMwh, chargeEfficiency }) => {
    return sum + (Math.max(0, finalMinMwh - initialMwh) * mostUsdPerMwh) / chargeEfficiency;
  }, 0);
}
