/**
 * A set of days as data: which deviations ξ a plan must stand. A coordinate is one component in one slot, component · slots + slot, in kW,
 * positive = more demand or less wind than expected. After `totalSet` the coordinates are the slots alone and ξ_t the sum over components.
 *
 *   interval     |ξ_j| ≤ P̂_j
 *   budget       ξ in u_t · { |ξ_j| ≤ P̂_j, Σ_{j in slot t} |ξ_j| / P̂_j ≤ α },  0 ≤ u_t ≤ 1,  Σ_t u_t ≤ Γ
 *   ellipsoid    μ + r (F u + D v),  ‖(u, v)‖₂ ≤ 1, D = diag(`spread`)             (moment: the same set, another promise)
 *   factor       μ + s (F z + e),  |z_k| ≤ 1, Σ |z_k| ≤ B, |e_j| ≤ `rest`_j
 *   hull         μ + s (Σ_i w_i p_i − μ),  w ≥ 0, Σ w = 1                         (scenarios and support)
 *   wasserstein  Σ_i w_i p_i + e,  0 ≤ w_i ≤ 1/(ε N), Σ w = 1, ‖e‖₁ ≤ ρ/ε         (dual of CVaR_{1−ε} over the ball)
 *   wasserstein-exact   no set of days: each limit by itself must hold with probability 1 − ε under every law in the ball
 *
 * Formulas, promises and sources: docs/method/sets.md.
 */
import type { MeasuredShare } from './types.ts';

export const setKinds = [
  'interval',
  'budget',
  'ellipsoid',
  'factor',
  'scenarios',
  'support',
  'moment',
  'wasserstein',
  'wasserstein-exact',
] as const;
export type SetKind = (typeof setKinds)[number];
/** Kinds that learn whole days; the other two treat slots by their intervals. */
export type DayKind = Exclude<SetKind, 'interval' | 'budget'>;

export interface IntervalSet {
  kind: 'interval';
  /** P̂ ≥ 0 [coordinate]. */
  halfWidths: number[];
}

export interface BudgetDaySet {
  kind: 'budget';
  /** Coordinate j belongs to slot j mod `slots`. */
  slots: number;
  halfWidths: number[];
  /** α: components of a slot that may deviate fully at once. */
  protection: number;
  /** Γ: slots that may deviate fully. */
  slotProtection: number;
}

export interface EllipsoidSet {
  kind: 'ellipsoid' | 'moment';
  /** μ [coordinate]. */
  centre: number[];
  /** F [factor][coordinate]. */
  factors: number[][];
  /** Diagonal of D, ≥ 0 [coordinate]. */
  spread: number[];
  /** r ≥ 0. */
  radius: number;
}

export interface FactorSet {
  kind: 'factor';
  centre: number[];
  factors: number[][];
  /** B in [0, number of factors]. */
  budget: number;
  /** Half-width of what the factors do not explain [coordinate]. */
  rest: number[];
  /** s ≥ 0. */
  scale: number;
}

export interface HullSet {
  kind: 'scenarios' | 'support';
  centre: number[];
  /** p [day][coordinate]. */
  points: number[][];
  scale: number;
}

/** Every law within ρ of the days. */
export interface BallOfDays {
  points: number[][];
  /** ε in (0, 1). */
  risk: number;
  /** ρ ≥ 0, kW in the sum of absolute deviations. */
  radius: number;
}

/** By its convex CVaR form. */
export interface WassersteinSet extends BallOfDays {
  kind: 'wasserstein';
}

/** As the chance constraint it is; ρ > 0. */
export interface WassersteinExactSet extends BallOfDays {
  kind: 'wasserstein-exact';
}

export type UncertaintySet =
  IntervalSet | BudgetDaySet | EllipsoidSet | FactorSet | HullSet | WassersteinSet | WassersteinExactSet;

/**
 * The set itself; for a chance constraint the CVaR form of the same ball, which never asks for less. Where coefficients are not known beforehand only a convex
 * worst case is bounded by those at the corners.
 */
export const convexForm = (set: UncertaintySet): ConvexSet =>
  set.kind === 'wasserstein-exact' ? { ...set, kind: 'wasserstein' } : set;

/** A set of days; a chance constraint is none. */
export type ConvexSet = Exclude<UncertaintySet, WassersteinExactSet>;

/** What is promised before any day is seen. */
export interface SetGuarantee {
  /** One interval of one component; the worst case of one limit in one slot; every slot and running sum of a whole day. */
  event: 'interval' | 'limit' | 'day';
  /** Least probability of the event; null where no finite promise exists. */
  probability: number | null;
  source: string;
  /** What must be true for it, in words. */
  assumes: string;
}

export interface SetEvidence {
  guarantee: SetGuarantee;
  measured: {
    days: number;
    /** Days on which the total deviation of the slot stayed below the worst the set knew [slot]. */
    perSlot: MeasuredShare[];
    limits: MeasuredShare;
    wholeDay: MeasuredShare;
  };
  verdict: 'keeps' | 'breaks' | 'exceeds' | 'too-few';
}

/** A set fitted for a day, with the evidence for it. */
export interface DaySetFit {
  kind: SetKind;
  set: UncertaintySet;
  size: { name: string; value: number };
  /** Of a calibrated size, ascending: the size that would have held each calibration day. Absent in sets stored before it was kept. */
  scores?: number[];
  /** The fit in words with numbers. */
  facts: string[];
  evidence: SetEvidence;
  /** Worst total deviation that sets of earlier days only had promised for held-out days [slot], kW. */
  heldOut: { day: string; promisedKw: number[] }[];
}
