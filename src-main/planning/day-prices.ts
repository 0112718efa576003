/** Market prices of the planning day on its slots, as the site buys and sells at them. */
import type { Horizon } from '../base/horizon.ts';
import { marketPrice } from './market-price.ts';
import type { TelemetryStore } from './ports.ts';
import type { Site } from './site.ts';

export interface DayPrices {
  /** Market price [slot], currency per kWh. */
  marketPerKwh: number[];
  buyPerKwh: number[];
  sellPerKwh: number[];
  /** Slots whose price was missing and was carried on from the slot before. */
  filledSlots: number[];
}

/** Null for a site without a grid. @throws Refusal as `marketPrice`. */
export function dayPrices(store: TelemetryStore, site: Site, horizon: Horizon): DayPrices | null {
  const grid = site.grid;
  if (!grid) return null;
  const { perKwh, filledSlots } = marketPrice(store, site, horizon);
  return {
    marketPerKwh: perKwh,
    buyPerKwh: perKwh.map((price) => price + grid.feePerKwh),
    sellPerKwh: perKwh.map((price) => price * grid.saleShare),
    filledSlots,
  };
}
