/**
 * Does a day set keep its promise? Rolling origin as in held-out.ts: at least the last third of the days is judged, each run of them by a
 * set fitted on earlier days only, the day before left out as at the gate, fitted again at most twelve times.
 */
import { clopperPearson } from '../base/statistics.ts';
import type { Steps } from '../base/steps.ts';
import { clusterShare } from './cluster-share.ts';
import type { DayFitter, DayWish } from './day-fitter.ts';
import type { DaySetFit, SetEvidence, SetGuarantee } from './day-set.ts';
import { totalOfDay, type JointDays } from './joint-days.ts';
import { limitReach, limitScore, type LimitReach } from './limit-scores.ts';
import { totalSet } from './total-set.ts';
import type { MeasuredShare } from './types.ts';

const mostRefits = 12;
export const leastDayHistory = 20;
const leastJudged = 10;

/** A held-out day beside what was promised for it. */
export interface JudgedDay {
  day: string;
  /** ζ_t [slot], kW. */
  total: Float64Array;
  reach: LimitReach;
}

/** One refit a step. */
export function* judgeDays(past: JointDays, fitter: DayFitter, wish: DayWish): Steps<JudgedDay[]> {
  const { days, slots } = past;
  const first = Math.max(leastDayHistory + 1, days.length - Math.max(leastJudged, Math.ceil(days.length / 3)));
  const run = Math.max(1, Math.ceil((days.length - first) / mostRefits));
  const judged: JudgedDay[] = [];
  for (let start = first; start < days.length; start += run) {
    const fitted = fitter({ ...past, days: days.slice(0, start - 1) }, wish);
    for (const { day, deviation, forecast } of days.slice(start, start + run)) {
      const reach = limitReach(totalSet(fitted(forecast).set, slots), slots, wish.worstCase);
      judged.push({ day, total: totalOfDay(deviation, slots), reach });
    }
    yield;
  }
  return judged;
}

export function evidenceOf(guarantee: SetGuarantee, judged: readonly JudgedDay[], slots: number): SetEvidence {
  const inside = judged.map(({ total, reach }) => Array.from(total, (kw, slot) => kw <= reach.slot[slot]! + 1e-9));
  const slotHits = Array.from({ length: slots }, (_, slot) => inside.filter((day) => day[slot]).length);
  const limits = clusterShare(
    inside.map((day) => day.filter(Boolean).length),
    inside.map(() => slots),
  );
  const wholeHits = judged.filter(({ total, reach }) => limitScore(reach, total) <= 1 + 1e-9).length;
  const measured = {
    days: judged.length,
    perSlot: slotHits.map((hits) => clopperPearson(hits, judged.length)),
    limits,
    wholeDay: clopperPearson(wholeHits, judged.length),
  };
  return {
    guarantee,
    measured,
    verdict: verdictOf(guarantee, guarantee.event === 'day' ? measured.wholeDay : limits, judged.length),
  };
}

/** 'breaks' when even the upper end of what was measured is below the promise; 'exceeds' when the lower end is above it. */
export function verdictOf(
  { probability }: SetGuarantee,
  measured: MeasuredShare,
  days: number,
): SetEvidence['verdict'] {
  if (days < leastJudged || probability === null) return 'too-few';
  if (measured.upper < probability) return 'breaks';
  return measured.lower > probability ? 'exceeds' : 'keeps';
}

export const heldOutPromises = (judged: readonly JudgedDay[]): DaySetFit['heldOut'] =>
  judged.map(({ day, reach }) => ({ day, promisedKw: Array.from(reach.slot) }));
