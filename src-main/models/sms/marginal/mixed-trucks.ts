/** What the trucks of a mixture do at every place. */
import type { SmsProblem } from '../problem.ts';
import type { ClassDay } from './day-master.ts';

export interface MixedTruck {
  class: number;
  netMw: number;
  /** Of the mixture. */
  share: number;
}

/** A share below this is rounding. */
const least = 1e-9;

/** [grid][slot] */
export function mixedTrucks(
  { grids, terminals, slots }: SmsProblem,
  days: readonly ClassDay[],
  shares: readonly number[],
): MixedTruck[][][] {
  const here = grids.map(() => Array.from({ length: slots }, (): MixedTruck[] => []));
  days.forEach((day, j) => {
    const share = shares[j]!;
    if (share <= least) return;
    for (const { kind, from, fromSlot } of day.path) {
      const place = terminals[from]!;
      if (kind !== 'stay' || place.kind !== 'station') continue;
      here[place.grid]![fromSlot]!.push({ class: day.class, netMw: day.netMw[fromSlot]!, share });
    }
  });
  return here;
}
