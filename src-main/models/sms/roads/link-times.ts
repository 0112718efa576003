/**
 * Travel time of every arc by the clock.
 *
 *   time(h) = free-flow · (1 + b · (φ_h · flow / capacity)^p)         (Bureau of Public Roads 1964)
 *
 * The value of a period stands at its middle; between two middles the time of entering is read on the straight line, around the day.
 * Symbol → identifier: φ_h → `flowFactor[h]`, b → `congestionFactor`, p → `congestionPower`.
 */
import { Refusal } from '../../../base/errors.ts';
import type { RoadGraph } from './road-graph.ts';

export const dayMinutes = 1440;

export interface LinkTimes {
  periods: number;
  /** [arc · periods + period], minutes. */
  minutes: Float64Array;
}

export interface CongestionProfile {
  /** [period]: flow as a multiple of the flow the network was loaded with; periods of equal length from midnight on. */
  flowFactor: readonly number[];
  /** flow / capacity, b and p of a link whose data names none. */
  unknownLink: { flowRatio: number; congestionFactor: number; congestionPower: number };
}

/** Links without data stay at free flow; the others carry their loaded flow all day. */
export const loadedAllDay: CongestionProfile = {
  flowFactor: [1],
  unknownLink: { flowRatio: 0, congestionFactor: 0.15, congestionPower: 4 },
};

/** Nobody else on the road. */
export const freeFlow: CongestionProfile = { ...loadedAllDay, flowFactor: [0] };

/**
 * Share of the busiest hour's traffic by hour of a working day: two peaks, 8 h and 17 h, and quiet nights. The shape of counts on
 * arterial roads in general, not of any one network; replace it by counts where there are some.
 */
export const workingDayFactor: readonly number[] = [
  0.12, 0.08, 0.06, 0.06, 0.1, 0.26, 0.6, 0.9, 1, 0.8, 0.7, 0.7, 0.74, 0.74, 0.76, 0.84, 0.94, 1, 0.86, 0.62, 0.46,
  0.38, 0.3, 0.2,
];

/** @throws Refusal `out-of-range` for a negative factor. */
export function congestedTimes(graph: RoadGraph, { flowFactor, unknownLink }: CongestionProfile): LinkTimes {
  const wrong = flowFactor.find((factor) => !(factor >= 0 && factor < Infinity));
  if (wrong !== undefined || flowFactor.length === 0)
    throw new Refusal('out-of-range', { what: 'A factor of traffic', value: wrong ?? 'missing', range: '0 or more' });
  const periods = flowFactor.length;
  const minutes = new Float64Array(graph.head.length * periods);
  graph.linkOf.forEach((index, arc) => {
    const link = graph.links[index]!;
    const known = link.flowPerHour >= 0 && link.capacityPerHour > 0;
    const ratio = known ? link.flowPerHour / link.capacityPerHour : unknownLink.flowRatio;
    const factor = Number.isNaN(link.congestionFactor) ? unknownLink.congestionFactor : link.congestionFactor;
    const power = Number.isNaN(link.congestionPower) ? unknownLink.congestionPower : link.congestionPower;
    for (let period = 0; period < periods; period++) {
      const load = ratio * flowFactor[period]!;
      const added = factor === 0 || load === 0 ? 0 : factor * load ** power;
      minutes[arc * periods + period] = link.freeFlowMinutes * (1 + added);
    }
  });
  return { periods, minutes };
}

/** Minutes to pass an arc entered at `minute` (after midnight of the first day; any later day is like it). */
export function minutesAt({ periods, minutes }: LinkTimes, arc: number, minute: number): number {
  if (periods === 1) return minutes[arc]!;
  const place = (minute / dayMinutes) * periods - 0.5;
  const below = Math.floor(place);
  const share = place - below;
  const first = minutes[arc * periods + (((below % periods) + periods) % periods)]!;
  const second = minutes[arc * periods + ((((below + 1) % periods) + periods) % periods)]!;
  return first + share * (second - first);
}

/** The same by link of the network [link · periods + period]. */
export function byLink({ linkOf }: RoadGraph, { periods, minutes }: LinkTimes): Float64Array {
  const ofLinks = new Float64Array(minutes.length);
  linkOf.forEach((link, arc) => ofLinks.set(minutes.subarray(arc * periods, (arc + 1) * periods), link * periods));
  return ofLinks;
}
