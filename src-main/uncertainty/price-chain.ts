/**
 * Day-ahead prices as a Markov chain by the hour of the local day. At every hour the prices of the past days are cut into states by
 * quantiles; hour 23 leads to hour 0 of the next day. Prices in money per MWh; negative ones are prices like any other. Days that have no
 * 24 hours are not learnt from. Source of the model: Zhou et al. 2017, third category; docs/method/market.md, "Prices as a chain".
 */
import { quantileSorted } from '../base/statistics.ts';

export const hoursPerDay = 24;

/** One past day [hour]. */
export interface PriceDay {
  /** ISO date. */
  day: string;
  pricePerMwh: ArrayLike<number>;
}

export interface PriceChain {
  states: number;
  /** ISO dates learnt from, ascending. */
  days: string[];
  /** Upper ends of all states but the highest [hour][state]; a price equal to an end belongs to the state above it. */
  edges: number[][];
  /** Mean price of each state [hour][state]. */
  pricePerMwh: number[][];
  /** Mean distance from the median of each state [hour][state]. */
  spreadPerMwh: number[][];
  /** Moves seen from the hour to the one after it [hour][state][next]. */
  counts: number[][][];
}

/** State of a price at an hour. */
export function stateOfPrice({ edges }: Pick<PriceChain, 'edges'>, hour: number, pricePerMwh: number): number {
  const ends = edges[hour]!;
  let state = 0;
  while (state < ends.length && pricePerMwh >= ends[state]!) state++;
  return state;
}

/** @param days at least one, ascending; each with 24 prices. */
export function fitPriceChain(days: readonly PriceDay[], states: number): PriceChain {
  const edges = hourly((hour) => {
    const sorted = Float64Array.from(days, ({ pricePerMwh }) => pricePerMwh[hour]!).sort();
    return Array.from({ length: states - 1 }, (_, state) => quantileSorted(sorted, (state + 1) / states));
  });
  const stateAt = days.map(({ pricePerMwh }) => hourly((hour) => stateOfPrice({ edges }, hour, pricePerMwh[hour]!)));
  const held = hourly((hour) =>
    Array.from({ length: states }, (_, state) =>
      days.flatMap(({ pricePerMwh }, day) => (stateAt[day]![hour] === state ? [pricePerMwh[hour]!] : [])),
    ),
  );
  const pricePerMwh = held.map((perState, hour) =>
    perState.map((prices, state) => (prices.length > 0 ? meanOf(prices) : emptyPrice(edges[hour]!, state))),
  );
  const spreadPerMwh = held.map((perState) => perState.map(spreadOf));
  const counts = hourly(() => Array.from({ length: states }, () => new Array<number>(states).fill(0)));
  stateAt.forEach((path, at) => {
    for (let hour = 0; hour + 1 < hoursPerDay; hour++) counts[hour]![path[hour]!]![path[hour + 1]!]! += 1;
    const tomorrow = days[at + 1];
    if (tomorrow && isNextDay(days[at]!.day, tomorrow.day))
      counts[hoursPerDay - 1]![path[hoursPerDay - 1]!]![stateAt[at + 1]![0]!]! += 1;
  });
  return { states, days: days.map(({ day }) => day), edges, pricePerMwh, spreadPerMwh, counts };
}

export const hourly = <Value>(make: (hour: number) => Value): Value[] =>
  Array.from({ length: hoursPerDay }, (_, hour) => make(hour));

/** (counts + smoothing) as shares; a row never left keeps an even law. `smoothing` 0: the plain estimate. */
export function estimatedLaw(counts: readonly number[], smoothing: number): number[] {
  const total = counts.reduce((sum, count) => sum + count + smoothing, 0);
  return counts.map((count) => (total > 0 ? (count + smoothing) / total : 1 / counts.length));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Equal prices can leave a state without any: it stands at its end. */
const emptyPrice = (ends: readonly number[], state: number): number => ends[Math.min(state, ends.length - 1)] ?? 0;

function spreadOf(prices: readonly number[]): number {
  if (prices.length === 0) return 0;
  const middle = quantileSorted(Float64Array.from(prices).sort(), 0.5);
  return meanOf(prices.map((price) => Math.abs(price - middle)));
}

const isNextDay = (day: string, next: string): boolean => Date.parse(next) - Date.parse(day) === 86_400_000;
