/** What every kind of day set offers to be fitted, calibrated and measured. One file per kind: fit-ellipsoid.ts, fit-factor.ts, … */
import type { SetGuarantee, UncertaintySet } from './day-set.ts';
import type { JointDay, JointDays } from './joint-days.ts';

/** Largest Σ_j f_j ξ_j over a set; the adversaries live in robust/ and are handed in. */
export type SupportFunction = (set: UncertaintySet, coefficients: readonly number[]) => number;

export interface DayWish {
  /** Promised probability δ; chance constraints take ε = 1 − δ. */
  nominal: number;
  worstCase: SupportFunction;
  /** k(ε) of the moment set. */
  momentFactor: { value: number; source: string };
}

export interface FittedShape {
  set: UncertaintySet;
  size: { name: string; value: number };
  facts: string[];
  guarantee: SetGuarantee;
  /** Of a calibrated size, ascending: the size that would have held each calibration day. */
  scores?: number[];
}

/** Learns from past days; answers for a day of which this was expected. */
export type DayFitter = (past: JointDays, wish: DayWish) => (expected: JointDay['forecast']) => FittedShape;
