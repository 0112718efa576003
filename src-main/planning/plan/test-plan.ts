/**
 * A finished plan against thousands of days drawn from days that the widths of its set were not made from (`heldOutDays`): whole days
 * with replacement, so that correlation in time and among load, wind and aggregators is kept.
 *
 * Drawing more days than there are does not add evidence, so the confidence interval is that of the distinct held-out days, not of
 * the draws (days as the sampling unit). With fewer than ten of them, independent normal deviations stand in, and the result says so.
 */
import { clopperPearson, normalQuantile } from '../../base/statistics.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { FittedSet, MeasuredShare } from '../../uncertainty/types.ts';
import { simulate } from '../../verify/simulate.ts';
import type { OutOfSample } from '../../verify/types.ts';
import { heldOutDays, heldOutWholeDays } from '../sets/deviation-days.ts';

const drawnDays = 5000;
/** With fewer, nothing is told from real days. */
export const leastHeldOutDays = 10;

export function testPlan(problem: V2gProblem, schedule: V2gSchedule, set: FittedSet, seed: number): OutOfSample {
  const { daySet } = set;
  const wholeDays = daySet !== undefined && problem.uncertainty.set?.kind === daySet.kind;
  const days = wholeDays ? heldOutWholeDays(set, daySet) : heldOutDays(set);
  const size = { days: drawnDays, seed };
  if (days.length < leastHeldOutDays) {
    const deviations = normalQuantile((1 + set.nominal) / 2);
    const sdKw = set.components.map(({ halfWidthKw }) => halfWidthKw.map((kw) => kw / deviations));
    return simulate(problem, schedule, { kind: 'normal', sdKw }, size);
  }
  const measured = simulate(problem, schedule, { kind: 'resampled', days }, size);
  const honest = (share: MeasuredShare): MeasuredShare => {
    const evidence = clopperPearson(Math.round(share.share * days.length), days.length);
    return { ...share, lower: Math.min(evidence.lower, share.share), upper: Math.max(evidence.upper, share.share) };
  };
  // A set of whole days has a bound of its own on the failure of one limit: what it does not promise.
  const failure = 1 - (wholeDays ? (daySet.evidence.guarantee.probability ?? 0) : 0);
  const bounds = wholeDays ? { exponential: failure, binomial: failure } : measured.bounds;
  return {
    ...measured,
    bounds,
    anyViolation: honest(measured.anyViolation),
    largestSingle: honest(measured.largestSingle),
  };
}
