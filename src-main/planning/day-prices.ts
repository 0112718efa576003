/** Market prices of the planning day on its slots, as the site buys and sells at them. */
import type { FillRule } from '../base/fill-gaps.ts';
import type { Horizon } from '../base/horizon.ts';
import { marketPrice } from './market-price.ts';
import type { Store } from './ports.ts';
import type { Site } from './site.ts';

export interface DayPrices {
  /** Market price [slot], currency per kWh. */
  marketPerKwh: number[];
  buyPerKwh: number[];
  sellPerKwh: number[];
  /** Slots whose price was missing and was stood in for, and the rule by which. */
  filledSlots: number[];
  rule: FillRule;
}

/** Null for a site without a grid. @throws Refusal as `marketPrice`. */
export function dayPrices(store: Store, site: Site, horizon: Horizon): DayPrices | null {
  const grid = site.grid;
  if (!grid) return null;
  const { perKwh, filledSlots, rule } = marketPrice(store, site, horizon);
  return {
    marketPerKwh: perKwh,
    buyPerKwh: perKwh.map((price) => price + grid.feePerKwh),
    sellPerKwh: perKwh.map((price) => price * grid.saleShare),
    filledSlots,
    rule,
  };
}
