/** Travel times of roads by the clock: every link by hour for the map, every pair of terminals by slot of departure. */
import { closeTerminals } from '../../models/sms/roads/close-terminals.ts';
import { byLink } from '../../models/sms/roads/link-times.ts';
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
  const { trips } = closeTerminals(graph, times, wish);
  return {
    periods: times.periods,
    linkMinutes: byLink(graph, times),
    tripMinutes: trips.map((row) => row.map((slots) => Float64Array.from(slots, (trip) => trip?.minutes ?? NaN))),
  };
}
