/** What a planned day became: the real day as it is given, and the flows, money and promises of the day as it was carried out. */
import type { CostItems, V2gSchedule } from '../models/v2g/schedule.ts';

/** The day as it really was, and what real time pays. Power in kW [slot]; money in the problem's currency. */
export interface RealDay {
  /** ISO date. */
  label: string;
  /** Demand without cars. */
  loadKw: number[];
  /** Wind that could be had [park][slot]. */
  windKw: number[][];
  /** Charging that nobody steers beyond what was expected of it, all aggregators together [slot]. */
  extraChargingKw: number[];
  /** Where it was [aggregator][slot]; evenly at all of them when left out. */
  extraByAggregatorKw?: number[][];
  settlement: Settlement;
}

/** Prices of energy that was not planned: what is short is bought, what is over is sold, through the connection as far as it has room. */
export interface Settlement {
  /** Paid for a kWh short [slot]; Infinity is no price. */
  shortPerKwh: number[];
  /** Earned with a kWh over [slot]; may be negative. */
  surplusPerKwh: number[];
  /** Worth of a kWh that nobody could supply. */
  unservedPerKwh: number;
  /** Price of a kWh a car leaves without, where the problem has none. */
  unmetPerKwh: number;
}

export interface RealisedCost extends CostItems {
  balancingPurchase: number;
  /** Negative: income. */
  balancingSale: number;
  unserved: number;
}

/** Power in kW [slot], energy in kWh. */
export interface RealisedDay {
  label: string;
  cost: RealisedCost;
  totalCost: number;
  /** Gas and storage with what they added in answer to deviations. */
  carriedOut: Pick<V2gSchedule, 'gas' | 'storage'>;
  /** Used wind [park][slot]. */
  windKw: number[][];
  /** In the order of the problem's EVs; energy after each connected slot, else 0. */
  evs: { chargeKw: number[]; dischargeKw: number[]; energyKwh: number[]; unmetKwh: number }[];
  /** Committed supply, wind and the pool's share did not suffice by so much; the next three say what became of it. */
  shortKw: number[];
  boughtKw: number[];
  /** Taken from cars beyond their share because the connection had no more room. */
  askedOfCarsKw: number[];
  unservedKw: number[];
  soldKw: number[];
  /** Supply that found no taker. */
  spilledKw: number[];
  /** Wind that could be had and was not used, all parks together. */
  curtailedKw: number[];
  /** Cars whose departure energy was promised for the day, and those that had it. */
  promises: { cars: number; kept: number };
}
