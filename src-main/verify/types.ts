/** Verdicts on a finished plan: the re-check of its physics, and what happens to it on days that were not planned for. */
import type { MeasuredShare } from '../uncertainty/types.ts';

export interface CheckReport {
  passed: boolean;
  /** Rows checked, and the worst relative slack breach. */
  checked: number;
  worstBreach: number;
  /** Absent in plans made before it was kept; null where no deviation is planned for. */
  worstCase?: WorstCaseDay | null;
  /** What every other adversary of the plan does; absent in plans made before it was kept. */
  worstFindings?: WorstFinding[];
  /** Sentences such as "Gas unit 1 at 18:15: 1,702.0 kW above its 1,700 kW". At most 50. */
  breaches: { limit: string; slot: number | null; amount: number; unit: string; sentence: string }[];
}

/** The worst day of the set for a plan: the limit that comes nearest to breaking, and who deviates how far. */
export interface WorstCaseDay {
  limit: 'committed supply' | 'EV pool power' | 'EV pool energy';
  slot: number;
  unit: 'kW' | 'kWh';
  /** What that day takes of the limit, and what the plan holds. */
  takes: number;
  holds: number;
  /** Index of the component that takes most of the limit, the slot in which it takes most (`slot` in plans made before it was kept), and its deviation there. */
  component: number;
  componentSlot?: number;
  componentKw: number;
  /** ξ [component][slot], kW. */
  deviationKw: number[][];
}

/** An adversary other than that of the deviations: who, when and how far, and what it takes of what the plan holds. */
export interface WorstFinding {
  kind: 'prices' | 'delivery' | 'efficiency' | 'cars' | 'voltage';
  slot: number;
  /** Unit, battery, aggregator or bus that is furthest off in that slot, and by how much. */
  who: string;
  far: number;
  farUnit: string;
  /** Of 'voltage': what the bus reaches, and its limit. */
  takes: number;
  holds: number;
  unit: string;
}

/** One replayed day: deviations ξ [component][slot] in kW, positive = more demand or less wind. */
export interface DeviationDay {
  /** ISO date of the real day, or "draw 17". */
  label: string;
  deviationKw: number[][];
}

export interface DayOutcome {
  label: string;
  violatedSlots: number[];
  /** Energy short over the day, supply and EV pool together. */
  unservedKwh: number;
  firstSlot: number | null;
  /** The limit that broke first, in words; empty when none did. */
  limit: string;
}

export interface OutOfSample {
  days: number;
  seed: number;
  source: 'resampled-real-errors' | 'normal';
  anyViolation: MeasuredShare;
  largestSingle: MeasuredShare;
  /** exp(−α²/2L) and the Bertsimas–Sim bound B(L, α). */
  bounds: { exponential: number; binomial: number };
  expectedUnservedKwh: number;
  /** Violation frequency [slot]. */
  perSlot: number[];
  /** 50 equally likely days by rank of unserved energy, worst last. */
  dots: { day: string; unservedKwh: number }[];
  /** Of the days drawn, the one with most unserved energy; `netKw` is the sum of its deviations [slot]. */
  worstDay: { outcome: DayOutcome; deviationKw: number[][]; netKw: number[] };
  /**
   * What the chance was counted from: how many distinct days were drawn from, and those of them that break a limit, each with how often
   * it was drawn. Absent for normal deviations, where no day is drawn twice, and in plans tested before it was kept.
   */
  counted?: CountedDays;
}

export interface CountedDays {
  /** Distinct days. */
  days: number;
  /** By date. */
  short: ShortDay[];
}

export interface ShortDay {
  label: string;
  /** Times it was drawn. */
  times: number;
  unservedKwh: number;
  /** Where the first limit breaks, and which, in words. */
  firstSlot: number | null;
  limit: string;
}
