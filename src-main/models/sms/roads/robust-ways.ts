/**
 * The way of least worst-case time when at most Γ links take their deviation, for times that stand still:
 *
 *   min_{way W} Σ_{l ∈ W} t_l + max_{S ⊆ W, |S| ≤ Γ} Σ_{l ∈ S} d_l  =  min_{θ ∈ {0} ∪ {d_l}} Γ θ + min_W Σ_{l ∈ W} (t_l + max(d_l − θ, 0))
 *
 * one shortest-path search per threshold θ. Source: Bertsimas and Sim 2003, theorem 3. Between two thresholds a < b the value is at
 * least Γ a + (shortest way at b), because the inner minimum falls as θ rises; an interval where that is no better than what is known
 * for every destination is passed over, which leaves few of the searches.
 * Symbol → identifier: Γ → `budget`, t → `minutes`, d → `deviationMinutes`, θ → `threshold`.
 */
import { arcsTo, searchFrom, type Departure } from './earliest-arrivals.ts';
import type { RoadGraph } from './road-graph.ts';
import { requireBudget } from './worst-arrival.ts';

export interface RobustWay {
  /** Worst-case minutes within the budget. */
  minutes: number;
  arcs: number[];
}

export interface RobustWish {
  /** [arc] */
  minutes: Float64Array;
  /** [arc], not negative. */
  deviationMinutes: Float64Array;
  budget: number;
  blocked: Uint8Array;
  destinations: readonly number[];
  /** How far above the least worst case an answer may be; 0 for the least itself. */
  toleranceMinutes: number;
}

export interface RobustWays {
  /** [destination]; null where there is no way. */
  ways: (RobustWay | null)[];
  /** Shortest-path searches that were needed. */
  searches: number;
}

/** @throws Refusal `out-of-range` for a budget that is no whole number. */
export function robustWays(graph: RoadGraph, node: Departure['node'], wish: RobustWish): RobustWays {
  requireBudget(wish.budget);
  const { minutes, deviationMinutes, budget, blocked, destinations, toleranceMinutes } = wish;
  const usable = Array.from(deviationMinutes).filter((_, arc) => blocked[arc] === 0);
  const thresholds = Float64Array.from(new Set([0, ...usable])).sort();
  const ways = destinations.map((): RobustWay | null => null);
  const known = new Map<number, Float64Array>();
  const searchAt = (index: number): Float64Array => {
    const done = known.get(index);
    if (done) return done;
    const threshold = thresholds[index]!;
    const found = searchFrom(
      graph,
      { node, minute: 0 },
      blocked,
      (arc) => minutes[arc]! + Math.max(deviationMinutes[arc]! - threshold, 0),
      destinations,
    );
    destinations.forEach((destination, at) => {
      const value = budget * threshold + found.minute[destination]!;
      if (value < (ways[at]?.minutes ?? Infinity))
        ways[at] = { minutes: value, arcs: arcsTo(graph, found, destination)! };
    });
    const reached = Float64Array.from(destinations, (destination) => found.minute[destination]!);
    known.set(index, reached);
    return reached;
  };
  const worthwhile = (low: number, high: number): boolean =>
    searchAt(high).some(
      (atHigh, at) =>
        budget * thresholds[low]! + atHigh < (ways[at]?.minutes ?? Infinity) - Math.max(toleranceMinutes, 1e-9),
    );
  const open: [number, number][] = [[0, thresholds.length - 1]];
  searchAt(0);
  for (let interval = open.pop(); interval !== undefined; interval = open.pop()) {
    const [low, high] = interval;
    if (high - low < 2 || !worthwhile(low, high)) {
      searchAt(high);
      continue;
    }
    const middle = (low + high) >> 1;
    searchAt(middle);
    open.push([low, middle], [middle, high]);
  }
  return { ways, searches: known.size };
}
