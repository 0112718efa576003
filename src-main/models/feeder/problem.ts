/**
 * Day-ahead dispatch on a radial feeder, the paper's second category (RCES). Source: Zhou et al. 2017; Farivar and Low 2013;
 * docs/method/feeder.md. MW, Mvar, MWh; arrays [slot]; money in the problem's currency.
 */
import type { Feeder } from './feeder.ts';

export interface FeederLoad {
  bus: string;
  pMw: number[];
  qMvar: number[];
}

export interface FeederWind {
  bus: string;
  /** Curtailable. */
  availableMw: number[];
  costPerMwh: number;
  /** Least and most reactive power injected, at any active power. */
  reactiveMvar: readonly [number, number];
}

/** A fleet of cars behind one aggregator, or a stationary storage, as one battery at one bus. */
export interface FeederBattery {
  id: string;
  bus: string;
  chargeMaxMw: number[];
  dischargeMaxMw: number[];
  /** On charge and on discharge. */
  costPerMwh: number;
  /** One way. */
  efficiency: number;
  initialMwh: number;
  minMwh: number;
  maxMwh: number;
  /** Energy owed after a slot; null: none. */
  required: { mwh: number; afterSlot: number } | null;
}

export interface FeederProblem {
  name: string;
  currency: string;
  slots: number;
  slotHours: number;
  feeder: Feeder;
  /** 'branch-flow': losses by the second-order cone relaxation; 'lindistflow': linear and lossless. */
  network: 'branch-flow' | 'lindistflow';
  loads: FeederLoad[];
  wind: FeederWind[];
  batteries: FeederBattery[];
  pricePerMwh: number[];
  importMaxMw: number;
  /** Largest squared current of a branch, per unit. */
  squaredCurrentMaxPu: number;
  /**
   * Errors of the price, independent over slots, with this standard deviation relative to the price: the bill is protected against
   * every error inside the ellipsoid of radius kappa, + κ‖(sd_t · import_t)_t‖₂. Null: the price is known.
   */
  priceEllipsoid: { kappa: number; sdShareOfPrice: number } | null;
}
