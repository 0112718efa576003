/** Market prices of the planning day on its slots, as the site buys and sells at them. */
import type { FillRule } from '../../base/fill-gaps.ts';
import type { Horizon } from '../../base/horizon.ts';
import type { PriceRisk } from '../../models/v2g/problem.ts';
import { marketPrice } from './market-price.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';

export interface DayPrices {
  /** Market price [slot], currency per kWh. */
  marketPerKwh: number[];
  buyPerKwh: number[];
  sellPerKwh: number[];
  /** Slots whose price was missing and was stood in for, and the rule by which. */
  filledSlots: number[];
  rule: FillRule;
  /** How far the market may be off where it is a forecast and the plan is to stand it. */
  risk?: PriceRisk;
}

/** Null for a site without a grid. @throws Refusal as `marketPrice`. */
export function dayPrices(store: Store, site: Site, horizon: Horizon): DayPrices | null {
  const grid = site.grid;
  if (!grid) return null;
  const { perKwh, filledSlots, rule } = marketPrice(store, site, horizon);
  return { ...siteAt(grid, perKwh), filledSlots, rule };
}

/** What the site pays and is paid at market prices [slot]. */
export const siteAt = (
  { feePerKwh, saleShare }: NonNullable<Site['grid']>,
  perKwh: number[],
): Pick<DayPrices, 'marketPerKwh' | 'buyPerKwh' | 'sellPerKwh'> => ({
  marketPerKwh: perKwh,
  buyPerKwh: perKwh.map((price) => price + feePerKwh),
  sellPerKwh: perKwh.map((price) => price * saleShare),
});
