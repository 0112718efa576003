/** A day planned with each kind of set, and with each step of adaptivity. Money in `currency`, power kW; nothing of it is stored. */
import { z } from 'zod';
import { worstCaseDay } from './plan-evidence.ts';
import { isoDay, measured, measuredShare, numbers } from './series.ts';
import { daySetView, setKind } from './uncertainty.ts';

/** One kind of set on one day, beside the others; numbers are NaN unless it is solved. */
export const comparedSet = z.object({
  kind: setKind,
  state: z.enum(['solved', 'failed', 'cancelled']),
  problem: z.string(),
  set: daySetView.nullable(),
  totalCost: measured,
  /** Out-of-sample days with any violation, and the mean unserved energy. */
  anyViolation: measuredShare,
  expectedUnservedKwh: measured,
  worstCase: worstCaseDay.nullable(),
  /** In which form the chance constraint of a ball was stated, and why; null for other sets. */
  chance: z.string().nullable(),
  fitMs: z.number(),
  solveMs: z.number(),
});
export const setComparison = z.object({
  day: isoDay,
  currency: z.string(),
  protection: z.number(),
  rows: z.array(comparedSet),
});
export type SetComparisonPayload = z.infer<typeof setComparison>;

/** One step of adaptivity: what is minimised lies between `lower` and `upper`, NaN where nothing was found (`problem` says why). */
export const recourseStep = z.object({
  recourse: z.enum(['static', 'affine', 'per-resource', 'adaptive']),
  lower: measured,
  upper: measured,
  seconds: z.number(),
  rounds: z.number(),
  problem: z.string(),
});
export const recourseComparison = z.object({
  day: isoDay,
  currency: z.string(),
  steps: z.array(recourseStep),
  /** Total deviation of the worst day under full recourse [slot]; empty without one. */
  worstKw: numbers,
});
export type RecourseComparisonPayload = z.infer<typeof recourseComparison>;
