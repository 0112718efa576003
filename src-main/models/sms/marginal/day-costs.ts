/** What a truck's day takes from its owner and from its battery. */
import { tripMwh } from '../driving.ts';
import type { SmsProblem, Truck } from '../problem.ts';
import type { ClassDay } from './day-master.ts';
import type { TruckDay } from './priced-day.ts';
import type { TruckClass } from './truck-classes.ts';

/** What a day begins with beyond its way, and what that takes. */
export const neededMwh = (problem: SmsProblem, truck: Truck, { path, firstMwh = truck.initialMwh }: TruckDay): number =>
  path.reduce((sum, arc) => sum + (arc.kind === 'stay' ? 0 : tripMwh(problem, truck, arc)), firstMwh);

/** What a day costs its owner, USD. */
export function wayAndWear({ slotHours }: SmsProblem, classes: readonly TruckClass[], day: ClassDay): number {
  const wayUsd = day.path.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const usedMwh = slotHours * day.netMw.reduce((sum, mw) => sum + Math.abs(mw), 0);
  return wayUsd + usedMwh * classes[day.class]!.truck.degradationUsdPerMwh;
}
