/**
 * Split-conformal size of a shape: with n days the shape has not learnt from, exchangeable with the next one, the score of rank ⌈(n+1)δ⌉ is not
 * exceeded by the next day with probability at least δ, whatever the law (Vovk, Gammerman, Shafer 2005). The score is that of a whole
 * day (`limitScore`), so the promise is about whole days. Every second day shapes, the others calibrate: seasons are in both.
 */
import { conformalRank } from './conformal.ts';
import type { SetGuarantee } from './day-set.ts';
import type { JointDay, JointDays } from './joint-days.ts';

export interface Halves {
  shape: JointDays;
  calibration: JointDay[];
}

export function splitDays(past: JointDays): Halves {
  const newest = past.days.length - 1;
  return {
    shape: { ...past, days: past.days.filter((_, at) => (newest - at) % 2 === 0) },
    calibration: past.days.filter((_, at) => (newest - at) % 2 === 1),
  };
}

export interface CalibratedScale {
  scale: number;
  /** Ascending: the scale that would have held each calibration day. */
  scores: number[];
  guarantee: SetGuarantee;
}

export function calibrateScale(scores: readonly number[], nominal: number): CalibratedScale {
  const sorted = scores.toSorted((a, b) => a - b);
  const rank = conformalRank(sorted.length, nominal);
  const reached = Math.min(rank, sorted.length);
  const scale = Math.max(0, sorted[reached - 1] ?? 0);
  return {
    scale,
    scores: sorted,
    guarantee: {
      event: 'day',
      // With too few days the largest score stands in, and promises what its own rank does.
      probability: rank <= sorted.length ? nominal : sorted.length / (sorted.length + 1),
      source: `conformal, rank ${reached} of ${sorted.length} days`,
      assumes: 'The day is exchangeable with the days it was calibrated on.',
    },
  };
}

/**
 * What a scale other than the calibrated one promises: with r of n scores at or below it, the next day stays within it with probability at
 * least r/(n + 1), for its own score is equally likely to take any rank among the n + 1.
 */
export function promiseOfScale(scores: readonly number[], scale: number): number {
  const within = scores.filter((score) => score <= scale + 1e-12).length;
  return within / (scores.length + 1);
}
