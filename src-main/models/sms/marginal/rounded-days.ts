/** From a mixture of days to one for each truck. */
import type { SmsProblem } from '../problem.ts';
import type { ClassDay } from './day-master.ts';
import type { TruckDay } from './priced-day.ts';
import type { TruckClass } from './truck-classes.ts';

/** For every truck the day with the largest share that is not yet given to another. */
export function roundedDays(
  problem: SmsProblem,
  classes: readonly TruckClass[],
  days: readonly ClassDay[],
  shares: readonly number[],
): TruckDay[] {
  const left = [...shares];
  const rounded: TruckDay[] = [];
  classes.forEach(({ members }, c) => {
    for (const truck of members) {
      let best = -1;
      days.forEach((day, j) => {
        if (day.class === c && (best < 0 || left[j]! > left[best]!)) best = j;
      });
      left[best]! -= 1;
      rounded[truck] = days[best]!;
    }
  });
  return problem.trucks.map((_, k) => rounded[k]!);
}
