/**
 * How doubtful data enters a set: it never shapes it, and it can only widen it.
 *
 * Let F be the flagged (day, slot) pairs of the window and C a cap that does not depend on F (`errorCap`). A sound error counts
 * with min(|e|, C); a flagged or missing one counts as C, the largest credible error, whatever number the file holds. So
 * flagging one more pair replaces one score by one at least as large, and every statistic used here (root mean square, rank)
 * is nondecreasing in each score. On top, the half-width is multiplied by
 *
 *   w_s(F) = 1 + Σ_{(d,s) ∈ F} 2^(−age_d/h) / Σ_d 2^(−age_d/h) + [forecast of slot s rests on replaced values],   h = 14 days,
 *
 * nondecreasing in F as well. Hence F ⊆ F' implies halfWidth(F) ≤ halfWidth(F'), exactly; and a false error of any size moves
 * the set by no more than C does.
 */
import { selectRank } from '../base/select-rank.ts';

const halfLifeDays = 14;
const capSample = 4096;

/** Factor ≥ 1 per slot for rows `from` … `to` − 1 of flags [row · slots + slot]; the newest row is the last. */
export function wideningFactor(
  flagged: Uint8Array,
  slots: number,
  from: number,
  to: number,
  doubtfulSlots: readonly number[],
): Float64Array {
  const factor = new Float64Array(slots).fill(1);
  let total = 0;
  for (let row = from; row < to; row++) total += 0.5 ** ((to - row) / halfLifeDays);
  for (let row = from; row < to; row++) {
    const weight = 0.5 ** ((to - row) / halfLifeDays) / total;
    for (let slot = 0; slot < slots; slot++) if (flagged[row * slots + slot]) factor[slot]! += weight;
  }
  for (const slot of doubtfulSlots) factor[slot]! += 1;
  return factor;
}

/**
 * The largest credible size among known scores (flagged or not; NaN = unknown): four robust standard deviations
 * (1.4826 · median), or twice the 95 % quantile where scores are mostly zero. Robust to one false value in twenty.
 */
export function errorCap(scores: Float64Array): number {
  const stride = Math.max(1, Math.floor(scores.length / capSample));
  const sample = new Float64Array(Math.ceil(scores.length / stride));
  let count = 0;
  for (let at = 0; at < scores.length; at += stride) if (Number.isFinite(scores[at]!)) sample[count++] = scores[at]!;
  if (count === 0) return 0;
  const middle = selectRank(sample, count >> 1, count);
  const high = selectRank(sample, Math.floor(0.95 * (count - 1)), count);
  return Math.max(4 * 1.4826 * middle, 2 * high);
}
