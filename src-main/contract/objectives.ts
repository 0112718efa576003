/** What a plan is made for, what it is worth by each objective, and what each sacrifices. Money in `currency`, loss kWh, deviation kW, renewables %. */
import { z } from 'zod';
import { isoDay, measured } from './series.ts';

export const objectiveKind = z.enum(['cost', 'generation', 'loss', 'deviation', 'renewables']);
export type ObjectiveKindPayload = z.infer<typeof objectiveKind>;

/** What is not named is left to the cost, which comes last of all. */
export const objectiveWish = z.discriminatedUnion('rule', [
  z.object({
    rule: z.literal('lexicographic'),
    /** While one is optimised each before it may give way by `tolerance`, a share of its limit. */
    order: z
      .array(z.object({ objective: objectiveKind, tolerance: z.number().min(0).max(1) }))
      .min(1)
      .max(5),
  }),
  z.object({
    rule: z.literal('weighted'),
    /** Of a whole way from best to nadir; no unit. */
    weights: z
      .array(z.object({ objective: objectiveKind, weight: z.number().min(0) }))
      .min(1)
      .max(5),
  }),
]);
export type ObjectiveWishPayload = z.infer<typeof objectiveWish>;

export const planObjectives = z.object({
  /** Null: the cost alone. */
  wish: objectiveWish.nullable(),
  values: z.array(z.object({ objective: objectiveKind, value: measured })),
  /** What each reached in its turn, and what it had to keep from then on; null: it was the last. */
  steps: z.array(
    z.object({
      objective: objectiveKind,
      reached: z.number(),
      kept: z.number().nullable(),
      /** Where time ran out first: no plan is better than this; null where that is not known. */
      atBest: z.number().nullable().optional(),
    }),
  ),
  /** Of a weighted sum: the range each objective was measured by. */
  ranges: z.array(z.object({ objective: objectiveKind, weight: z.number(), best: z.number(), nadir: z.number() })),
  /** Generation by the quadratic cost itself, and by how much its chords may lie above it at most. */
  quadratic: z.object({ exact: z.number(), mostAbove: z.number() }).nullable(),
  /** What an AC power flow of the plan loses; null without a feeder. */
  acLossKwh: measured.nullable(),
});

export const objectiveComparison = z.object({
  day: isoDay,
  currency: z.string(),
  /** Columns of the table. */
  kinds: z.array(objectiveKind),
  /** For each objective the cheapest plan that is best in it, and what that plan is worth by every other [kinds]. */
  lines: z.array(
    z.object({
      objective: objectiveKind,
      /** limited: time ran out first; the plan is the best there was time for. */
      state: z.enum(['solved', 'limited', 'failed']),
      problem: z.string(),
      values: z.array(measured),
      /** Of a limited line: no plan is better in the objective than this; NaN where that is not known. */
      atBest: measured,
      /** NaN without a feeder. */
      acLossKwh: measured,
      passed: z.boolean(),
    }),
  ),
  missing: z.array(z.object({ objective: objectiveKind, why: z.string() })),
  seconds: z.number(),
});
export type ObjectiveComparisonPayload = z.infer<typeof objectiveComparison>;
