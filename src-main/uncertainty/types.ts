/** Uncertainty sets as data, with the evidence for them. Power in kW at the site; arrays [slot]. */
import type { DayFilter } from '../base/day-filter.ts';
import type { DaySetFit } from './day-set.ts';
import type { LevelLaw } from './level-scale.ts';

export type IntervalMethod = 'prediction-normal' | 'conformal';
/** 'per-slot': one half-width per slot of the day; 'level': half-width grows with the forecast level (heteroscedastic). */
export type IntervalShape = 'per-slot' | 'level';

/** Successes out of trials with a Clopper–Pearson interval. */
export interface MeasuredShare {
  hits: number;
  trials: number;
  share: number;
  lower: number;
  upper: number;
}

export interface Coverage {
  nominal: number;
  /** Held-out days it was measured on (ISO dates). */
  days: string[];
  /** Per slot of the day. */
  perSlot: MeasuredShare[];
  /** All slots of all held-out days together. */
  pooled: MeasuredShare;
  /** Days with every slot inside. */
  wholeDay: MeasuredShare;
  /** 'disagrees' when the nominal share lies outside the pooled interval (days as clusters), 'agrees' otherwise, 'too-few' under 10 days. */
  verdict: 'agrees' | 'disagrees' | 'too-few';
}

export interface ComponentSet {
  id: string;
  name: string;
  kind: 'aggregator' | 'load' | 'wind';
  /** Forecast for the day after bias correction, and the correction that was added. */
  centreKw: number[];
  biasKw: number[];
  /** Half-width of the interval, slots widened for flagged data included. */
  halfWidthKw: number[];
  /** How the half-width grows with the forecast; absent where it does not ('per-slot') and in sets stored before it was kept. */
  levelLaw?: LevelLaw | undefined;
  /** Factor by which flagged or filled hours widened each slot (1 = not). */
  widening: number[];
  /** Quantiles of the error around the centre for the fan: share → offset [slot]. */
  bands: { share: number; lowerKw: number[]; upperKw: number[] }[];
  /** Residual days the set was fitted from: date and error [slot] (actual − centre, positive = more load or more wind). */
  residuals: { day: string; errorKw: number[]; usable: boolean }[];
  /**
   * Half-widths that sets of earlier days only had promised for held-out days [slot]; infinite where the error is flagged or missing.
   * A plan is tested on errors relative to such promises, not on the errors its own widths were made from.
   */
  heldOut: { day: string; promisedKw: number[] }[];
  coverage: Coverage;
  meanWidthKw: number;
  /** Residual statistics worth showing. */
  lag1Autocorrelation: number;
}

export interface FittedSet {
  /** The set of whole days, where one was asked for. */
  daySet?: DaySetFit;
  method: IntervalMethod;
  shape: IntervalShape;
  nominal: number;
  windowDays: number;
  /** Which of those days were learnt from; absent: every day. */
  days?: DayFilter | undefined;
  components: ComponentSet[];
  /** A frozen set brought to another forecast: which one, under which name. Absent: fitted for the day itself. */
  frozen?: { setId: string; name: string; day: string } | undefined;
  /** Share of held-out days whose joint deviation per slot is within the budget, by protection 0, 1, …, L. */
  budgetCoverage: { protection: number; coverage: MeasuredShare }[];
}
