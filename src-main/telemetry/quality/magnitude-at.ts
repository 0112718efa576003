import { selectRank } from '../../base/select-rank.ts';

/** The value below which `share` of the finite magnitudes lie; NaN when there are none. `scratch` must be as long as the part. */
export function magnitudeAt(values: Float64Array, share: number, scratch: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isFinite(value)) scratch[count++] = Math.abs(value);
  return count === 0 ? NaN : selectRank(scratch, Math.floor(share * (count - 1)), count);
}
