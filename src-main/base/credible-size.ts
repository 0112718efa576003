import { selectRank } from './select-rank.ts';

const sampleSize = 4096;

/**
 * The largest size of an error that is still credible among `sizes` (all ≥ 0; NaN: unknown, passed over): four robust standard
 * deviations (1.4826 · median), or twice the 95 % quantile where most sizes are near zero. One false value in twenty does not
 * move it far. Long inputs are sampled evenly. 0 when nothing is known.
 */
export function credibleSize(sizes: Float64Array): number {
  const stride = Math.max(1, Math.floor(sizes.length / sampleSize));
  const sample = new Float64Array(Math.ceil(sizes.length / stride));
  let count = 0;
  for (let at = 0; at < sizes.length; at += stride) if (Number.isFinite(sizes[at]!)) sample[count++] = sizes[at]!;
  if (count === 0) return 0;
  const middle = selectRank(sample, count >> 1, count);
  const high = selectRank(sample, Math.floor(0.95 * (count - 1)), count);
  return Math.max(4 * 1.4826 * middle, 2 * high);
}
