import type { SeriesLevels } from './measure-levels.ts';
import type { QualitySource, SeriesShape } from './quality-source.ts';

/** Equal values one after the other: slots [from, to). */
export interface EqualRun {
  from: number;
  to: number;
  value: number;
}

export interface EqualRuns {
  /** Length from which a run is longer than chance explains. */
  needed: number;
  /** Suspect runs that reach from one stretch into the next; the others lie within one. In order. */
  crossing: EqualRun[];
}

const fewestValues = 4;
/** A run counts as frozen when fewer than this many such runs are expected in the whole series. */
const expectedByChance = 0.001;
/** Longer runs are what is looked for; they may not teach the rule that repeating is normal. */
const longestOrdinaryRun = 10;

/**
 * How long a run of equal values must be to be no chance follows from how often neighbours are equal in this very series
 * (probability p): n·p^(L−1) < 0.001, and at least four values. One pass over the series,
 * in stretches of `step` slots.
 */
export function measureEqualRuns({ shape, read }: QualitySource, levels: SeriesLevels, step: number): EqualRuns {
  const long: EqualRun[] = [];
  let equal = 0;
  let [begun, held] = [0, NaN];
  const close = (to: number): void => {
    const length = to - begun;
    if (length < 2 || isOrdinary(shape, levels, held)) return;
    if (length <= longestOrdinaryRun) equal += length - 1;
    const crosses = Math.floor(begun / step) !== Math.floor((to - 1) / step);
    if (crosses && length >= fewestValues) long.push({ from: begun, to, value: held });
  };
  for (let from = 0; from < shape.length; from += step) {
    const { values } = read(from, Math.min(shape.length, from + step));
    for (let i = 0; i < values.length; i++) {
      if (values[i] === held) continue;
      close(from + i);
      begun = from + i;
      held = values[i]!;
    }
  }
  close(shape.length);
  const chance = equal / Math.max(1, shape.length);
  const needed =
    chance === 0
      ? fewestValues
      : Math.max(fewestValues, 1 + Math.log(expectedByChance / shape.length) / Math.log(chance));
  return { needed, crossing: long.filter(({ from, to }) => to - from >= needed) };
}

/** Wind repeats itself rightly in calm and at full output. */
export function isOrdinary(shape: SeriesShape, { highest }: SeriesLevels, value: number): boolean {
  return shape.kind.startsWith('wind') && (value === 0 || value >= 0.99 * highest);
}
