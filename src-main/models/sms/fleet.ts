/**
 * Energy of the trucks: e_t = e_{t−1} + η_c Σ_g ch Δ − Σ_g dis Δ / η_d, min ≤ e ≤ capacity, at the end at least the final minimum.
 * A truck's power at a grid in a slot is one column per direction; who may use which column is for the caller to say.
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import type { SmsProblem, Truck } from './problem.ts';

export type Direction = 'charge' | 'discharge';

/** One truck at one grid in one slot in one direction. */
export interface Activity {
  truck: number;
  grid: number;
  slot: number;
  direction: Direction;
}

export interface ActivityColumn extends Activity {
  column: Column;
}

export const activityName = (problem: SmsProblem, { truck, grid, slot, direction }: Activity): string =>
  `truck ${problem.trucks[truck]!.id}: ${direction} at grid ${problem.grids[grid]!.id}, slot ${slot}`;

export const energyBalanceName = (truck: Truck, slot: number): string =>
  `truck ${truck.id}: energy balance, slot ${slot}`;

/** Net power that the trucks give to a grid. */
export const supplyOf =
  (activities: readonly ActivityColumn[]) =>
  (grid: number, slot: number): Term[] =>
    activities
      .filter((activity) => activity.grid === grid && activity.slot === slot)
      .map(({ column, direction }): Term => [column, direction === 'discharge' ? 1 : -1]);

/** @returns energy after each slot [truck][slot]. */
export function addEnergy(
  program: ProgramBuilder,
  problem: SmsProblem,
  activities: readonly ActivityColumn[],
): Column[][] {
  const { slots } = problem;
  return problem.trucks.map((truck, k) => {
    const energy = Array.from({ length: slots }, (_, slot) =>
      program.addColumn({
        name: `truck ${truck.id}: energy, slot ${slot}`,
        lower: slot === slots - 1 ? Math.max(truck.minMwh, truck.finalMinMwh) : truck.minMwh,
        upper: truck.capacityMwh,
      }),
    );
    energy.forEach((column, slot) => {
      const own = activities.filter((activity) => activity.truck === k && activity.slot === slot);
      const before: Term[] = slot === 0 ? [] : [[energy[slot - 1]!, -1]];
      const start = slot === 0 ? truck.initialMwh : 0;
      program.addRow({
        name: energyBalanceName(truck, slot),
        lower: start,
        upper: start,
        terms: [
          [column, 1],
          ...before,
          ...own.map((activity): Term => [activity.column, energyPerMw(problem, activity)]),
        ],
      });
    });
    return energy;
  });
}

/** What a MW takes out of the balance row: −η_c Δ when charging, Δ / η_d when discharging. */
export function energyPerMw(problem: SmsProblem, { truck, direction }: Activity): number {
  const { chargeEfficiency, dischargeEfficiency } = problem.trucks[truck]!;
  return direction === 'charge' ? -chargeEfficiency * problem.slotHours : problem.slotHours / dischargeEfficiency;
}
