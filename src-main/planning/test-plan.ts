/**
 * A finished plan against thousands of days drawn from real error days: whole days with replacement, so that correlation in time
 * and among load, wind and aggregators is kept.
 *
 * Drawing more days than there are does not add evidence, so the confidence interval is that of the distinct real days, not of the
 * draws (days as the sampling unit).
 */
import { clopperPearson } from '../base/statistics.ts';
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import type { FittedSet, MeasuredShare } from '../uncertainty/types.ts';
import { simulate } from '../verify/simulate.ts';
import type { OutOfSample } from '../verify/types.ts';
import { deviationDays } from './deviation-days.ts';

const drawnDays = 5000;

export function testPlan(problem: V2gProblem, schedule: V2gSchedule, set: FittedSet, seed: number): OutOfSample {
  const days = deviationDays(set);
  const measured = simulate(problem, schedule, { kind: 'resampled', days }, { days: drawnDays, seed });
  const honest = (share: MeasuredShare): MeasuredShare => {
    const evidence = clopperPearson(Math.round(share.share * days.length), days.length);
    return { ...share, lower: Math.min(evidence.lower, share.share), upper: Math.max(evidence.upper, share.share) };
  };
  return { ...measured, anyViolation: honest(measured.anyViolation), largestSingle: honest(measured.largestSingle) };
}
