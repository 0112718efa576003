/**
 * Does a margin keep its promise on days it has not seen? For each rule: on how many held-out days the shortfall −ξ exceeds the
 * margin, beside the accepted risk ε.
 *
 * Rolling origin as in `held-out.ts`: at least the last third of the days is held out, and every run of held-out days is judged by
 * margins made from earlier days only, the day before left out as at the gate; margins are renewed at most twelve times.
 */
import { Refusal } from '../base/errors.ts';
import { clopperPearson, mean, standardDeviation } from '../base/statistics.ts';
import { clusterShare } from './cluster-share.ts';
import { commonDays, type ErrorHistory } from './moments.ts';
import type { MeasuredShare } from './types.ts';

const leastFitDays = 10;
const leastHeldOut = 10;
const mostRefits = 12;

export interface MarginEvidence {
  mean: number;
  deviation: number;
  samples: readonly number[];
}

export interface MarginRule {
  name: string;
  /** Reserve against errors below the centre, kW, from the errors of one slot on earlier days. */
  marginKw: (evidence: MarginEvidence) => number;
}

export interface ViolationAudit {
  name: string;
  /** ε */
  acceptedRisk: number;
  /** Held-out days. */
  days: string[];
  /** Share of days violating, per slot of the day. */
  perSlot: MeasuredShare[];
  /** All slots together, days as clusters. */
  pooled: MeasuredShare;
  /** Days with a violation in any slot. */
  anySlot: MeasuredShare;
  /** Mean over held-out days and slots. */
  meanMarginKw: number;
  /**
   * Of the pooled share: 'breaks' when its interval lies above ε, 'keeps' when it lies at or below, 'unproven' when ε is inside. The
   * risk is promised for every slot: look at the worst of `perSlot` too.
   */
  verdict: 'keeps' | 'breaks' | 'unproven';
}

/** @throws Refusal `too-little-history` when fewer than ten days would be left to judge; `out-of-range` for ε outside (0, 1). */
export function auditViolations(
  history: ErrorHistory,
  rules: readonly MarginRule[],
  acceptedRisk: number,
): ViolationAudit[] {
  if (!(acceptedRisk > 0 && acceptedRisk < 1))
    throw new Refusal('out-of-range', { what: 'The accepted risk', value: acceptedRisk, range: 'above 0 and below 1' });
  const days = commonDays([history]);
  const firstRow = Math.max(leastFitDays + 1, days.length - Math.max(leastHeldOut, Math.ceil(days.length / 3)));
  if (days.length - firstRow < leastHeldOut)
    throw new Refusal('too-little-history', {
      days: days.length,
      kind: history.id,
      needed: leastFitDays + 1 + leastHeldOut,
    });
  const byDay = new Map(history.residuals.map(({ day, errorKw }) => [day, errorKw]));
  const errors = days.map((day) => byDay.get(day)!);
  return rules.map((rule) => auditRule(rule, errors, days.slice(firstRow), firstRow, acceptedRisk));
}

function auditRule(
  { name, marginKw }: MarginRule,
  errors: readonly (readonly number[])[],
  days: string[],
  firstRow: number,
  acceptedRisk: number,
): ViolationAudit {
  const slots = errors[0]!.length;
  const slotHits = new Array<number>(slots).fill(0);
  const dayHits = new Array<number>(days.length).fill(0);
  const run = Math.max(1, Math.ceil(days.length / mostRefits));
  let marginSum = 0;
  for (let start = firstRow; start < errors.length; start += run) {
    const end = Math.min(errors.length, start + run);
    for (let slot = 0; slot < slots; slot++) {
      const samples = errors.slice(0, start - 1).map((errorKw) => errorKw[slot]!);
      const margin = marginKw({ mean: mean(samples), deviation: standardDeviation(samples), samples });
      marginSum += margin * (end - start);
      for (let row = start; row < end; row++)
        if (-errors[row]![slot]! > margin) {
          slotHits[slot]! += 1;
          dayHits[row - firstRow]! += 1;
        }
    }
  }
  const pooled = clusterShare(
    dayHits,
    dayHits.map(() => slots),
  );
  return {
    name,
    acceptedRisk,
    days,
    perSlot: slotHits.map((hits) => clopperPearson(hits, days.length)),
    pooled,
    anySlot: clopperPearson(dayHits.filter((hits) => hits > 0).length, days.length),
    meanMarginKw: marginSum / (days.length * slots),
    verdict: pooled.lower > acceptedRisk ? 'breaks' : pooled.upper <= acceptedRisk ? 'keeps' : 'unproven',
  };
}
