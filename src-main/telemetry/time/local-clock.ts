/** Wall-clock times of one zone, in the order of a file, as instants. */
import type { Zone } from '../../base/zone.ts';

export interface LocalClock {
  /** The instant, or NaN for a wall clock that the spring change leaves out. */
  resolve(localMs: number): number;
  /** Times read as the second pass through the hour that autumn repeats. */
  readonly secondPasses: number;
}

/**
 * For regular values: a time that exists twice is the one nearer to where the file's own step leads from the row before, upward
 * or downward. So 02:00 … 02:45 written twice becomes summer time first, then winter time; and a row written twice by mistake
 * within that hour stays a duplicate.
 */
export function createLocalClock(zone: Zone, stepMs: number): LocalClock {
  let last = NaN;
  let direction = 0;
  let secondPasses = 0;
  return {
    get secondPasses() {
      return secondPasses;
    },
    resolve(localMs) {
      const found = zone.resolveLocal(localMs);
      if (found.kind === 'gap') return NaN;
      let utcMs: number;
      if (found.kind === 'once') utcMs = found.utcMs;
      else {
        const expected = last + (direction < 0 ? -stepMs : stepMs);
        const second = !Number.isNaN(last) && Math.abs(found.second - expected) < Math.abs(found.first - expected);
        utcMs = second ? found.second : found.first;
        if (second) secondPasses++;
      }
      if (direction === 0 && !Number.isNaN(last) && utcMs !== last) direction = Math.sign(utcMs - last);
      last = utcMs;
      return utcMs;
    },
  };
}
