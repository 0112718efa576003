/**
 * The set of sums over components: ζ_t = Σ_l ξ_{l,t}. Coordinates become the slots alone.
 *
 * Every kind stays of its kind. Exact for coefficients that are the same for all components of a slot and not negative, which is how a
 * plan meets a deviation (docs/method/v2g.md); a budget keeps its worst sum of a slot as the half-width of that slot.
 */
import type { UncertaintySet } from './day-set.ts';

export function totalSet(set: UncertaintySet, slots: number): UncertaintySet {
  switch (set.kind) {
    case 'interval':
      return { ...set, halfWidths: summed(set.halfWidths, slots) };
    case 'budget': {
      const components = set.halfWidths.length / slots;
      const halfWidths = Array.from({ length: slots }, (_, slot) => {
        const widths = Array.from({ length: components }, (__, l) => set.halfWidths[l * slots + slot]!);
        return largestSum(widths, set.protection);
      });
      return { ...set, halfWidths, protection: 1 };
    }
    case 'ellipsoid':
    case 'moment':
      return {
        ...set,
        centre: summed(set.centre, slots),
        factors: set.factors.map((factor) => summed(factor, slots)),
        spread: summed(
          set.spread.map((value) => value * value),
          slots,
        ).map(Math.sqrt),
      };
    case 'factor':
      return {
        ...set,
        centre: summed(set.centre, slots),
        factors: set.factors.map((factor) => summed(factor, slots)),
        rest: summed(set.rest, slots),
      };
    case 'scenarios':
    case 'support':
      return {
        ...set,
        centre: summed(set.centre, slots),
        points: set.points.map((point) => summed(point, slots)),
      };
    case 'wasserstein':
    case 'wasserstein-exact':
      return { ...set, points: set.points.map((point) => summed(point, slots)) };
  }
}

/** [component · slots + slot] → [slot] */
export function summed(values: readonly number[], slots: number): number[] {
  const totals = new Array<number>(slots).fill(0);
  values.forEach((value, j) => (totals[j % slots]! += value));
  return totals;
}

/** Σ of the ⌊count⌋ largest and a part of the next. */
export function largestSum(values: readonly number[], count: number): number {
  let left = count;
  let sum = 0;
  for (const value of values.toSorted((a, b) => b - a)) {
    sum += Math.min(1, Math.max(0, left)) * value;
    left -= 1;
  }
  return sum;
}
