/**
 * Energy that driving takes from a truck's battery, where the problem says how much.
 *
 *   way energy    D_t = what the trips of the route take until the end of slot t; a trip takes it evenly over its slots
 *   range         e_t ≥ min + D_T − D_t: at any time the truck gets home on its charge, and nobody else may use that part of it
 *   route         D_T ≤ first energy − max(min, final minimum)
 *
 * So driving is the owner's: it asks no charging of the users, who may still rent nothing. Seen from them a truck has the energy
 * y_t = e_t − (D_T − D_t), which begins at the first energy less D_T, changes by their work alone, and is at most capacity − (D_T − D_t).
 */
import type { Leg } from './plan.ts';
import type { SmsProblem, Truck } from './problem.ts';

type Trip = Pick<Extract<Leg, { kind: 'travel' }>, 'from' | 'to' | 'fromSlot'>;

export const drivesOnBattery = (problem: SmsProblem): boolean => problem.travelEnergyMwh !== undefined;

/** What one trip takes. */
export const tripMwh = (problem: SmsProblem, truck: Truck, { from, to, fromSlot }: Trip): number =>
  (problem.travelEnergyMwh?.[from]![to]![fromSlot] ?? 0) * (truck.drivingFactor ?? 1);

/** What a whole day's driving may take. */
export const drivingBudgetMwh = ({ initialMwh, minMwh, finalMinMwh }: Truck): number =>
  initialMwh - Math.max(minMwh, finalMinMwh);

/** D_T of a route. */
export const routeMwh = (problem: SmsProblem, truck: Truck, legs: readonly Leg[]): number =>
  legs.reduce((sum, leg) => (leg.kind === 'travel' ? sum + tripMwh(problem, truck, leg) : sum), 0);

/** D_T − D_t after each slot t. */
export function energyAheadMwh(problem: SmsProblem, truck: Truck, legs: readonly Leg[]): number[] {
  const ahead = new Array<number>(problem.slots).fill(0);
  for (const leg of legs)
    if (leg.kind === 'travel') {
      const mwh = tripMwh(problem, truck, leg);
      for (let slot = 0; slot < leg.untilSlot; slot++) ahead[slot]! += mwh * shareAhead(leg, slot);
    }
  return ahead;
}

/** Share of a trip that is still to be driven after the slot. */
export const shareAhead = (trip: { fromSlot: number; untilSlot: number }, slot: number): number =>
  slot < trip.fromSlot ? 1 : Math.max(0, trip.untilSlot - 1 - slot) / (trip.untilSlot - trip.fromSlot);

/** Of all trucks on their routes. */
export interface Driving {
  /** D_T [truck]. */
  routeMwh: number[];
  /** D_T − D_t [truck][slot]. */
  aheadMwh: number[][];
}

export const drivingOf = (problem: SmsProblem, routes: readonly Leg[][]): Driving => ({
  routeMwh: routes.map((legs, k) => routeMwh(problem, problem.trucks[k]!, legs)),
  aheadMwh: routes.map((legs, k) => energyAheadMwh(problem, problem.trucks[k]!, legs)),
});
