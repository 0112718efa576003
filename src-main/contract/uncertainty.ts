/** The uncertainty explorer: what could happen tomorrow, how it was learnt, how full the set is. */
import { z } from 'zod';
import { seasons, weekdayClasses } from '../base/day-filter.ts';
import { horizonPayload, isoDay, measured, measuredShare, numbers } from './series.ts';

/** Which past days are learnt from; a range of one's own takes the place of the window. */
export const dayFilter = z.object({
  season: z.enum(seasons).nullable(),
  weekdays: z.enum(weekdayClasses).nullable(),
  range: z
    .object({ from: isoDay, to: isoDay })
    .refine(({ from, to }) => from <= to, 'the first day lies after the last')
    .nullable(),
});

/**
 * Kinds of sets a day can be protected against (docs/method/sets.md). 'interval' and 'budget' treat slots as independent of each other
 * (a budget also over slots where `slotProtection` is given); the others learn whole days.
 */
export const setKind = z.enum([
  'interval',
  'budget',
  'ellipsoid',
  'factor',
  'scenarios',
  'support',
  'moment',
  'wasserstein',
  'wasserstein-exact',
]);
export type SetKindPayload = z.infer<typeof setKind>;

export const fitOptions = z.object({
  day: isoDay,
  /** Kind of set that is fitted besides the intervals; only those when left out. */
  set: setKind.optional(),
  /** Moment set: what is known of the law besides mean and covariance; nothing ('cantelli') when left out. */
  moments: z.enum(['cantelli', 'unimodal', 'gaussian']).optional(),
  method: z.enum(['prediction-normal', 'conformal']),
  shape: z.enum(['per-slot', 'level']),
  /** Nominal coverage δ of one interval, e.g. 0.95. */
  nominal: z.number().min(0.5).max(0.999),
  windowDays: z.number().int().min(10).max(400),
  /** Absent: every day of the window. */
  days: dayFilter.optional(),
  /** A frozen set, by id or name, brought to the day instead of fitting one; the fields above but `day` are idle then. */
  setId: z.string().min(1).optional(),
});
export type FitOptionsPayload = z.infer<typeof fitOptions>;

const setSource = fitOptions
  .pick({ method: true, shape: true, nominal: true, windowDays: true })
  .extend({ days: dayFilter });

export const frozenSet = z.object({
  name: z.string(),
  setId: z.string(),
  note: z.string(),
  operator: z.string(),
  frozenAtMs: z.number(),
  /** What it was learnt from; null when the set is damaged or of another format, which `whyNot` then says. */
  learnt: z
    .object({
      /** The day it was fitted for. */
      day: isoDay,
      ...setSource.shape,
      components: z.array(z.object({ id: z.string(), name: z.string() })),
      /** Usable days of the component with the fewest. */
      learntDays: z.number(),
    })
    .nullable(),
  /** Why it cannot stand for the day asked about; null when it can. */
  whyNot: z.string().nullable(),
});
export type FrozenSetPayload = z.infer<typeof frozenSet>;

export const coverage = z.object({
  nominal: z.number(),
  days: z.array(z.string()),
  perSlot: z.array(measuredShare),
  pooled: measuredShare,
  wholeDay: measuredShare,
  /** Is the promise kept? 'broken' when the whole measured interval lies below nominal, 'wider' when it lies above. */
  judgement: z.object({
    state: z.enum(['kept', 'broken', 'wider', 'untold']),
    level: z.union([z.literal(1), z.literal(3), z.null()]),
  }),
});

export const componentView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['aggregator', 'load', 'wind']),
  centreKw: numbers,
  biasKw: numbers,
  halfWidthKw: numbers,
  widening: numbers,
  /** Quantile bands around the centre, in absolute power. */
  bands: z.array(z.object({ share: z.number(), lowerKw: numbers, upperKw: numbers })),
  /** Past error days added to tomorrow's centre: thin lines. */
  samples: z.array(z.object({ day: z.string(), valueKw: numbers, usable: z.boolean() })),
  coverage,
  meanWidthKw: z.number(),
  lag1Autocorrelation: measured,
  /** Where the forecast came from: 'imported' or 'built-in', and its skill against seasonal-naive (1 − RMSE/RMSE_naive). */
  forecast: z.object({
    origin: z.enum(['imported', 'built-in', 'sessions']),
    rmseKw: measured,
    naiveDayRmseKw: measured,
    naiveWeekRmseKw: measured,
    meanBiasKw: measured,
  }),
});
export type ComponentPayload = z.infer<typeof componentView>;

/** What is promised before any day is seen. */
export const setGuarantee = z.object({
  event: z.enum(['interval', 'limit', 'day']),
  /** Least probability of the event that is promised; null where no finite promise exists. */
  probability: z.number().nullable(),
  source: z.string(),
  /** What must be true for it, in words. */
  assumes: z.string(),
});

/**
 * What a set promises before any day is seen, what it kept on days it had not seen, and whether the two agree. `event` says what the
 * promise is about: one interval of one component, the worst case of one limit in one slot, or every slot of a whole day.
 */
export const setEvidence = z.object({
  guarantee: setGuarantee,
  measured: z.object({
    days: z.number(),
    /** Share of days, per slot, on which the total deviation stayed below the worst the set knew. */
    perSlot: z.array(measuredShare),
    /** All slots together, days as clusters. */
    limits: measuredShare,
    /** Days on which every slot and every running sum stayed below. */
    wholeDay: measuredShare,
  }),
  /** 'breaks': measured below the promise; 'exceeds': above it, wider than needed; 'keeps': agrees; 'too-few' days to tell. */
  verdict: z.enum(['keeps', 'breaks', 'exceeds', 'too-few']),
});
export type SetEvidencePayload = z.infer<typeof setEvidence>;

export const daySetView = z.object({
  kind: setKind,
  /** What the size number of this kind is called, and its value: protection, radius, number of scenarios … */
  size: z.object({ name: z.string(), value: z.number() }),
  /** Facts of the fit in words: "5 factors hold 93 % of the variance". */
  facts: z.array(z.string()),
  /** Largest total deviation of each slot (more demand, less wind) that the set knows. */
  worstKw: numbers,
  /** Mean of it over the day. */
  meanWorstKw: z.number(),
  /** Largest energy of a whole day of deviations. */
  worstDayKwh: z.number(),
  evidence: setEvidence,
});
export type DaySetPayload = z.infer<typeof daySetView>;

/** What cars of an aggregator do that was not planned of them; `set` null with too few days of sessions. */
export const behaviourView = z.object({
  id: z.string(),
  name: z.string(),
  set: z
    .object({
      nominal: z.number(),
      /** Days learnt from; cars of an average one. */
      days: z.number(),
      cars: z.number(),
      /** A car comes so late, leaves so early, brings so much less (kWh in its battery), and so many of them are away at once, at most. */
      lateMinutes: z.number(),
      earlyMinutes: z.number(),
      lackKwh: z.number(),
      carsAtOnce: z.number(),
      /** On days not learnt from: cars within each amount (days as clusters), and days within the number of cars. */
      coverage: z.object({
        late: measuredShare,
        early: measuredShare,
        more: measuredShare,
        atOnce: measuredShare,
      }),
    })
    .nullable(),
});
export type BehaviourPayload = z.infer<typeof behaviourView>;

export const fitView = z.object({
  setId: z.string(),
  /** The wish. */
  options: fitOptions,
  /** Where a frozen set was brought to the day: which one. */
  frozen: z.object({ setId: z.string(), name: z.string(), day: isoDay }).nullable(),
  /** What the set was really learnt from: of a frozen set its own, else as wished. */
  learntFrom: setSource,
  horizon: horizonPayload,
  fittedAtMs: z.number(),
  components: z.array(componentView),
  budgetCoverage: z.array(z.object({ protection: z.number(), coverage: measuredShare })),
  /** How far cars may be off plan, by aggregator. */
  behaviour: z.array(behaviourView),
  /** The set of the kind asked for; null when none was. */
  daySet: daySetView.nullable(),
  fitMs: z.number(),
});
export type FitPayload = z.infer<typeof fitView>;

/** A made-up deviation; `amount` positive = more load or more wind than expected. */
export const hypotheticalChange = z.object({
  componentId: z.string(),
  fromSlot: z.number().int().min(0),
  /** The first slot no longer affected. */
  toSlot: z.number().int().min(1),
  amount: z.number(),
  unit: z.enum(['percent', 'kW']),
});
export type HypotheticalChangePayload = z.infer<typeof hypotheticalChange>;

export const hypotheticalDay = z.object({
  day: isoDay,
  setId: z.string(),
  components: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['aggregator', 'load', 'wind']),
      errorKw: numbers,
      /** Largest |error| ÷ half-width, and its slot; inside the interval up to 1, infinite where an error meets no width. */
      largest: z.union([z.number(), z.literal(Infinity)]),
      slot: z.number(),
      meanWidthKw: z.number(),
      /** Had the day happened and been learnt from; null for a frozen set, which learns no more. */
      meanWidthAfterKw: z.number().nullable(),
    }),
  ),
  /** Σ |error| ÷ half-width over the components [slot]. */
  used: numbers,
  /** Smallest α whose budget set holds the day; null when not even the intervals do. */
  smallestProtection: z.number().nullable(),
  /** For a set of whole days: how far the day goes in the directions a plan meets, as a share of how far the set does; held up to 1. */
  daySet: z.object({ kind: setKind, reach: z.union([z.number(), z.literal(Infinity)]) }).nullable(),
  /** The plan replayed on the day. */
  plan: z
    .object({
      planId: z.string(),
      survives: z.boolean(),
      violatedSlots: z.array(z.number()),
      unservedKwh: z.number(),
      firstSlot: z.number().nullable(),
      limit: z.string(),
    })
    .nullable(),
});
export type HypotheticalDayPayload = z.infer<typeof hypotheticalDay>;

export const uncertaintyCalls = {
  /** Fits (or reads, when the same set was fitted before) and stores the set. */
  'uncertainty.fit': { request: fitOptions, response: fitView },
  /** Gives the stored set a name for good; an audit entry says who. */
  'uncertainty.freeze': {
    request: z.object({ setId: z.string(), name: z.string().min(1).max(80), note: z.string().max(400) }),
    response: z.object({ name: z.string(), setId: z.string() }),
  },
  /** Frozen sets, newest first, with whether each can stand for the day. */
  'uncertainty.frozen': { request: z.object({ day: isoDay }), response: z.array(frozenSet) },
  /** A made-up day of errors against set, history and plan; stores nothing. */
  'uncertainty.hypothetical': {
    request: z.object({
      options: fitOptions,
      changes: z.array(hypotheticalChange).max(100),
      planId: z.string().nullable(),
    }),
    response: hypotheticalDay,
  },
  /** Set as JSON (schema version inside) or past error days as CSV. */
  'uncertainty.export': {
    request: z.object({ setId: z.string(), what: z.enum(['set', 'samples']) }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
