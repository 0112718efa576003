/** Market price of the planning day on its slots, in currency per kWh. */
import type { FillRule } from '../../base/fill-gaps.ts';
import { Refusal } from '../../base/errors.ts';
import { slotStart, type Horizon } from '../../base/horizon.ts';
import { fillSeries } from '../../telemetry/quality/fill-series.ts';
import { flagBits } from '../../telemetry/types.ts';
import { chooseSeries } from '../intake/choose-series.ts';
import { fillRulesOf } from '../intake/fill-rules.ts';
import type { SeriesInfo, Store } from '../ports.ts';
import type { Site } from '../site.ts';

export interface MarketPrice {
  /** [slot] */
  perKwh: number[];
  /** Slots whose price was missing and was stood in for, and the rule by which. */
  filledSlots: number[];
  rule: FillRule;
}

/** @throws Refusal `no-telemetry` when the day has no price at all or the rule leaves a slot open, `bad-request` on a currency that is not the site's. */
export function marketPrice(store: Store, site: Site, horizon: Horizon): MarketPrice {
  const info = priceSeries(store, site, horizon);
  const hour = 3_600_000;
  const rule = fillRulesOf(store).price;
  // What held before the day is not held on into it: a day without prices has none.
  const reachMs = rule.longer === 'week-before' || rule.longer === 'day-before' ? 8 * 24 * hour : 0;
  const from = horizon.startUtcMs - (horizon.startUtcMs % hour) - reachMs;
  const read = store.readSeries(info.id, from, slotStart(horizon, horizon.slots));
  const { series } = fillSeries(read, horizon.zone, rule);
  const perKwh: number[] = [];
  const filledSlots: number[] = [];
  for (let slot = 0; slot < horizon.slots; slot++) {
    const at = Math.floor((slotStart(horizon, slot) - series.startUtcMs) / (series.stepMinutes * 60_000));
    const perMwh = series.values[at] ?? NaN;
    if (Number.isNaN(perMwh)) throw new Refusal('no-telemetry', { kind: 'price', period: horizon.day });
    if ((series.flags[at]! & flagBits.filled) !== 0) filledSlots.push(slot);
    perKwh.push(perMwh / 1000);
  }
  if (filledSlots.length === horizon.slots) throw new Refusal('no-telemetry', { kind: 'price', period: horizon.day });
  return { perKwh, filledSlots, rule };
}

/** The series a site is priced by. @throws Refusal `no-telemetry` without one, `bad-request` on a currency that is not the site's. */
export function priceSeries(store: Store, site: Site, { day }: Horizon): SeriesInfo {
  const info = chooseSeries(store, site, 'price');
  if (!info) throw new Refusal('no-telemetry', { kind: 'price', period: day });
  if (!info.unit.startsWith(site.currency))
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: `prices are in ${info.unit}, the site in ${site.currency}`,
    });
  return info;
}
