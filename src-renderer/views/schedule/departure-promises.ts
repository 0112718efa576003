/** What each aggregator promises its leaving cars, and by how much the plan keeps it. Energies in kWh. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';

export interface DeparturePromise {
  aggregatorId: string;
  aggregator: string;
  slot: number;
  cars: number;
  requiredKwh: number;
  plannedKwh: number;
  /** Planned minus required; negative is a broken promise. */
  marginKwh: number;
  /** Tested days on which the aggregator's cars leave with their planned energy; null when not tested. */
  met: PlanPayload['aggregators'][number]['departureMet'];
}

/** Less than this is rounding of the solver, not a promise broken. */
export const tolerance = 0.05;

/** By time, then by aggregator as the plan lists them. */
export function promisesOf(plan: PlanPayload): DeparturePromise[] {
  return plan.aggregators
    .flatMap((one) =>
      one.departures.map((departure) => ({
        aggregatorId: one.id,
        aggregator: one.name,
        ...departure,
        marginKwh: departure.plannedKwh - departure.requiredKwh,
        met: one.departureMet,
      })),
    )
    .sort((a, b) => a.slot - b.slot);
}
