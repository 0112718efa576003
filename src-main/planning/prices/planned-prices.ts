/**
 * The prices a day is planned with, as the operator wants them treated, and what is known of them. Published prices are known: their set is
 * a point. Before the auction they are forecast, and either taken as they are expected or protected against with a set of past errors.
 */
import { Refusal } from '../../base/errors.ts';
import type { Horizon } from '../../base/horizon.ts';
import { clopperPearson } from '../../base/statistics.ts';
import type { PriceRisk } from '../../models/v2g/problem.ts';
import type { V2gSchedule } from '../../models/v2g/schedule.ts';
import { setWorstCase } from '../../robust/sets/set-adversary.ts';
import { fitPriceSet, type PriceSetFit } from '../../uncertainty/fit-price-set.ts';
import type { PriceSetKind } from '../../uncertainty/price-set.ts';
import type { MeasuredShare } from '../../uncertainty/types.ts';
import { riskBounds } from '../../verify/risk-bounds.ts';
import { priceExposureKwh } from '../../verify/worst-prices.ts';
import { dayPrices, siteAt, type DayPrices } from './day-prices.ts';
import type { SetOptions } from '../sets/fit-sets.ts';
import type { PriceProvenance, Store } from '../ports.ts';
import { priceForecast } from './price-forecast.ts';
import type { Site } from '../site.ts';

export interface PriceWish {
  /** 'published': only published prices will do. 'expected', 'robust': a forecast where they are not, without or with a set. */
  treatment: 'published' | 'expected' | 'robust';
  /** Kind of set of 'robust'. */
  set: PriceSetKind;
  /** Γ of a budget: market periods that may be fully off; a quarter of them when left out. */
  periodProtection?: number | undefined;
  /** 'before-auction': as if the prices of the day had not been published. */
  moment: 'now' | 'before-auction';
}

export interface PlannedPrices extends DayPrices {
  /** What the plan tells of its prices; null for those that were asked for as published. */
  told: ((schedule: V2gSchedule) => PriceProvenance) | null;
  dataHashInput: string;
}

export const publishedPrices: PriceWish = { treatment: 'published', set: 'interval', moment: 'now' };

/** Null for a site without a grid. @throws Refusal as `marketPrice` and `priceForecast`; `bad-request` for a Γ out of range. */
export function plannedPrices(
  store: Store,
  site: Site,
  horizon: Horizon,
  fit: Pick<SetOptions, 'nominal' | 'windowDays' | 'days'>,
  wish: PriceWish = publishedPrices,
): PlannedPrices | null {
  if (!site.grid) return null;
  const known = wish.moment === 'before-auction' ? null : publishedOrNull(store, site, horizon, wish);
  if (known) {
    const told = { treatment: wish.treatment, known: true as const, forecast: null, set: null };
    return { ...known, told: wish.treatment === 'published' ? null : () => told, dataHashInput: '' };
  }
  const forecast = priceForecast(store, site, horizon, fit);
  const { grid } = site;
  const { period, errors } = forecast;
  const prices = siteAt(
    grid,
    forecast.period.map((at) => forecast.perKwh[at]!),
  );
  const fitted = wish.treatment === 'robust' ? fittedSet(forecast.perKwh.length, errors, fit.nominal, wish) : null;
  const about = { days: errors.length, rmse: forecast.rmse, naiveRmse: forecast.naiveRmse };
  return {
    ...prices,
    filledSlots: [],
    rule: { lineMinutes: 0, longer: 'leave-out' },
    ...(fitted ? { risk: { set: fitted.set, period, saleShare: grid.saleShare } } : {}),
    told: (schedule) => ({
      treatment: wish.treatment,
      known: false,
      forecast: about,
      set: fitted && toldSet(fitted, fit.nominal, { set: fitted.set, period, saleShare: grid.saleShare }, schedule),
    }),
    dataHashInput: forecast.dataHashInput,
  };
}

function publishedOrNull(store: Store, site: Site, horizon: Horizon, { treatment }: PriceWish): DayPrices | null {
  try {
    return dayPrices(store, site, horizon);
  } catch (thrown) {
    if (treatment !== 'published' && thrown instanceof Refusal && thrown.code === 'no-telemetry') return null;
    throw thrown;
  }
}

function fittedSet(
  periods: number,
  errors: Parameters<typeof fitPriceSet>[0],
  nominal: number,
  { set: kind, periodProtection = Math.ceil(periods / 4) }: PriceWish,
): PriceSetFit {
  if (!(periodProtection >= 0 && periodProtection <= periods))
    throw new Refusal('bad-request', {
      call: 'plan',
      problem: `prices may be off in 0 to ${periods} market periods, not ${periodProtection}`,
    });
  const failureBound = riskBounds(periods, periodProtection).binomial;
  return fitPriceSet(errors, { kind, nominal, periodProtection, failureBound, worstCase: setWorstCase });
}

function toldSet(fitted: PriceSetFit, nominal: number, risk: PriceRisk, schedule: V2gSchedule) {
  const { set, guarantee, periods, trades } = fitted;
  return {
    kind: set.kind,
    nominal,
    guarantee,
    periods,
    trades,
    bill: billKept(fitted, priceExposureKwh(schedule, risk)),
  };
}

/** Held-out days on which the plan's own bill would have stayed below what a set of earlier days only says it can come to. */
function billKept({ heldOut }: PriceSetFit, exposure: readonly number[]): MeasuredShare {
  const kept = heldOut.filter(({ error, set }) => {
    const came = exposure.reduce((sum, kwh, h) => sum + kwh * error[h]!, 0);
    return came <= Math.max(0, setWorstCase(set, exposure)) + 1e-9;
  }).length;
  return clopperPearson(kept, heldOut.length);
}
