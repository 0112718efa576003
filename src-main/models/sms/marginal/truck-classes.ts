/** Trucks that differ in nothing but their name: the owner's bound counts them instead of telling them apart. */
import type { SmsProblem, Truck } from '../problem.ts';

export interface TruckClass {
  truck: Truck;
  /** Indices of the trucks in it. */
  members: number[];
}

export function truckClasses(problem: SmsProblem): TruckClass[] {
  const keyed = problem.trucks.map((truck, k) => ({ k, truck, key: JSON.stringify({ ...truck, id: '' }) }));
  return [...Map.groupBy(keyed, ({ key }) => key).values()].map((same) => ({
    truck: same[0]!.truck,
    members: same.map(({ k }) => k),
  }));
}
