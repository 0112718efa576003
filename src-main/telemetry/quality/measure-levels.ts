import { LargestMagnitudes } from './largest-magnitudes.ts';
import type { QualitySource } from './quality-source.ts';
import { stretchSlots } from './stretch.ts';

/** How large the values of a whole series are, so that single errors do not move it. NaN where there are no values. */
export interface SeriesLevels {
  /** What all but a thousandth of the magnitudes stay below: a capacity. */
  capacity: number;
  /** What all but a hundredth stay below. */
  hundredth: number;
  /** The largest value. */
  highest: number;
}

/** One pass over the series. */
export function measureLevels({ shape, read }: QualitySource): SeriesLevels {
  const largest = new LargestMagnitudes(shape.length, 0.99);
  const step = stretchSlots(shape.stepMinutes);
  let highest = -Infinity;
  for (let from = 0; from < shape.length; from += step) {
    const { values } = read(from, Math.min(shape.length, from + step));
    largest.add(values);
    for (const value of values) if (value > highest) highest = value;
  }
  return { capacity: largest.below(0.999), hundredth: largest.below(0.99), highest };
}
