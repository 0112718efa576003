/**
 * Market prices of a day that is planned before they are published: forecast from price history alone (calendar and lags, forecast/features.ts),
 * with the errors the same forecast made on past days. Prices are set a day ahead, so those of the whole day before are known.
 */
import { passesFilter } from '../../base/day-filter.ts';
import { Refusal } from '../../base/errors.ts';
import { dayHorizon, type Horizon, type SlotMinutes } from '../../base/horizon.ts';
import { addDays, zoneOf } from '../../base/zone.ts';
import { forecastDay, warmUpDays } from '../../forecast/forecast-day.ts';
import { trusted } from '../../telemetry/quality/trusted.ts';
import { leastPriceDays, type PriceErrorDay } from '../../uncertainty/fit-price-set.ts';
import { priceSeries } from './market-price.ts';
import { fillRulesOf } from '../intake/fill-rules.ts';
import { reachDays, type SetOptions } from '../sets/fit-sets.ts';
import type { Store } from '../ports.ts';
import type { Site } from '../site.ts';

export interface PriceForecast {
  /** Expected market price [market period], currency per kWh. */
  perKwh: number[];
  /** Market period of each slot of the planning day. */
  period: number[];
  /** Sound past days, oldest first. */
  errors: PriceErrorDay[];
  /** Of the past days, currency per kWh: this forecast, and repeating the day before. */
  rmse: number;
  naiveRmse: number;
  /** Text of the values that were read; part of what identifies the data of the day. */
  dataHashInput: string;
}

/** @throws Refusal `no-telemetry` without a price series, `too-little-history` with fewer than thirty sound days. */
export function priceForecast(
  store: Store,
  site: Site,
  horizon: Horizon,
  wish: Pick<SetOptions, 'windowDays' | 'days'>,
): PriceForecast {
  const info = priceSeries(store, site, horizon);
  const minutes = Math.min(60, Math.max(info.stepMinutes, horizon.slotMinutes)) as SlotMinutes;
  const market = dayHorizon(horizon.day, horizon.zone, minutes);
  const windowDays = reachDays(horizon.day, wish);
  const zone = zoneOf(horizon.zone);
  const fromUtcMs = zone.startOfDay(addDays(horizon.day, -windowDays - warmUpDays));
  const read = store.readSeries(info.id, fromUtcMs, market.startUtcMs);
  const actual = { ...read, flags: read.flags.map((flags) => (trusted(flags) ? 0 : flags)) };
  const rule = fillRulesOf(store).price;
  const forecast = forecastDay({
    actual,
    imported: null,
    horizon: market,
    windowDays,
    known: 'day-before',
    fill: { actual: rule, imported: rule },
  });
  const errors = forecast.residualDays
    .filter(({ usable, day }) => usable && (wish.days === undefined || passesFilter(wish.days, day)))
    .map(({ day, error }): PriceErrorDay => ({ day, error: error.map((perMwh) => perMwh / 1000) }));
  if (errors.length < leastPriceDays || forecast.centre.some(Number.isNaN))
    throw new Refusal('too-little-history', { days: errors.length, kind: 'price', needed: leastPriceDays });
  return {
    perKwh: Array.from(forecast.centre, (perMwh) => perMwh / 1000),
    period: Array.from({ length: horizon.slots }, (_, slot) => Math.floor((slot * horizon.slotMinutes) / minutes)),
    errors,
    rmse: forecast.skill.rmse / 1000,
    naiveRmse: forecast.skill.naiveDayRmse / 1000,
    dataHashInput: `price ${info.name} ${actual.startUtcMs} ${actual.stepMinutes} ${actual.values.join(' ')} ${actual.flags.join(' ')}`,
  };
}
