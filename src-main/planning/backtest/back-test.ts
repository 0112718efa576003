/**
 * "This plan on the last 60 real days": the errors of each day as they were, replayed against the plan as it stands. The set has
 * learnt from these days; what it is worth on days it has not seen is measured by `test-plan.ts`.
 */
import { clopperPearson } from '../../base/statistics.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import { replayDay } from '../../verify/simulate.ts';
import { pastErrorDays } from '../sets/deviation-days.ts';
import type { PlanRecord, SetRecord } from '../ports.ts';

export interface BackTest {
  days: { day: string; unservedKwh: number; violatedSlots: number; firstSlot: number | null }[];
  violated: MeasuredShare;
}

/** The newest `days` usable days, oldest first; fewer when the history is shorter. */
export function backTest(plan: PlanRecord, set: SetRecord, days: number): BackTest {
  const outcomes = pastErrorDays(set.set)
    .slice(-days)
    .map((day) => replayDay(plan.problem, plan.schedule, day));
  const violated = outcomes.filter((outcome) => outcome.violatedSlots.length > 0).length;
  return {
    days: outcomes.map((outcome) => ({
      day: outcome.label,
      unservedKwh: outcome.unservedKwh,
      violatedSlots: outcome.violatedSlots.length,
      firstSlot: outcome.firstSlot,
    })),
    violated: clopperPearson(violated, outcomes.length),
  };
}
