/** What is compared of a plan of trucks. Money in the site's currency. */
import type { SmsPlan } from '../../models/sms/plan.ts';
import type { SmsProblem } from '../../models/sms/problem.ts';

export interface PlanMeasures {
  profit: number;
  rent: number;
  /** Of all grids, rent included. */
  gridsCost: number;
  gridsSave: number;
  /** Owner and grids together against a day without trucks. */
  welfare: number;
  /** (charged + discharged) / (power · hours), all trucks. */
  utilisation: number;
  /** Wind that would be curtailed without trucks and is not, MWh. */
  windUsedMwh: number;
  /** What the grids pay less their own cost and the owner's income: nothing may be left over. */
  unsettledCents: number;
}

/** @param aloneCurtailMw [grid][slot] without trucks. */
export function measurePlan(
  problem: SmsProblem,
  plan: SmsPlan,
  aloneCurtailMw: readonly (readonly number[])[],
): PlanMeasures {
  const { slotHours, slots } = problem;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const workedMwh = slotHours * sum(plan.trucks.flatMap(({ chargeMw, dischargeMw }) => [...chargeMw, ...dischargeMw]));
  const ableMwh = slotHours * slots * sum(problem.trucks.map(({ powerMw }) => powerMw));
  const used = plan.grids.flatMap(({ curtailMw }, g) => curtailMw.map((mw, slot) => aloneCurtailMw[g]![slot]! - mw));
  const gridsSave = plan.usersCostWithoutTrucksUsd - plan.usersCostUsd;
  return {
    profit: plan.ownerProfitUsd,
    rent: plan.rentUsd,
    gridsCost: plan.usersCostUsd,
    gridsSave,
    welfare: plan.ownerProfitUsd + gridsSave,
    utilisation: workedMwh / ableMwh,
    windUsedMwh: slotHours * sum(used),
    unsettledCents:
      sum(plan.settlement.grids.map(({ paysCents, ownCents }) => paysCents - ownCents)) -
      plan.settlement.ownerIncomeCents,
  };
}
