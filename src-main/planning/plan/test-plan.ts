/**
 * A finished plan against thousands of days drawn from days that the widths of its set were not made from (`unseenDays`): whole days
 * with replacement, so that correlation in time and among load, wind and aggregators is kept.
 *
 * Drawing more days than there are does not add evidence, so the confidence interval is that of the distinct held-out days, not of
 * the draws (days as the sampling unit). With fewer than ten of them, independent normal deviations stand in, and the result says so.
 */
import { clopperPearson, normalQuantile } from '../../base/statistics.ts';
import type { V2gProblem } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import type { SetKind } from '../../uncertainty/day-set.ts';
import { sizeOf } from '../../uncertainty/set-size.ts';
import type { FittedSet, MeasuredShare } from '../../uncertainty/types.ts';
import { simulate } from '../../verify/simulate.ts';
import type { OutOfSample } from '../../verify/types.ts';
import { unseenDays } from '../sets/deviation-days.ts';
import { promiseAtSize } from '../sets/promise-at-size.ts';

const drawnDays = 5000;
/** With fewer, nothing is told from real days. */
export const leastHeldOutDays = 10;

export function testPlan(problem: V2gProblem, schedule: V2gSchedule, set: FittedSet, seed: number): OutOfSample {
  const { daySet } = set;
  const planned = problem.uncertainty.set;
  if (daySet === undefined || planned?.kind !== daySet.kind)
    return testAgainst(problem, schedule, { set, kind: 'interval', seed });
  const test = testAgainst(problem, schedule, { set, kind: daySet.kind, seed });
  if (test.source === 'normal') return test;
  // A set of whole days has a bound of its own on the failure of one limit: what it does not promise.
  const failure = 1 - (promiseAtSize(daySet, sizeOf(planned, daySet)).probability ?? 0);
  return { ...test, bounds: { exponential: failure, binomial: failure } };
}

export interface TestDays {
  set: FittedSet;
  /** Whose held-out promises the errors are measured by; the days are the same for every size of a kind. */
  kind: SetKind;
  seed: number;
}

/** The bounds are those of the problem's protection. */
export function testAgainst(problem: V2gProblem, schedule: V2gSchedule, { set, kind, seed }: TestDays): OutOfSample {
  const days = unseenDays(set, kind);
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
  return { ...measured, anyViolation: honest(measured.anyViolation), largestSingle: honest(measured.largestSingle) };
}
