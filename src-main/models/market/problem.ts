/**
 * Market scheduling of a fleet or virtual power plant as a Markov decision problem with ambiguous transitions. Source: Zhou et al. 2017,
 * third category (RMES); docs/method/market.md.
 *
 * State (price state s, energy level e) at the start of slot t; action a: levels charged (a > 0) or discharged (a < 0) in the slot;
 * afterwards the price state moves by a law of the ambiguity set around `transition[t][s]`:
 *
 *   V_t(s, e) = max_a { r_t(s, a) + min_{p ∈ U(q_{t,s})} Σ_j p_j V_{t+1}(j, e + a) }
 *
 * Prices in money per MWh, energy in kWh, money in the problem's currency. A level is energy in the batteries; the grid gives 1/η of what
 * goes in and gets η of what comes out.
 */
import type { Ambiguity } from '../../robust/ambiguity/ambiguity.ts';

export interface MarketProblem {
  name: string;
  currency: string;
  slots: number;
  /** Price of each state [slot][state]. */
  pricePerMwh: number[][];
  /** Estimated law of the next price state [slot][state][next state]; rows sum to 1. The last slot's moves count for nothing. */
  transition: number[][][];
  /** What is not known of each row [slot][state]. */
  ambiguity: Ambiguity[][];
  storage: MarketStorage;
  /** `priceState`: of slot 0, or of the slot before it where there is an `opening`. */
  start: { priceState: number; level: number };
  /** Law of the price state of slot 0, where it is not known yet; nothing is traded before. */
  opening?: { transition: number[]; ambiguity: Ambiguity };
}

/** The fleet as the market sees it: levels of `stepKwh`, 0 … energyLevels − 1. */
export interface MarketStorage {
  energyLevels: number;
  stepKwh: number;
  /** Most levels charged or discharged in a slot. */
  maxStepsPerSlot: number;
  /** One way, of charging and of discharging. */
  efficiency: number;
  /** Wear, on each MWh taken out. */
  degradationPerMwh: number;
  /** Worth of energy left after the last slot. */
  terminalPerMwh: number;
  /** Level owed after the last slot, and the price of each MWh short of it. */
  requiredLevel: number;
  shortfallPerMwh: number;
  /** On each MWh bought, besides the price. */
  buyFeePerMwh: number;
  /** Share of the price paid for what is sold. */
  saleShare: number;
  /** Where cars come and go: what each slot allows [slot], within the numbers above; levels are those after the slot. */
  bySlot?: { chargeSteps: number[]; dischargeSteps: number[]; leastLevel: number[]; mostLevel: number[] };
}

/** Money of one slot: −(price + fee)·energy/η for charging, (price·share·η − wear)·energy for discharging. */
export function reward(storage: MarketStorage, pricePerMwh: number, action: number): number {
  const energyMwh = (storage.stepKwh * Math.abs(action)) / 1000;
  return action > 0
    ? (-(pricePerMwh + storage.buyFeePerMwh) * energyMwh) / storage.efficiency
    : (pricePerMwh * storage.saleShare * storage.efficiency - storage.degradationPerMwh) * energyMwh;
}

/** Energy at the grid of an action: bought (+) or sold (−), kWh. */
export const gridKwh = ({ stepKwh, efficiency }: MarketStorage, action: number): number =>
  action > 0 ? (stepKwh * action) / efficiency : stepKwh * action * efficiency;

/** Money at the end for ending with `level`. */
export function terminalValue(storage: MarketStorage, level: number): number {
  const missing = Math.max(0, storage.requiredLevel - level);
  return ((storage.terminalPerMwh * level - storage.shortfallPerMwh * missing) * storage.stepKwh) / 1000;
}
