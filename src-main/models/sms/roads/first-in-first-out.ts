/**
 * First in, first out: who enters a road later does not leave it sooner. Then waiting never helps, and Dijkstra's algorithm on arrival
 * times is exact (Kaufman and Smith 1993). With times on straight lines between period middles it holds when
 *
 *   time(p + 1) − time(p) ≥ −length of a period,     for every arc and period, around the day
 *
 * Where it does not, those who enter later stay behind those who entered before, as on a road without overtaking:
 * time′(p + 1) = max(time(p + 1), time′(p) − length). At the middles that is the latest arrival of all earlier entries; between them the
 * straight line lies above it, so a trip planned with it is never late for this reason.
 */
import { Refusal } from '../../../base/errors.ts';
import { dayMinutes, type LinkTimes } from './link-times.ts';
import { describeLink, type RoadGraph } from './road-graph.ts';

export interface Overtaking {
  arc: number;
  period: number;
  /** By how much the later entry leaves earlier. */
  minutes: number;
}

const tolerance = 1e-9;

export function findOvertaking({ periods, minutes }: LinkTimes): Overtaking[] {
  const length = dayMinutes / periods;
  const found: Overtaking[] = [];
  if (periods === 1) return found;
  for (let at = 0; at < minutes.length; at++) {
    const arc = Math.floor(at / periods);
    const period = at % periods;
    const gained = minutes[at]! - minutes[arc * periods + ((period + 1) % periods)]! - length;
    if (gained > tolerance) found.push({ arc, period, minutes: gained });
  }
  return found;
}

/** @throws Refusal `routes-impossible` naming the link, the hour and how much is gained by starting later. */
export function requireFirstInFirstOut(graph: RoadGraph, times: LinkTimes): void {
  const [first] = findOvertaking(times);
  if (first === undefined) return;
  const clock = (first.period + 0.5) * (24 / times.periods);
  const problem = `on ${describeLink(graph.links[graph.linkOf[first.arc]!]!)} who enters at ${clock.toFixed(1)} h is overtaken by ${first.minutes.toFixed(1)} minutes by who enters a period later`;
  throw new Refusal('routes-impossible', { problem });
}

/** The same times with everyone behind who entered before; unchanged where nobody is overtaken. */
export function forbidOvertaking({ periods, minutes }: LinkTimes): LinkTimes {
  const length = dayMinutes / periods;
  const kept = minutes.slice();
  // Twice around the day: the second round carries what the first found across midnight.
  for (let arc = 0; periods > 1 && arc < minutes.length / periods; arc++)
    for (let step = 1; step <= 2 * periods; step++) {
      const here = arc * periods + (step % periods);
      const before = arc * periods + ((step - 1) % periods);
      kept[here] = Math.max(kept[here]!, kept[before]! - length);
    }
  return { periods, minutes: kept };
}
