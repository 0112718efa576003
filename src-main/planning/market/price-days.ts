/** Days of day-ahead prices as the store holds them, by the hour of the local day. */
import { Refusal } from '../../base/errors.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { trusted } from '../../telemetry/quality/trusted.ts';
import { hoursPerDay, type PriceDay } from '../../uncertainty/price-chain.ts';
import { chooseSeries } from '../intake/choose-series.ts';
import type { SeriesInfo, Store } from '../ports.ts';
import type { Site } from '../site.ts';

export interface PriceHistory {
  series: Pick<SeriesInfo, 'id' | 'name' | 'unit'>;
  /** Whole days with a trusted price in every hour, ascending. */
  days: (PriceDay & { pricePerMwh: number[] })[];
  /** Days left out because the clock changed, and because a price was missing or not trusted. */
  clockChanges: string[];
  incomplete: string[];
}

const hourMs = 3_600_000;

/** @param fromDay first day, @param untilDay first day no longer read. @throws Refusal `no-telemetry`, `bad-request` on a currency that is not the site's */
export function priceDays(store: Store, site: Site, fromDay: string, untilDay: string): PriceHistory {
  const series = chooseSeries(store, site, 'price');
  if (!series) throw new Refusal('no-telemetry', { kind: 'price', period: `${fromDay} to ${untilDay}` });
  if (!series.unit.startsWith(site.currency))
    throw new Refusal('bad-request', {
      call: 'market',
      problem: `prices are in ${series.unit}, the site in ${site.currency}`,
    });
  const zone = zoneOf(site.zone);
  const found: PriceHistory = { series, days: [], clockChanges: [], incomplete: [] };
  const first = [fromDay, zone.dateOf(series.fromUtcMs)].sort()[1]!;
  const read = store.readSeries(series.id, zone.startOfDay(first), zone.startOfDay(untilDay));
  const perHour = hourMs / (read.stepMinutes * 60_000);
  for (let day = first; day < untilDay; day = addDays(day, 1)) {
    const startUtcMs = zone.startOfDay(day);
    if (startUtcMs >= series.toUtcMs) break;
    if (zone.startOfDay(addDays(day, 1)) - startUtcMs !== hoursPerDay * hourMs) {
      found.clockChanges.push(day);
      continue;
    }
    const at = Math.round((startUtcMs - read.startUtcMs) / (read.stepMinutes * 60_000));
    const pricePerMwh = Array.from({ length: hoursPerDay }, (_, hour) => {
      let sum = 0;
      for (let part = at + hour * perHour; part < at + (hour + 1) * perHour; part++)
        sum += trusted(read.flags[part] ?? 0) ? (read.values[part] ?? NaN) : NaN;
      return sum / perHour;
    });
    if (pricePerMwh.some(Number.isNaN)) found.incomplete.push(day);
    else found.days.push({ day, pricePerMwh });
  }
  return found;
}
