/**
 * What the chain takes for granted, tested on its own days: that the law of every move stays the same (stationarity), and that every row
 * was seen often enough (sparsity).
 *
 * Stationarity: for each hour and state, moves counted apart for each part of the days form a table of parts × next states; Pearson's χ² of
 * homogeneity, summed over all tables with their degrees of freedom (Anderson and Goodman 1957).
 */
import { chiSquareTail } from '../base/chi-square.ts';
import { quantileSorted } from '../base/statistics.ts';
import { hourly, hoursPerDay, stateOfPrice, type PriceChain, type PriceDay } from './price-chain.ts';

export interface Homogeneity {
  parts: string[];
  statistic: number;
  degreesOfFreedom: number;
  /** Chance of a statistic as large when the law never changes. */
  pValue: number;
}

export interface ChainChecks {
  halves: Homogeneity;
  /** Null with days of one season only. */
  seasons: Homogeneity | null;
  /** Moves seen per row, over all hours and states. */
  rowCounts: { least: number; median: number; most: number };
  /** Rows with fewer moves than `sparseBelow`, of how many. */
  sparseRows: number;
  rows: number;
}

/** Five moves expected per cell of a row is where χ² is held to be sound (Cochran 1954). */
export const sparseBelow = (states: number): number => 5 * states;

const seasonNames = ['winter', 'spring', 'summer', 'autumn'] as const;
const seasonOf = ({ day }: PriceDay): number => Math.floor((Number(day.slice(5, 7)) % 12) / 3);

export function checkChain(chain: PriceChain, days: readonly PriceDay[]): ChainChecks {
  const half = Math.ceil(days.length / 2);
  const halves = [days.slice(0, half), days.slice(half)];
  const bySeason = seasonNames
    .map((name, season) => ({ name, days: days.filter((day) => seasonOf(day) === season) }))
    .filter((part) => part.days.length > 1);
  const totals = Float64Array.from(
    chain.counts.flatMap((rows) => rows.map((row) => row.reduce((sum, count) => sum + count, 0))),
  ).sort();
  return {
    halves: homogeneity(chain, ['earlier half', 'later half'], halves),
    seasons:
      bySeason.length > 1
        ? homogeneity(
            chain,
            bySeason.map(({ name }) => name),
            bySeason.map((part) => part.days),
          )
        : null,
    rowCounts: { least: totals[0]!, median: quantileSorted(totals, 0.5), most: totals[totals.length - 1]! },
    sparseRows: totals.filter((total) => total < sparseBelow(chain.states)).length,
    rows: totals.length,
  };
}

function homogeneity(chain: PriceChain, parts: string[], days: readonly (readonly PriceDay[])[]): Homogeneity {
  const tables = days.map((part) => movesOf(chain, part));
  let statistic = 0;
  let degreesOfFreedom = 0;
  for (let hour = 0; hour < hoursPerDay; hour++)
    for (let state = 0; state < chain.states; state++) {
      const table = tables.map((moves) => moves[hour]![state]!);
      const found = pearson(table);
      statistic += found.statistic;
      degreesOfFreedom += found.degreesOfFreedom;
    }
  const pValue = degreesOfFreedom > 0 ? chiSquareTail(statistic, degreesOfFreedom) : 1;
  return { parts, statistic, degreesOfFreedom, pValue };
}

/** χ² of a table [part][next]; parts and states without moves say nothing. */
function pearson(table: readonly (readonly number[])[]): { statistic: number; degreesOfFreedom: number } {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const rows = table.filter((row) => sum(row) > 0);
  const columns = Array.from(table[0]!.keys(), (next) => sum(rows.map((row) => row[next]!)));
  const total = sum(columns);
  let statistic = 0;
  for (const row of rows)
    row.forEach((count, next) => {
      const expected = (sum(row) * columns[next]!) / total;
      if (expected > 0) statistic += (count - expected) ** 2 / expected;
    });
  const used = columns.filter((column) => column > 0).length;
  return { statistic, degreesOfFreedom: Math.max(0, (rows.length - 1) * (used - 1)) };
}

/** Moves within the days of a part, by the chain's own states [hour][state][next]. */
function movesOf(chain: PriceChain, days: readonly PriceDay[]): number[][][] {
  const counts = hourly(() => Array.from({ length: chain.states }, () => new Array<number>(chain.states).fill(0)));
  for (const { pricePerMwh } of days)
    for (let hour = 0; hour + 1 < hoursPerDay; hour++)
      counts[hour]![stateOfPrice(chain, hour, pricePerMwh[hour]!)]![
        stateOfPrice(chain, hour + 1, pricePerMwh[hour + 1]!)
      ]! += 1;
  return counts;
}
