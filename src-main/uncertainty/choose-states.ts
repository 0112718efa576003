/**
 * How many price states the data bear: the number whose chain gives days it has not seen the highest density.
 *
 * Days are cut into contiguous blocks; each block is scored by a chain learnt from the other blocks. A price at an hour, given the price
 * an hour before, has the density Σ_j P_ij · Laplace(price; mean_j, spread_j): comparable between numbers of states, and defined for
 * prices never seen. Only numbers whose rows are seen often enough (`sparseBelow`) are tried. The smallest number within one standard error of the best is taken (Hastie, Tibshirani and Friedman 2009, 7.10).
 */
import { mean, standardDeviation } from '../base/statistics.ts';
import { sparseBelow } from './chain-checks.ts';
import {
  estimatedLaw,
  fitPriceChain,
  hoursPerDay,
  stateOfPrice,
  type PriceChain,
  type PriceDay,
} from './price-chain.ts';

export interface StateScore {
  states: number;
  /** Mean log density of an hour's price on days not learnt from, and its standard error over days. */
  logDensity: number;
  standardError: number;
}

export interface StateChoice {
  states: number;
  scores: StateScore[];
  /** What one chain of the same days without memory (each hour's own states, no transitions) scores. */
  withoutMemory: number;
}

const candidates = [2, 3, 4, 5, 6, 7, 8, 10];
const blocks = 5;
/** Spread is never taken below this: prices often repeat to the cent. */
const leastSpreadPerMwh = 1;

/** @param days at least 16, ascending. */
export function chooseStates(days: readonly PriceDay[]): StateChoice {
  const learnt = days.length - Math.ceil(days.length / blocks);
  const tried = candidates.filter((states) => states === 2 || states * sparseBelow(states) <= learnt);
  const perDay = tried.map((states) => dayScores(days, states, 'chain'));
  const scores = tried.map((states, at): StateScore => {
    const values = perDay[at]!;
    return { states, logDensity: mean(values), standardError: standardDeviation(values) / Math.sqrt(values.length) };
  });
  const best = perDay.reduce((top, values) => (mean(values) > mean(top) ? values : top));
  // The error of the difference to the best, day by day: the same days are scored by both.
  const found = tried.findIndex((_, at) => {
    const behind = best.map((value, day) => value - perDay[at]![day]!);
    return mean(behind) <= standardDeviation(behind) / Math.sqrt(behind.length) || perDay[at] === best;
  });
  const states = tried[found]!;
  return { states, scores, withoutMemory: mean(dayScores(days, states, 'alone')) };
}

/** Mean log density of each day by the chain of the other blocks [day]. */
function dayScores(days: readonly PriceDay[], states: number, form: 'chain' | 'alone'): number[] {
  const size = Math.ceil(days.length / blocks);
  return days.flatMap((_, first) => {
    if (first % size !== 0) return [];
    const chain = fitPriceChain([...days.slice(0, first), ...days.slice(first + size)], states);
    return days.slice(first, first + size).map(({ pricePerMwh }) => {
      let sum = 0;
      for (let hour = 1; hour < hoursPerDay; hour++) {
        const from = stateOfPrice(chain, hour - 1, pricePerMwh[hour - 1]!);
        const law = form === 'chain' ? estimatedLaw(chain.counts[hour - 1]![from]!, 0.5) : null;
        sum += Math.log(density(chain, hour, law, pricePerMwh[hour]!));
      }
      return sum / (hoursPerDay - 1);
    });
  });
}

function density(chain: PriceChain, hour: number, law: readonly number[] | null, pricePerMwh: number): number {
  let sum = 0;
  for (let state = 0; state < chain.states; state++) {
    const spread = Math.max(leastSpreadPerMwh, chain.spreadPerMwh[hour]![state]!);
    const away = Math.abs(pricePerMwh - chain.pricePerMwh[hour]![state]!) / spread;
    sum += ((law ? law[state]! : 1 / chain.states) * Math.exp(-away)) / (2 * spread);
  }
  return Math.max(sum, Number.MIN_VALUE);
}
