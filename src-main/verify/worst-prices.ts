/**
 * The worst market prices of the set for a finished plan, from the definition of each kind in docs/method/sets.md, and the day's bill at any
 * prices. Written apart from robust/, whose counterparts it is to judge: with the worst prices in place of the expected ones the plan costs
 * exactly its robust cost.
 */
import type { GridConnection, PriceRisk, V2gProblem } from '../models/v2g/problem.ts';
import type { V2gSchedule } from '../models/v2g/schedule.ts';
import { worstDayOf } from './set-worst-day.ts';

export interface WorstPrices {
  /** What they add to the bill; 0 where nothing they can do adds to it. */
  risk: number;
  /** Deviation of the market price [market period], currency per kWh. */
  deviationPerKwh: number[];
  buyPerKwh: number[];
  sellPerKwh: number[];
}

/** What the bill rises by when the market price of a period rises by one [market period], kWh; negative where more is sold. */
export function priceExposureKwh(schedule: V2gSchedule, { period, saleShare }: PriceRisk): number[] {
  const exposure = new Array<number>(Math.max(...period) + 1).fill(0);
  period.forEach((own, slot) => {
    const netKw = (schedule.grid?.importKw[slot] ?? 0) - saleShare * (schedule.grid?.exportKw[slot] ?? 0);
    exposure[own]! += schedule.slotHours * netKw;
  });
  return exposure;
}

/** Null where prices are known. */
export function worstPrices({ grid }: Pick<V2gProblem, 'grid'>, schedule: V2gSchedule): WorstPrices | null {
  if (!grid?.priceRisk) return null;
  const exposure = priceExposureKwh(schedule, grid.priceRisk);
  const { risk, deviation } = worstPriceDeviation(grid.priceRisk, exposure);
  return { risk, deviationPerKwh: deviation, ...pricesAt(grid, grid.priceRisk, deviation) };
}

/** The expected prices stand where every point of the set makes the day cheaper. */
export function worstPriceDeviation(
  { set }: PriceRisk,
  exposure: readonly number[],
): { risk: number; deviation: number[] } {
  const periods = exposure.length;
  const symmetric = set.kind === 'interval' || set.kind === 'budget';
  const weights = symmetric ? exposure.map(Math.abs) : exposure;
  const { value, deviation } = worstDayOf(set, periods, weights);
  if (value <= 0) return { risk: 0, deviation: new Array<number>(periods).fill(0) };
  const signed = symmetric ? deviation.map((size, h) => (exposure[h]! < 0 ? -size : size)) : deviation;
  return { risk: value, deviation: Array.from(signed) };
}

/** Prices per slot after the market has moved by `deviation` [market period]. */
export function pricesAt(
  { buyPerKwh, sellPerKwh }: GridConnection,
  { period, saleShare }: PriceRisk,
  deviation: readonly number[],
): { buyPerKwh: number[]; sellPerKwh: number[] } {
  return {
    buyPerKwh: buyPerKwh.map((price, slot) => price + deviation[period[slot]!]!),
    sellPerKwh: sellPerKwh.map((price, slot) => price + saleShare * deviation[period[slot]!]!),
  };
}
