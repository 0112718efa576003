/**
 * How far a day went, in the directions in which a plan meets a deviation: the total of each slot, and its running sum from the start of
 * the day to each slot (energy that somebody had to store). The score is the largest share of the set's own reach, seen from its centre,
 *
 *   score = max_a (aᵀζ − aᵀμ) / (σ(a) − aᵀμ),      a ∈ { e_t } ∪ { e_1 + … + e_t }
 *
 * so the day lies within the set in every one of these directions exactly when its score is at most 1, and the set stretched by s about
 * its centre holds it when the score is at most s.
 */
import type { SupportFunction } from './day-fitter.ts';
import type { UncertaintySet } from './day-set.ts';

export interface LimitReach {
  /** σ(e_t) and σ(e_1 + … + e_t) [slot], kW. */
  slot: Float64Array;
  running: Float64Array;
  /** The centre in the same directions. */
  centreSlot: Float64Array;
  centreRunning: Float64Array;
}

/** @param total a set of totals (`totalSet`). */
export function limitReach(total: UncertaintySet, slots: number, worstCase: SupportFunction): LimitReach {
  const centre = 'centre' in total ? total.centre : new Array<number>(slots).fill(0);
  const reach: LimitReach = {
    slot: new Float64Array(slots),
    running: new Float64Array(slots),
    centreSlot: Float64Array.from(centre),
    centreRunning: new Float64Array(slots),
  };
  const one = new Array<number>(slots).fill(0);
  const many = new Array<number>(slots).fill(0);
  let sum = 0;
  for (let slot = 0; slot < slots; slot++) {
    one[slot] = 1;
    many[slot] = 1;
    reach.slot[slot] = worstCase(total, one);
    reach.running[slot] = worstCase(total, many);
    sum += centre[slot]!;
    reach.centreRunning[slot] = sum;
    one[slot] = 0;
  }
  return reach;
}

export function limitScore(reach: LimitReach, total: ArrayLike<number>): number {
  let score = -Infinity;
  let sum = 0;
  for (let slot = 0; slot < total.length; slot++) {
    sum += total[slot]!;
    score = Math.max(
      score,
      share(total[slot]!, reach.centreSlot[slot]!, reach.slot[slot]!),
      share(sum, reach.centreRunning[slot]!, reach.running[slot]!),
    );
  }
  return score;
}

/** Where the set does not move, any step beyond it is endless. */
function share(value: number, centre: number, most: number): number {
  const step = value - centre;
  const room = most - centre;
  if (room > 1e-9) return step / room;
  return step <= 1e-9 ? 0 : Infinity;
}
