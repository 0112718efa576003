/**
 * Reserve by a box: a share s of the greatest shortfall seen in the slot, as robust optimisation takes it with s = 1. To compare it
 * with a chance constraint fairly, s is made as small as it may be for the measured violation on held-out days to be no greater.
 */
import type { ErrorHistory } from '../../uncertainty/moments.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import { auditViolations } from '../../uncertainty/violation-audit.ts';

interface Evidence {
  mean: number;
  deviation: number;
  samples: readonly number[];
}
/** Margin of a slot, kW, from the errors seen there. */
export type MarginOf = (evidence: Evidence) => number;

/** `samples` are actual − forecast: a shortfall is negative. */
export const boxMargin =
  (share: number): MarginOf =>
  ({ samples }) =>
    Math.max(0, share * Math.max(...samples.map((error) => -error)));

/** All slots of the held-out days together. @throws Refusal `too-little-history` */
export function violationOf(history: ErrorHistory, marginOf: MarginOf, epsilon: number): MeasuredShare {
  const [audit] = auditViolations(history, [{ name: 'margin', marginKw: marginOf }], epsilon);
  return audit!.pooled;
}

const mostShare = 4;
const halvings = 16;

/** Least s, to mostShare / 2^16, whose violation is at most `share`; a share no box keeps gives the largest tried. */
export function matchBox(history: ErrorHistory, share: number, epsilon: number): number {
  let [low, high] = [0, mostShare];
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (violationOf(history, boxMargin(middle), epsilon).share <= share) high = middle;
    else low = middle;
  }
  return high;
}
