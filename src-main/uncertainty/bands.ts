/** Quantiles of past errors for the fan of the forecast: central bands of 20, 40, 60 and 80 % (the outermost is 10…90 %). */
import { quantileSorted } from '../base/statistics.ts';
import type { ResidualTable } from './component-input.ts';
import type { LevelScale } from './level-scale.ts';
import type { ComponentSet, IntervalShape } from './types.ts';

const shares = [0.2, 0.4, 0.6, 0.8];

/** Offsets around the centre [slot]; flagged errors take no part. `scale` is the one of the fitted interval. */
export function errorBands(
  { slots, errors, levels, flagged }: ResidualTable,
  centreKw: ArrayLike<number>,
  shape: IntervalShape,
  scale: LevelScale,
): ComponentSet['bands'] {
  const sound = (from: number, step: number): Float64Array => {
    const kept = new Float64Array(Math.ceil((errors.length - from) / step));
    let count = 0;
    for (let at = from; at < errors.length; at += step) {
      if (!flagged[at]) kept[count++] = errors[at]! / scale(levels[at]!, at % slots);
    }
    return kept.subarray(0, count).sort();
  };
  const pooled = shape === 'level' ? sound(0, 1) : null;
  const perSlot = Array.from({ length: slots }, (_, slot) => pooled ?? sound(slot, slots));
  const offsets = (p: number) =>
    perSlot.map((sorted, slot) => (sorted.length === 0 ? 0 : quantileSorted(sorted, p) * scale(centreKw[slot]!, slot)));
  return shares.map((share) => ({ share, lowerKw: offsets((1 - share) / 2), upperKw: offsets((1 + share) / 2) }));
}
