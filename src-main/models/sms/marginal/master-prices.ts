/** A mixture of days, and its prices as its duals say them. */
import type { StayPrice } from './priced-day.ts';
import type { WorkPrices } from './work-corners.ts';
import type { WorkPlace } from './work-place.ts';
import type { WorkGroup } from './work-steps.ts';

export interface MasterPrices {
  /** σ_c: what a truck of the class must bring, USD. */
  truckUsd: number[];
  /** What a MWh at the start or for driving costs a truck of the class, USD. */
  chargeUsdPerMwh: number[];
  stay: (ofClass: number, terminal: number, slot: number) => StayPrice;
  /** Where revenue is told apart by work: at which prices corners are asked for [grid][slot]. */
  corners: CornerPrices[][] | null;
}

export interface CornerPrices extends WorkPrices {
  place: WorkPlace;
  /** With the steps that the prices are of. */
  groups: readonly WorkGroup[];
  /** What a corner must be worth. */
  weightUsd: number;
}

/** Duals of a master, by which another may begin. */
export interface CarriedPrices {
  usdByRow: ReadonlyMap<string, number>;
  prices: MasterPrices;
}

export interface MasterPoint {
  profitUsd: number;
  /** Share of each day [day]. */
  shares: number[];
  /** Marginal revenue the mixture counts on [grid][slot], USD. */
  revenueUsd: number[][];
  /** What is missing for the rows to hold: the branch is empty when it stays. */
  missing: number;
  /** Trucks at steps that no corner or no day accounts for. */
  loose: number;
  /** Keys and weights of the corners in it [grid][slot]. */
  usedCorners: Map<string, number>[][];
}
