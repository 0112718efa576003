/**
 * Market plans: prices as a chain, policies against its doubt, bids, and what both would have earned. Prices and fees in `currency` per
 * MWh, energy kWh at the grid (bought positive) unless said, money in `currency`; [slot] of the payload's hours, [state] ascending in price.
 */
import { z } from 'zod';
import { horizonPayload, isoDay, measured, numbers } from './series.ts';

export const ambiguityKind = z.enum(['nominal', 'scenario', 'interval', 'l1', 'likelihood', 'entropy', 'ellipsoid']);
export type AmbiguityKindPayload = z.infer<typeof ambiguityKind>;

export const marketOptions = z.object({
  day: isoDay,
  ambiguity: ambiguityKind,
  /** That a row of the chain lies in its set. */
  confidence: z.number().min(0.5).max(0.999),
  windowDays: z.number().int().min(40).max(1500),
  /** The last days of the window, held out for the replay. */
  testDays: z.number().int().min(1).max(400),
  /** Price states of an hour; null: as many as the data bear. */
  states: z.number().int().min(2).max(12).nullable(),
  imbalancePerMwh: z.number().min(0).max(10_000),
  /** What-if: rows of an hour and state, held with a confidence of their own. */
  rows: z
    .array(
      z.object({
        hour: z.number().int().min(0).max(23),
        state: z.number().int().min(0).max(11),
        confidence: z.number().min(0.5).max(0.999),
      }),
    )
    .max(288)
    .optional(),
});
export type MarketOptionsPayload = z.infer<typeof marketOptions>;

export const defaultMarket: Readonly<Omit<MarketOptionsPayload, 'day'>> = {
  ambiguity: 'likelihood',
  confidence: 0.9,
  windowDays: 365,
  testDays: 56,
  states: null,
  imbalancePerMwh: 50,
};

export const marketSummary = z.object({
  id: z.string(),
  day: isoDay,
  currency: z.string(),
  ambiguity: ambiguityKind,
  confidence: z.number(),
  guaranteed: z.number(),
  createdAtMs: z.number(),
  passed: z.boolean(),
});

const meanInterval = z.object({ days: z.number(), mean: measured, lower: measured, upper: measured });
const homogeneity = z.object({
  parts: z.array(z.string()),
  statistic: z.number(),
  degreesOfFreedom: z.number(),
  pValue: z.number(),
});

export const marketRow = z.object({
  /** Moves seen. */
  counts: numbers,
  /** What the set lies around; the exact interval of each share; the adversary's answer at the expected energy. [next state] */
  estimate: numbers,
  lower: numbers,
  upper: numbers,
  worst: numbers,
  radius: z.number(),
});
export type MarketRowPayload = z.infer<typeof marketRow>;

export const pastDay = z.object({
  day: isoDay,
  pricePerMwh: numbers,
  states: numbers,
  nominalKwh: numbers,
  robustKwh: numbers,
  nominalMoney: z.number(),
  robustMoney: z.number(),
  bidMoney: z.number(),
  hindsightMoney: z.number(),
});

export const marketView = z.object({
  id: z.string(),
  day: isoDay,
  currency: z.string(),
  horizon: horizonPayload,
  wish: marketOptions,
  seriesName: z.string(),
  states: z.number(),
  /** Null where the number of states was given. */
  choice: z
    .object({
      states: z.number(),
      scores: z.array(z.object({ states: z.number(), logDensity: z.number(), standardError: z.number() })),
      withoutMemory: z.number(),
    })
    .nullable(),
  checks: z.object({
    halves: homogeneity,
    seasons: homogeneity.nullable(),
    rowCounts: z.object({ least: z.number(), median: z.number(), most: z.number() }),
    sparseRows: z.number(),
    rows: z.number(),
  }),
  learntDays: z.number(),
  leftOut: z.object({ clockChanges: z.array(z.string()), incomplete: z.array(z.string()) }),
  /** Upper ends of all states but the highest, mean price and chance of each state [slot]. */
  edges: z.array(numbers),
  pricePerMwh: z.array(numbers),
  stateShare: z.array(numbers),
  /** [slot][state] */
  rows: z.array(z.array(marketRow)),
  battery: z.object({
    levels: z.number(),
    stepKwh: z.number(),
    /** Energy of level 0, against the start of the day. */
    offsetKwh: z.number(),
    startLevel: z.number(),
    cars: z.number(),
    efficiency: z.number(),
    degradationPerMwh: z.number(),
    /** [slot 0 … slots] */
    leastLevel: numbers,
    mostLevel: numbers,
  }),
  /** [slot] */
  expectedLevel: numbers,
  /** Energy at the grid by [slot][state][level], flat. */
  robustKwh: numbers,
  nominalKwh: numbers,
  values: z.array(
    z.object({
      kind: ambiguityKind,
      guaranteed: z.number(),
      nominalPolicyWorst: z.number(),
      robustPolicyExpected: z.number(),
    }),
  ),
  /** A learner that met the days one by one, after so many of them; empty in plans of earlier versions. */
  learning: z.array(z.object({ days: z.number(), believed: z.number(), guaranteed: z.number() })),
  bids: z.object({
    quantityKwh: z.array(numbers),
    guaranteed: z.number(),
    expected: z.number(),
    expectedImbalanceKwh: z.number(),
  }),
  replay: z.object({
    testDays: z.number(),
    learntDays: z.number(),
    kinds: z.array(
      z.object({
        kind: ambiguityKind,
        waiting: meanInterval,
        waitingLessNominal: meanInterval,
        worstTenth: z.number(),
        bidding: meanInterval.nullable(),
        biddingLessNominal: meanInterval.nullable(),
      }),
    ),
    hindsight: meanInterval,
    days: z.array(pastDay),
  }),
  history: z.array(z.object({ day: isoDay, pricePerMwh: numbers })),
  check: z.object({
    passed: z.boolean(),
    items: z.array(z.object({ name: z.string(), promised: z.number(), found: z.number(), passed: z.boolean() })),
  }),
  provenance: z.object({
    inputsHash: z.string(),
    modelVersion: z.string(),
    createdAtMs: z.number(),
    operator: z.string(),
    seconds: z.number(),
    contentHash: z.string(),
  }),
});
export type MarketPayload = z.infer<typeof marketView>;

export const marketCalls = {
  'market.list': { request: z.object({ day: isoDay.optional() }), response: z.array(marketSummary) },
  'market.get': { request: z.object({ planId: z.string() }), response: marketView },
  /** Job; its result is { planId }. */
  'market.make': { request: marketOptions, response: z.object({ jobId: z.string() }) },
  'market.export': {
    request: z.object({ planId: z.string(), format: z.enum(['bids', 'policy', 'json']) }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
