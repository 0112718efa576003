/** The back-test of strategies: real days planned as known then and carried out as they were. */
import { z } from 'zod';
import { isoDay, measured, measuredShare, numbers } from './series.ts';
import { fitOptions } from './uncertainty.ts';

export const backTestWish = z
  .object({
    from: isoDay,
    to: isoDay,
    /** Every n-th day from the first on. */
    every: z.number().int().min(1).max(60),
    /** Names: nominal, budget:4, budget:4/12, interval and the other kinds of sets, dial:20, without-v2g:4, perfect; each with +trucks has own trucks. */
    strategies: z
      .array(z.string().min(1).max(40))
      .min(1)
      .max(20)
      .refine((names) => new Set(names).size === names.length, 'a strategy is named twice'),
    fit: fitOptions.pick({ method: true, shape: true, nominal: true, windowDays: true }),
    settlement: z.object({
      /** Share of the absolute day-ahead price by which real time is worse. */
      spread: z.number().min(0).max(10),
      /** Worth of a kWh that nobody could supply. */
      unservedPerKwh: z.number().min(0).max(1000),
    }),
    timeLimitSeconds: z.number().positive().max(3600),
  })
  .refine(({ from, to }) => from <= to, 'the first day lies after the last');
export type BackTestWishPayload = z.infer<typeof backTestWish>;

const realised = z.object({
  state: z.literal('realised'),
  day: isoDay,
  strategy: z.string(),
  protection: z.number().nullable(),
  plannedCost: z.number(),
  gap: z.number().nullable(),
  realisedCost: z.number(),
  /** By item; the sum is `realisedCost`. */
  cost: z.object({
    generation: z.number(),
    noLoad: z.number(),
    startUp: z.number(),
    shutDown: z.number(),
    windMaintenance: z.number(),
    storageWear: z.number(),
    gridPurchase: z.number(),
    gridSale: z.number(),
    /** Of own trucks; absent without them. */
    truckTravel: z.number().optional(),
    truckStanding: z.number().optional(),
    truckWear: z.number().optional(),
    truckEnergy: z.number().optional(),
    evDischarge: z.number(),
    unmetEnergy: z.number(),
    balancingPurchase: z.number(),
    balancingSale: z.number(),
    unserved: z.number(),
  }),
  slots: z.number(),
  violatedSlots: z.number(),
  firstViolation: z.string().nullable(),
  shortKwh: z.number(),
  boughtKwh: z.number(),
  askedOfCarsKwh: z.number(),
  unservedKwh: z.number(),
  soldKwh: z.number(),
  spilledKwh: z.number(),
  curtailedKwh: z.number(),
  availableWindKwh: z.number(),
  promises: z.object({ cars: z.number(), kept: z.number() }),
  unmetKwh: z.number(),
  /** Slots beyond a limit of the feeder on the day as it was, by AC power flow; null or left out where the site has none. */
  network: z
    .object({
      voltageSlots: z.number(),
      lineSlots: z.number(),
      unsolvedSlots: z.number(),
      lowestPu: z.number().nullable(),
      lowestBus: z.string(),
      lowestAt: z.string(),
    })
    .nullish(),
  /** Of the chance dial: whether a size kept its target; where none did, the safest that was solved was played. */
  dial: z
    .object({ verdict: z.enum(['met', 'not-binding', 'not-reached', 'unsolved']), unsolved: z.number() })
    .nullish(),
  solveSeconds: z.number(),
});

const failed = z.object({
  state: z.literal('failed'),
  day: isoDay,
  strategy: z.string(),
  code: z.string(),
  problem: z.string(),
});

export const strategyDay = z.discriminatedUnion('state', [realised, failed]);
export type StrategyDayPayload = z.infer<typeof strategyDay>;

/** Mean difference per day from the reference, with its interval by weeks; 'undecided' when the interval holds zero. */
export const pairedDifference = z.object({
  days: z.number(),
  weeks: z.number(),
  mean: measured,
  lower: measured,
  upper: measured,
  verdict: z.enum(['lower', 'higher', 'undecided', 'same', 'too-few']),
});
export type PairedDifferencePayload = z.infer<typeof pairedDifference>;

export const strategyTotals = z.object({
  strategy: z.string(),
  realised: z.number(),
  failed: z.number(),
  open: z.number(),
  /** Of the realised: planned without proof that the plan is near the best, because time was over; the widest gap that is proven. */
  unproven: z.object({ days: z.number(), widestGap: measured }),
  /** Of the realised, under a chance dial: played at the safest size because none kept the target; of them, with sizes that had no plan in time. */
  atSafest: z.object({ days: z.number(), unsolvedDays: z.number() }),
  plannedCost: z.number(),
  realisedCost: z.number(),
  violatedDays: measuredShare,
  violatedSlots: z.number(),
  shortKwh: z.number(),
  unservedKwh: z.number(),
  curtailedKwh: z.number(),
  availableWindKwh: z.number(),
  promises: z.object({ cars: z.number(), kept: z.number() }),
  unmetKwh: z.number(),
  /** Null where the site has no feeder. */
  network: z
    .object({
      days: z.number(),
      brokenDays: z.number(),
      voltageSlots: z.number(),
      lineSlots: z.number(),
      unsolvedSlots: z.number(),
      lowestPu: measured,
    })
    .nullable(),
  solveSeconds: measured,
  against: z
    .object({
      cost: pairedDifference,
      shortKwh: pairedDifference,
      unservedKwh: pairedDifference,
      violatedDays: pairedDifference,
      brokenPromises: pairedDifference,
    })
    .nullable(),
  /** Realised cost less the reference's, added up [day]. */
  cumulativeCost: numbers,
});
export type StrategyTotalsPayload = z.infer<typeof strategyTotals>;

export const backTestView = z.object({
  id: z.string(),
  currency: z.string(),
  createdAtMs: z.number(),
  asked: backTestWish,
  days: z.array(isoDay),
  reference: z.string(),
  strategies: z.array(strategyTotals),
  results: z.array(strategyDay),
});
export type BackTestViewPayload = z.infer<typeof backTestView>;

export const backTestCalls = {
  /** Goes on where the same was stopped before. The job's result is `{ backTestId }`; what is known can be read at any time. */
  'backtest.run': { request: backTestWish, response: z.object({ jobId: z.string() }) },
  /** Newest first. */
  'backtest.list': {
    request: z.object({}),
    response: z.array(z.object({ id: z.string(), createdAtMs: z.number(), asked: backTestWish })),
  },
  'backtest.get': { request: z.object({ backTestId: z.string() }), response: backTestView },
  /** One row per day and strategy. */
  'backtest.export': {
    request: z.object({ backTestId: z.string() }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
