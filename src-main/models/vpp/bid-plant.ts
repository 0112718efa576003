/**
 * A plant of wind, generators, cars and batteries that bids into the day-ahead market: one quantity per hour and price, fixed before prices and
 * wind are known; what it cannot deliver is imbalance. Energy kWh per hour, money in the site's currency, arrays [hour] unless said.
 */
import type { CostSegment } from '../v2g/cost-segments.ts';

export interface BidPlant {
  hours: number;
  /** Cars and batteries as one battery: energy put in since midnight lies in the band [0 … hours]; charge and discharge in the battery. */
  battery: {
    leastKwh: readonly number[];
    mostKwh: readonly number[];
    chargeKwh: readonly number[];
    dischargeKwh: readonly number[];
    /** One way. */
    efficiency: number;
    /** On each kWh taken out. */
    wearPerKwh: number;
  };
  /** Convex cost of each generator, cheapest segment first. */
  generators: readonly { id: string; segments: readonly CostSegment[] }[];
  windMaintenancePerKwh: number;
  /** Share of wind, generation and purchase lost on the way. */
  lossShare: number;
  importKwh: number;
  exportKwh: number;
  /** On each kWh bought, and share of the price paid for what is sold. */
  feePerKwh: number;
  saleShare: number;
  /** Loss on each kWh off the bid, against the price. */
  imbalancePerKwh: number;
}

/** A day that may come: prices and wind together. */
export interface BidScenario {
  label: string;
  pricePerKwh: readonly number[];
  windKwh: readonly number[];
}

/** Steps of an hour by rising price: from `pricePerKwh` on, `netKwh` is sold (+) or bought (−); the first holds below its price too. */
export type BidCurve = { pricePerKwh: number; netKwh: number }[];

/** What an hour's curve gives at a price. */
export function netAt(curve: BidCurve, pricePerKwh: number): number {
  let net = curve[0]!.netKwh;
  for (const step of curve) if (step.pricePerKwh <= pricePerKwh) net = step.netKwh;
  return net;
}

/** The day of a scenario under the bids. */
export interface PlantDay {
  soldKwh: number[];
  boughtKwh: number[];
  chargeKwh: number[];
  dischargeKwh: number[];
  windKwh: number[];
  /** [generator][hour] */
  generatedKwh: number[][];
  /** Delivered more (over) or less (short) than bid. */
  overKwh: number[];
  shortKwh: number[];
  money: number;
}
