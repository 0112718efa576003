/** Travel times of roads by the clock: every link by hour for the map, every pair of terminals by slot of departure. */
import { closeTerminals } from '../../models/sms/roads/close-terminals.ts';
import { roadPlan, type TravelWish } from './travel.ts';

export interface TrafficView {
  /** Periods of equal length in a day. */
  periods: number;
  /** [link · periods + period], minutes under the traffic of the period. */
  linkMinutes: Float64Array;
  /** [from][to][slot], minutes by the quickest way, leaving at the start of the slot; NaN where there is no way. */
  tripMinutes: Float64Array[][];
}

export function trafficView(wished: Omit<TravelWish, 'arrivalConfidence'>): TrafficView {
  const { graph, times, wish } = roadPlan(wished);
  const { periods, minutes } = times;
  const linkMinutes = new Float64Array(minutes.length);
  graph.linkOf.forEach((link, arc) => {
    linkMinutes.set(minutes.subarray(arc * periods, (arc + 1) * periods), link * periods);
  });
  const { trips } = closeTerminals(graph, times, wish);
  return {
    periods,
    linkMinutes,
    tripMinutes: trips.map((row) => row.map((slots) => Float64Array.from(slots, (trip) => trip?.minutes ?? NaN))),
  };
}
