/** The worst day of a stored plan carried out again: whether it stands, whether a little more would break it, and whether it costs what was promised. */
import { replayCost } from '../../verify/replay-cost.ts';
import { replayDay, replayLimit } from '../../verify/replay-day.ts';
import { worstPlanDay } from '../../verify/worst-plan-day.ts';
import type { PlanRecord } from '../ports.ts';

/** How much further than the set goes the day is replayed besides. */
const stretch = 0.01;

export interface ReplayedDay {
  brokenSlots: number;
  firstSlot: number | null;
  /** The limit that breaks first, in words; empty when none does. */
  limit: string;
  unservedKwh: number;
  /** Slots in which other limits break, where each need hold with a probability only: the day is then that of one limit, and the others may give it up. 0 for days of a set. */
  givenUpSlots: number;
}

export interface WorstReplay {
  /** Null where no deviation is planned for. */
  asStored: ReplayedDay | null;
  /** The same day, every deviation larger by the share `stretch`. */
  further: ReplayedDay | null;
  stretch: number;
  cost: { replayed: number; planned: number; items: { key: string; label: string; amount: number }[] };
}

export function replayWorst({
  problem,
  schedule,
  check,
}: Pick<PlanRecord, 'problem' | 'schedule' | 'check'>): WorstReplay {
  const worst = check.worstCase === undefined ? worstPlanDay(problem, schedule) : check.worstCase;
  const at = (factor: number): ReplayedDay | null => {
    if (worst === null) return null;
    const day = { label: 'worst day', deviationKw: worst.deviationKw.map((own) => own.map((kw) => factor * kw)) };
    const { violatedSlots, firstSlot, limit, unservedKwh, givenUpSlots } =
      problem.uncertainty.set?.kind === 'wasserstein-exact'
        ? replayLimit(problem, schedule, day, worst)
        : { ...replayDay(problem, schedule, day), givenUpSlots: 0 };
    return { brokenSlots: violatedSlots.length, firstSlot, limit, unservedKwh, givenUpSlots };
  };
  const { total, items } = replayCost(problem, schedule);
  return {
    asStored: at(1),
    further: at(1 + stretch),
    stretch,
    cost: { replayed: total, planned: schedule.totalCost, items },
  };
}
