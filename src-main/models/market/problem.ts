/**
 * Market scheduling of a fleet or virtual power plant as a Markov decision problem with ambiguous transitions. Source: Zhou et al. 2017,
 * third category (RMES); docs/method/market.md.
 *
 * State (price state s, energy level e) at the start of slot t; action a: levels charged (a > 0) or discharged (a < 0) in the slot;
 * afterwards the price state moves by a law of the ambiguity set around `transition[t][s]`:
 *
 *   V_t(s, e) = max_a { r_t(s, a) + min_{p ∈ U(q_{t,s})} Σ_j p_j V_{t+1}(j, e + a) }
 *
 * Prices in money per MWh, energy in kWh, money in the problem's currency.
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
  start: { priceState: number; level: number };
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
}

/** Money of one slot: −price·energy/η for charging, (price·η − wear)·energy for discharging. */
export function reward(storage: MarketStorage, pricePerMwh: number, action: number): number {
  const energyMwh = (storage.stepKwh * Math.abs(action)) / 1000;
  return action > 0
    ? (-pricePerMwh * energyMwh) / storage.efficiency
    : (pricePerMwh * storage.efficiency - storage.degradationPerMwh) * energyMwh;
}

/** Money at the end for ending with `level`. */
export function terminalValue(storage: MarketStorage, level: number): number {
  const missing = Math.max(0, storage.requiredLevel - level);
  return ((storage.terminalPerMwh * level - storage.shortfallPerMwh * missing) * storage.stepKwh) / 1000;
}
