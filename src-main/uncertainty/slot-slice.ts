/** What a set of days allows in one slot: its projection on the coordinates of that slot, of the same kind and exact. */
import type { UncertaintySet } from './day-set.ts';

/** @returns coordinates are the components alone. */
export function slotSlice(set: UncertaintySet, slots: number, slot: number): UncertaintySet {
  const own = (values: readonly number[]): number[] => values.filter((_, j) => j % slots === slot);
  switch (set.kind) {
    case 'interval':
      return { ...set, halfWidths: own(set.halfWidths) };
    case 'budget':
      return { ...set, slots: 1, halfWidths: own(set.halfWidths), slotProtection: Math.min(1, set.slotProtection) };
    case 'ellipsoid':
    case 'moment':
      return { ...set, centre: own(set.centre), factors: set.factors.map(own), spread: own(set.spread) };
    case 'factor':
      return { ...set, centre: own(set.centre), factors: set.factors.map(own), rest: own(set.rest) };
    case 'scenarios':
    case 'support':
      return { ...set, centre: own(set.centre), points: set.points.map(own) };
    case 'wasserstein':
    case 'wasserstein-exact':
      return { ...set, points: set.points.map(own) };
  }
}
