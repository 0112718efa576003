/**
 * Trips that arrive in time with a stated confidence although links may be slower than forecast.
 *
 * For the number n of links on a way that can deviate, the budget Γ(n) of `budget-confidence.ts` gives the confidence. The way of
 * least worst case is searched with the times at which the nominal trip meets each link, then its latest arrival is computed exactly,
 * with the hour's congestion met by who is late. If the way found has more links than its budget was meant for, the budget rises and
 * the search is repeated; it ends because the budget only rises. The bound behind Γ(n) is proven for times that stand still; with
 * congestion by the hour, where being late changes what is met next, it is a good approximation and not a theorem.
 */
import type { CancelSignal } from '../../../base/cancel.ts';
import { Refusal } from '../../../base/errors.ts';
import { describeTrip, type Closure, type ClosureWish, type Trip } from './close-terminals.ts';
import { budgetFor, exceedanceBound } from './budget-confidence.ts';
import { earliestArrivals } from './earliest-arrivals.ts';
import { minutesAt, type LinkTimes } from './link-times.ts';
import { nodeIndex, type RoadGraph } from './road-graph.ts';
import { robustWays } from './robust-ways.ts';
import { slotsFor } from './slots-for.ts';
import { worstArrival } from './worst-arrival.ts';

export interface ConfidentTrip extends Trip {
  /** Latest arrival within the budget, minutes after departure; `slots` is counted from it, `minutes` and cost are nominal. */
  latestMinutes: number;
  budget: number;
  /** 1 − B(n, Γ) of the way driven: at least what was asked for. */
  confidence: number;
}

export interface ConfidenceWish extends ClosureWish {
  /** In [0.5, 1). */
  confidence: number;
  /** [arc], not negative. */
  deviationMinutes: Float64Array;
  signal?: CancelSignal;
}

/** Three seconds: how far the way driven may be from the best; its latest arrival is computed exactly all the same. */
const toleranceMinutes = 0.05;

/**
 * Replaces every trip of a closure by one that keeps its promise.
 * @throws Refusal `out-of-range` for a confidence outside [0.5, 1); `cancelled`.
 */
export function tripsWithConfidence(
  graph: RoadGraph,
  times: LinkTimes,
  { trips }: Pick<Closure, 'trips'>,
  wish: ConfidenceWish,
): (ConfidentTrip | null)[][][] {
  const nodes = wish.terminals.map((id) => nodeIndex(graph, id));
  return trips.map((row, from) => {
    const departures = Array.from({ length: wish.slots }, (_, slot) =>
      nominalFrom(graph, times, wish, nodes[from]!, slot),
    );
    return row.map((bySlot, to) =>
      bySlot.map((trip, slot) => {
        if (wish.signal?.cancelled) throw new Refusal('cancelled', { what: 'Routing with confidence' });
        return trip === null ? null : confidentTrip(graph, times, wish, trip, departures[slot]!, nodes[to]!);
      }),
    );
  });
}

interface NominalDeparture {
  node: number;
  minute: number;
  /** [arc]: its time when the nominal trip from here meets it; 0 where no trip from here comes. */
  minutes: Float64Array;
}

function nominalFrom(
  graph: RoadGraph,
  times: LinkTimes,
  wish: ConfidenceWish,
  node: number,
  slot: number,
): NominalDeparture {
  const minute = wish.firstMinute + slot * wish.slotMinutes;
  const met = earliestArrivals(graph, times, { node, minute }, wish.blocked).minute;
  const minutes = Float64Array.from(graph.tail, (tail, arc) =>
    met[tail] === Infinity ? 0 : minutesAt(times, arc, met[tail]!),
  );
  return { node, minute, minutes };
}

function confidentTrip(
  graph: RoadGraph,
  times: LinkTimes,
  wish: ConfidenceWish,
  nominal: Trip,
  departure: NominalDeparture,
  to: number,
): ConfidentTrip {
  const { deviationMinutes, blocked, confidence } = wish;
  const uncertainLinks = (arcs: readonly number[]): number => arcs.filter((arc) => deviationMinutes[arc]! > 0).length;
  let arcs = nominal.arcs;
  let budget = budgetFor(uncertainLinks(arcs), confidence);
  for (;;) {
    const { ways } = robustWays(graph, departure.node, {
      minutes: departure.minutes,
      deviationMinutes,
      budget,
      blocked,
      destinations: [to],
      toleranceMinutes,
    });
    arcs = ways[0]?.arcs ?? arcs;
    const needed = budgetFor(uncertainLinks(arcs), confidence);
    if (needed <= budget) break;
    budget = needed;
  }
  const latestMinutes = worstArrival(times, deviationMinutes, arcs, departure.minute, budget) - departure.minute;
  const driven = worstArrival(times, deviationMinutes, arcs, departure.minute, 0) - departure.minute;
  return {
    ...describeTrip(graph, arcs, driven, wish),
    slots: slotsFor(latestMinutes, wish.slotMinutes),
    latestMinutes,
    budget,
    confidence: 1 - exceedanceBound(uncertainLinks(arcs), budget),
  };
}
