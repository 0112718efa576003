/** Risk curves and the chance dial: cost against the measured chance of a violation, by the size of a set. Power kW, energy kWh, money in `currency`. */
import { z } from 'zod';
import { networkModel } from './network-model.ts';
import { planOptions, recourseKind } from './plan.ts';
import { countedDays } from './plan-evidence.ts';
import { priceWish } from './plan-prices.ts';
import { truckWish } from './plan-trucks.ts';
import { isoDay, measured, measuredShare } from './series.ts';
import { fitOptions, setKind } from './uncertainty.ts';

/** One size of a set on a risk curve; the measured numbers are NaN unless it is solved. */
export const sweepPoint = z.object({
  size: z.number(),
  /** 'infeasible': no plan exists at this size; 'failed': none was found in time. */
  state: z.enum(['solved', 'infeasible', 'failed', 'cancelled']),
  problem: z.string(),
  totalCost: measured,
  cost: z.array(z.object({ key: z.string(), label: z.string(), amount: z.number() })),
  anyViolation: measuredShare,
  largestSingle: measuredShare,
  /** A-priori bound on the failure of what the curve's kind promises; NaN where nothing is promised. */
  bound: measured,
  expectedUnservedKwh: measured,
  chargeKwh: measured,
  dischargeKwh: measured,
  peakKw: measured,
  dots: z.array(z.object({ day: z.string(), unservedKwh: z.number() })),
  /** Null where days are drawn from a law. */
  counted: countedDays.nullable(),
});
export type SweepPointPayload = z.infer<typeof sweepPoint>;

/** The one number that is turned on a kind of set; at 0 nothing is protected. */
export const sizeScale = z.object({
  kind: setKind,
  name: z.string(),
  symbol: z.string(),
  /** The size that keeps the set's own promise; of a budget, the α in force. */
  fitted: z.number(),
  most: z.number(),
  steps: z.enum(['continuous', 'whole']),
});
export type SizeScalePayload = z.infer<typeof sizeScale>;

/** What was asked besides kind and size: whether a curve is of the settings at hand. */
const curveSettings = z.object({
  fit: fitOptions.omit({ day: true, set: true }),
  slotProtection: z.number().min(0).optional(),
  recourse: recourseKind.optional(),
  cars: z.enum(['trusted', 'doubted']).optional(),
  coefficients: z.enum(['trusted', 'doubted']).optional(),
  prices: priceWish.optional(),
  network: networkModel.or(z.literal('off')).optional(),
  voltageMinPu: z.number().optional(),
  trucks: truckWish.optional(),
});

export const sweepView = z.object({
  day: isoDay,
  setId: z.string(),
  currency: z.string(),
  scale: sizeScale,
  /** What the bounds speak of: one interval, one limit in one slot, or a whole day. */
  promises: z.enum(['interval', 'limit', 'day']),
  asked: curveSettings,
  /** Real days behind the measured chances. */
  evidenceDays: z.number(),
  /** Sizes asked for, solved or not. */
  wanted: z.array(z.number()),
  points: z.array(sweepPoint),
  /** In which form the chance constraint of an exact ball is stated, and why; null or left out for other kinds. */
  chance: z.string().nullish(),
  /** "worth nothing today": cost does not move along the curve. */
  flat: z.boolean(),
});
export type SweepPayload = z.infer<typeof sweepView>;

/** What a sweep comes to: a curve for each kind, and why there is none. */
export const sweepResult = z.object({
  curves: z.array(sweepView),
  refused: z.array(z.object({ kind: setKind, problem: z.string() })),
});
export type SweepResultPayload = z.infer<typeof sweepResult>;

/** The least size of a set that keeps a wanted chance of a violation in a day, on the measured scale. */
export const dialView = sweepView.omit({ wanted: true, asked: true }).extend({
  target: z.number(),
  /**
   * 'not-binding': no protection is needed; 'not-reached': no size that can be planned is enough; 'unsolved': none that was solved is, and of others that
   * were tried nothing is known.
   */
  verdict: z.enum(['met', 'not-binding', 'not-reached', 'unsolved']),
  /** Sizes without a plan in time that may be a smaller answer, or one where there is none. */
  unsolved: z.number(),
  size: z.number(),
  /** The size in force: 'short' of the target, 'absurd' (more than twice the price of the least protection), 'dear' and no safer, or fair. */
  setting: z.object({
    size: z.number(),
    verdict: z.enum(['short', 'absurd', 'dear', 'fair', 'untold']),
    extraCost: measured,
  }),
});
export type DialPayload = z.infer<typeof dialView>;

const jobStarted = z.object({ jobId: z.string() });
export const riskCalls = {
  /**
   * Solves and tests a curve for each kind, one after the other; each curve arrives as a `sweep-curve` event when it begins and each point
   * as a `sweep-point`. Result of the job: a `sweepResult`.
   */
  'risk.sweep': {
    request: planOptions.omit({ set: true, size: true }).extend({
      kinds: z.array(setKind).min(1).max(setKind.options.length),
      /** Sizes on the scale of every kind named; `points` of them evenly along each scale when left out. */
      sizes: z.array(z.number().min(0)).max(200).optional(),
      points: z.number().int().min(2).max(101),
      prices: priceWish.optional(),
      trucks: truckWish.optional(),
    }),
    response: jobStarted,
  },
  /** Searches the least size of the set; the curve and each point tried arrive as events. Result of the job: a `dialView`. */
  'risk.dial': {
    request: planOptions.extend({
      target: z.number().gt(0).lt(1),
      prices: priceWish.optional(),
      trucks: truckWish.optional(),
    }),
    response: jobStarted,
  },
  /** The newest curve of each kind of the day, newest first. */
  'risk.curves': { request: z.object({ day: isoDay }), response: z.array(sweepView) },
};
