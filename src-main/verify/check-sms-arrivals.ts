/**
 * Does a truck arrive in time with the stated confidence? Of a trip, link by link under the traffic of the hour: its time as forecast; the
 * latest arrival when the promised number of links is as late as it may be, whichever these are; and how likely more than that is, if every link is
 * late or early alike and by itself (Bertsimas and Sim 2004, theorem 3).
 */
import type { Ledger } from './ledger.ts';

export interface RoadTraffic {
  /** Periods of equal length in a day; the value of one holds at its middle, on a straight line between. */
  periods: number;
  /** [link · periods + period] */
  linkMinutes: Float64Array;
  freeFlowMinutes: (link: number) => number;
  /** A link may take up to this share of its free-flow time longer. */
  lateShare: number;
  arrivalConfidence: number;
}

export interface PromisedTrip {
  fromSlot: number;
  minutes: number;
  latestMinutes: number;
  /** Links that may be late at once; absent in plans that did not keep it, whose latest arrival then is believed. */
  lateLinks?: number | undefined;
  links: readonly number[];
}

export function checkSmsArrival(
  trip: PromisedTrip,
  traffic: RoadTraffic,
  { subject, departMinute, ledger }: { subject: string; departMinute: number; ledger: Ledger },
): void {
  const slot = trip.fromSlot;
  const late = (link: number): number => traffic.lateShare * traffic.freeFlowMinutes(link);
  const allowed = trip.lateLinks ?? 0;
  // Minute of arrival with at most k links late [k].
  let arrival = new Array<number>(allowed + 1).fill(departMinute);
  for (const link of trip.links)
    arrival = arrival.map((minute, k) => {
      const before = arrival[k - 1];
      const onTime = minute + linkMinutes(traffic, link, minute);
      return before === undefined ? onTime : Math.max(onTime, before + linkMinutes(traffic, link, before) + late(link));
    });
  const claim = { subject, slot, unit: 'min' };
  ledger.equal({
    ...claim,
    limit: 'trip time',
    quantity: 'drive',
    value: trip.minutes,
    bound: arrival[0]! - departMinute,
  });
  if (trip.lateLinks === undefined) return;
  const latest = arrival[allowed]! - departMinute;
  ledger.least({
    ...claim,
    limit: 'latest arrival',
    quantity: 'latest arrival',
    value: trip.latestMinutes,
    bound: latest,
  });
  const uncertain = trip.links.filter((link) => late(link) > 0).length;
  const value = 1 - exceedance(uncertain, allowed);
  const confidence = { subject, slot, unit: '', limit: 'arrival confidence', quantity: 'confidence of arrival' };
  ledger.least({ ...confidence, value, bound: traffic.arrivalConfidence });
}

function linkMinutes({ periods, linkMinutes: table }: RoadTraffic, link: number, minute: number): number {
  const position = (((minute / 1440) * periods - 0.5) % periods) + periods;
  const left = Math.floor(position);
  const at = (period: number): number => table[link * periods + (period % periods)]!;
  return at(left) * (left + 1 - position) + at(left + 1) * (position - left);
}

/** Bound of the probability that n links are later together than the Γ latest of them at their worst. */
function exceedance(n: number, allowed: number): number {
  if (allowed >= n) return 0;
  const middle = (allowed + n) / 2;
  const floor = Math.floor(middle);
  const tail = (from: number): number => {
    let sum = 0;
    for (let k = from; k <= n; k++) sum += Math.exp(logChoose(n, k) - n * Math.LN2);
    return sum;
  };
  return (1 - (middle - floor)) * tail(floor) + (middle - floor) * tail(floor + 1);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
