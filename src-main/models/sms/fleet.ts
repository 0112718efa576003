/**
 * Energy of the trucks: y_t = y_{t−1} + η_c Σ_g ch Δ − Σ_g dis Δ / η_d, min ≤ y, at the end at least the final minimum. With a truck that
 * drives on its battery, y is what it holds beyond the rest of its way (driving.ts): y_{−1} = first energy − D_T, y_t ≤ capacity − (D_T − D_t).
 * A truck's power at a grid in a slot is one column per direction; who may use which column is for the caller to say.
 */
import type { Column, ProgramBuilder, Term } from '../../program/program.ts';
import { drivingBudgetMwh, type Driving } from './driving.ts';
import type { SmsProblem, Truck } from './problem.ts';

export type Direction = 'charge' | 'discharge';

/** One truck at one grid in one slot in one direction. */
export interface Activity {
  truck: number;
  grid: number;
  slot: number;
  direction: Direction;
  /** Where the grid has several connections; else left out. */
  bus?: number;
}

export interface ActivityColumn extends Activity {
  column: Column;
}

export const activityName = (problem: SmsProblem, { truck, grid, slot, direction, bus }: Activity): string =>
  `truck ${problem.trucks[truck]!.id}: ${direction} at grid ${problem.grids[grid]!.id}${bus === undefined ? '' : `, bus ${bus}`}, slot ${slot}`;

export const energyName = (truck: Truck, slot: number): string => `truck ${truck.id}: energy, slot ${slot}`;

export const energyBalanceName = (truck: Truck, slot: number): string =>
  `truck ${truck.id}: energy balance, slot ${slot}`;

/** Net power that the trucks give to a grid, at one of its connections or (null) at all. */
export const supplyOf =
  (activities: readonly ActivityColumn[]) =>
  (grid: number, slot: number, bus: number | null = null): Term[] =>
    activities
      .filter((activity) => activity.grid === grid && activity.slot === slot && (bus === null || activity.bus === bus))
      .map(({ column, direction }): Term => [column, direction === 'discharge' ? 1 : -1]);

/** D_T − D_t of a truck: before the day (slot −1) and after each slot. Known where routes are, else a sum of arcs. */
export type EnergyAhead = (truck: number, slot: number) => { constant: number; terms: Term[] };

export const nothingAhead: EnergyAhead = () => ({ constant: 0, terms: [] });

/** On given routes. */
export const knownAhead =
  ({ routeMwh, aheadMwh }: Driving): EnergyAhead =>
  (truck, slot) => ({ constant: slot < 0 ? routeMwh[truck]! : aheadMwh[truck]![slot]!, terms: [] });

/** @returns y after each slot [truck][slot]. */
export function addEnergy(
  program: ProgramBuilder,
  problem: SmsProblem,
  activities: readonly ActivityColumn[],
  ahead: EnergyAhead = nothingAhead,
): Column[][] {
  const { slots } = problem;
  return problem.trucks.map((truck, k) => {
    const whole = ahead(k, -1);
    const energy = Array.from({ length: slots }, (_, slot) =>
      program.addColumn({
        name: energyName(truck, slot),
        lower: slot === slots - 1 ? Math.max(truck.minMwh, truck.finalMinMwh) : truck.minMwh,
        upper: truck.capacityMwh - ahead(k, slot).constant,
      }),
    );
    if (whole.terms.length > 0)
      program.addRow({
        name: `truck ${truck.id}: gets home on its charge`,
        lower: -Infinity,
        upper: drivingBudgetMwh(truck),
        terms: whole.terms,
      });
    energy.forEach((column, slot) => {
      const own = activities.filter((activity) => activity.truck === k && activity.slot === slot);
      const before: readonly Term[] = slot === 0 ? whole.terms : [[energy[slot - 1]!, -1]];
      const start = slot === 0 ? truck.initialMwh - whole.constant : 0;
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
      const { terms } = ahead(k, slot);
      if (terms.length > 0)
        program.addRow({
          name: `truck ${truck.id}: capacity less its way, slot ${slot}`,
          lower: -Infinity,
          upper: truck.capacityMwh,
          terms: [[column, 1], ...terms],
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
