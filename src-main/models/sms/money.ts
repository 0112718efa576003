/** What an answer of the users costs them and brings the owner, from its powers alone. */
import { flowNames, flowPrices } from './grid.ts';
import type { GridDispatch, Reply } from './plan.ts';
import type { SmsProblem } from './problem.ts';
import type { UsersSetting } from './users.ts';

export interface Money {
  /** [grid]: energy and reserves, fees, rent. */
  dispatchUsd: number[];
  feesUsd: number[];
  rentUsd: number[];
  degradationUsd: number;
  /** All grids, all items. */
  usersCostUsd: number;
  /** rent − degradation */
  marginUsd: number;
}

export function moneyOf(problem: SmsProblem, { priceUsdPerMwh, presence }: UsersSetting, reply: Reply): Money {
  const rentUsd = problem.grids.map(() => 0);
  let degradationUsd = 0;
  presence.forEach((slots, truck) =>
    slots.forEach((grid, slot) => {
      if (grid === null) return;
      const energyMwh = problem.slotHours * (reply.chargeMw[truck]![slot]! + reply.dischargeMw[truck]![slot]!);
      rentUsd[grid]! += energyMwh * priceUsdPerMwh[grid]![slot]!;
      degradationUsd += energyMwh * problem.trucks[truck]!.degradationUsdPerMwh;
    }),
  );
  const dispatchUsd = problem.grids.map((_, g) => dispatchCostUsd(problem, g, reply.grids[g]!));
  const feesUsd = problem.grids.map((grid, g) => grid.activityFeeUsd * reply.grids[g]!.active.filter(Boolean).length);
  return {
    dispatchUsd,
    feesUsd,
    rentUsd,
    degradationUsd,
    usersCostUsd: total(dispatchUsd) + total(feesUsd) + total(rentUsd),
    marginUsd: total(rentUsd) - degradationUsd,
  };
}

/** Energy and reserves of one grid. */
export function dispatchCostUsd(problem: SmsProblem, g: number, dispatch: Omit<GridDispatch, 'active'>): number {
  let cost = 0;
  for (let slot = 0; slot < problem.slots; slot++) {
    const prices = flowPrices(problem.grids[g]!, slot);
    for (const flow of flowNames) cost += problem.slotHours * prices[flow] * dispatch[flow][slot]!;
  }
  return cost;
}

const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
