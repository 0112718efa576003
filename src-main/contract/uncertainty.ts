/** The uncertainty explorer: what could happen tomorrow, how it was learnt, how full the set is. */
import { z } from 'zod';
import { horizonPayload, isoDay, measured, measuredShare, numbers } from './series.ts';

export const fitOptions = z.object({
  day: isoDay,
  method: z.enum(['prediction-normal', 'conformal']),
  shape: z.enum(['per-slot', 'level']),
  /** Nominal coverage δ of one interval, e.g. 0.95. */
  nominal: z.number().min(0.5).max(0.999),
  windowDays: z.number().int().min(10).max(400),
});
export type FitOptionsPayload = z.infer<typeof fitOptions>;

export const coverage = z.object({
  nominal: z.number(),
  days: z.array(z.string()),
  perSlot: z.array(measuredShare),
  pooled: measuredShare,
  wholeDay: measuredShare,
  verdict: z.enum(['agrees', 'disagrees', 'too-few']),
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

export const fitView = z.object({
  setId: z.string(),
  options: fitOptions,
  horizon: horizonPayload,
  fittedAtMs: z.number(),
  components: z.array(componentView),
  budgetCoverage: z.array(z.object({ protection: z.number(), coverage: measuredShare })),
  fitMs: z.number(),
});
export type FitPayload = z.infer<typeof fitView>;

export const uncertaintyCalls = {
  /** Fits (or reads, when the same set was fitted before) and stores the set. */
  'uncertainty.fit': { request: fitOptions, response: fitView },
  /** Set as JSON (schema version inside) or past error days as CSV. */
  'uncertainty.export': {
    request: z.object({ setId: z.string(), what: z.enum(['set', 'samples']) }),
    response: z.object({ fileName: z.string(), text: z.string() }),
  },
};
