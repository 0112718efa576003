/**
 * A share of slots with an interval that treats days as clusters.
 *
 * Errors within a day move together (hour-to-hour correlation 0.93–0.97 in load and wind), so the slots of a day are far fewer
 * observations than they seem. With D days of shares p_d the variance of their mean gives the effective number of independent
 * trials n* = p(1−p)/Var, reduced by (t_{n−1}/t_{D−1})²; the Clopper–Pearson interval is taken with n* trials (Korn and Graubard
 * 1998). Never more than the slots themselves; D trials when all days agree and no variance can be seen. Days are taken as
 * independent of each other, so a bad week still counts as seven.
 */
import { clopperPearson, standardDeviation, studentTQuantile } from '../base/statistics.ts';
import type { MeasuredShare } from './types.ts';

/** `hits[d]` of `trials[d]` slots in day d; days without trials are passed over. */
export function clusterShare(hits: readonly number[], trials: readonly number[]): MeasuredShare {
  const days = Array.from(hits.keys()).filter((day) => trials[day]! > 0);
  const allHits = days.reduce((sum, day) => sum + hits[day]!, 0);
  const allTrials = days.reduce((sum, day) => sum + trials[day]!, 0);
  if (days.length < 2 || allTrials === 0) return clopperPearson(allHits, allTrials);
  const share = allHits / allTrials;
  const shares = days.map((day) => hits[day]! / trials[day]!);
  const variance = standardDeviation(shares) ** 2 / days.length;
  const independent = ((share * (1 - share)) / variance) * tRatio(allTrials, days.length);
  const effective = variance === 0 ? days.length : Math.max(1, Math.min(allTrials, independent));
  const { lower, upper } = clopperPearson(share * effective, effective);
  return { hits: allHits, trials: allTrials, share, lower, upper };
}

function tRatio(trials: number, days: number): number {
  return (studentTQuantile(0.975, trials - 1) / studentTQuantile(0.975, days - 1)) ** 2;
}
