/** Does the set hold what it promises? Shares of held-out slots and days inside it, with honest intervals. */
import { clopperPearson } from '../base/statistics.ts';
import { clusterShare } from './cluster-share.ts';
import type { HeldOutRatios } from './held-out.ts';
import type { Coverage, MeasuredShare } from './types.ts';

const leastDays = 10;

/**
 * `perSlot` and `wholeDay` count days, so their intervals are exact binomial; `pooled` counts slots with days as clusters. A day
 * enters `wholeDay` only if every slot of it could be judged.
 */
export function measureCoverage({ days, slots, ratios }: HeldOutRatios, nominal: number): Coverage {
  const slotHits = new Array<number>(slots).fill(0);
  const slotTrials = new Array<number>(slots).fill(0);
  const dayHits = new Array<number>(days.length).fill(0);
  const dayTrials = new Array<number>(days.length).fill(0);
  for (let at = 0; at < ratios.length; at++) {
    if (Number.isNaN(ratios[at]!)) continue;
    const slot = at % slots;
    const day = Math.floor(at / slots);
    const hit = Math.abs(ratios[at]!) <= 1 ? 1 : 0;
    slotHits[slot]! += hit;
    slotTrials[slot]! += 1;
    dayHits[day]! += hit;
    dayTrials[day]! += 1;
  }
  const whole = dayTrials.filter((trials) => trials === slots).length;
  const wholeHits = dayHits.filter((hits) => hits === slots).length;
  const pooled = clusterShare(dayHits, dayTrials);
  const judgedDays = dayTrials.filter((trials) => trials > 0).length;
  const agrees = pooled.lower <= nominal && nominal <= pooled.upper;
  return {
    nominal,
    days,
    perSlot: exactIntervals(slotHits, slotTrials),
    pooled,
    wholeDay: clopperPearson(wholeHits, whole),
    verdict: judgedDays < leastDays ? 'too-few' : agrees ? 'agrees' : 'disagrees',
  };
}

/** Few different counts occur among the slots, and an exact interval is dear. */
function exactIntervals(hits: readonly number[], trials: readonly number[]): MeasuredShare[] {
  const known = new Map<string, MeasuredShare>();
  return hits.map((count, slot) => {
    const key = `${count}/${trials[slot]!}`;
    const found = known.get(key) ?? clopperPearson(count, trials[slot]!);
    known.set(key, found);
    return found;
  });
}
