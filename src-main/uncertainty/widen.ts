/**
 * How doubtful data enters a set: it never shapes it, and it can only widen it.
 *
 * Let F be the flagged (day, slot) pairs of the window and C a cap that does not depend on F (`credibleSize`). A sound error counts
 * with min(|e|, C); a flagged or missing one counts as C, the largest credible error, whatever number the file holds. So
 * flagging one more pair replaces one score by one at least as large, and every statistic used here (root mean square, rank)
 * is nondecreasing in each score. On top, the half-width is multiplied by
 *
 *   w_s(F) = 1 + Σ_{(d,s) ∈ F} 2^(−age_d/h) / Σ_d 2^(−age_d/h) + [forecast of slot s rests on replaced values],   h = 14 days,
 *
 * nondecreasing in F as well. Hence F ⊆ F' implies halfWidth(F) ≤ halfWidth(F'), exactly; and a false error of any size moves
 * the set by no more than C does.
 */
const halfLifeDays = 14;

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
