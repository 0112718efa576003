/**
 * Representative sessions of an aggregator → the cars of the scheduling problem, and what they would draw unsteered.
 *
 * A session's energy E was metered at the charger, so its battery gained η·E. The car is taken to leave with the aggregator's
 * departure share of its capacity and to have come with that less η·E; where this lies below the least share, or the stay is too
 * short at full power, the need is cut to what can be and a note says so. A stay that crosses midnight is charged in proportion
 * to the time it spends in the day: a car that came yesterday starts with the share of its need that falls before midnight, one
 * that leaves tomorrow must hold by the end of the day what falls into it.
 */
import type { Horizon } from '../../base/horizon.ts';
import { zoneOf } from '../../base/zone.ts';
import type { RepresentativeSession } from '../../forecast/representative-sessions.ts';
import type { Ev } from '../../models/v2g/problem.ts';
import type { AggregatorSite } from '../site.ts';

export interface Fleet {
  evs: Ev[];
  /** [aggregator][slot], kW: full power from arrival until the need is met. */
  uncoordinatedKw: number[][];
  /** When the car of each row came and goes, before its stay is cut to the day. */
  stays: { startSlot: number; endSlot: number }[];
  /** What was cut to fit, in words. */
  notes: string[];
}

export function fleetOf(
  aggregators: readonly AggregatorSite[],
  sessions: readonly (readonly RepresentativeSession[])[],
  horizon: Horizon,
): Fleet {
  const notes: string[] = [];
  const perAggregator = aggregators.map((aggregator, index) => {
    const expected = sessions[index] ?? [];
    const counts = wholeCars(expected.map((session) => session.weight * aggregator.carsPerSession));
    let cut = 0;
    const evs = expected.flatMap((session, at) => {
      const cars = counts[at]!;
      const built = cars > 0 ? carsOf(session, cars, aggregator, index, horizon) : null;
      if (built?.cut) cut += cars;
      return built ? [{ ev: { ...built.ev, id: `${aggregator.id}-${at + 1}` }, stay: built.stay }] : [];
    });
    const all = counts.reduce((sum, cars) => sum + cars, 0);
    if (cut > 0)
      notes.push(`${aggregator.name}: the energy need of ${cut} of ${all} cars was cut to what their stay allows.`);
    return evs;
  });
  const uncoordinatedKw = perAggregator.map((own) =>
    unsteeredKw(
      own.map(({ ev }) => ev),
      horizon,
    ),
  );
  const all = perAggregator.flat();
  return { evs: all.map(({ ev }) => ev), uncoordinatedKw, stays: all.map(({ stay }) => stay), notes };
}

/** Whole numbers with the rounded total of the given ones, each within one of its own (largest remainders first). */
export function wholeCars(wanted: readonly number[]): number[] {
  const total = Math.round(wanted.reduce((sum, cars) => sum + cars, 0));
  const whole = wanted.map(Math.floor);
  const missing = total - whole.reduce((sum, cars) => sum + cars, 0);
  const byRemainder = Array.from(wanted.keys()).sort((a, b) => (wanted[b]! % 1) - (wanted[a]! % 1) || a - b);
  for (const index of byRemainder.slice(0, missing)) whole[index]! += 1;
  return whole;
}

function carsOf(
  session: RepresentativeSession,
  cars: number,
  site: AggregatorSite,
  aggregator: number,
  horizon: Horizon,
): { ev: Omit<Ev, 'id'>; stay: Fleet['stays'][number]; cut: boolean } | null {
  const { slots, slotMinutes } = horizon;
  const start = slotOfClock(session.arrivalMinutes, horizon);
  const end = start + Math.max(1, Math.round(session.stayMinutes / slotMinutes));
  const arrivalSlot = Math.max(0, start);
  const departureSlot = Math.min(slots, end);
  if (arrivalSlot >= departureSlot) return null;
  const gainPerSlot = site.efficiency * site.chargeKw * (slotMinutes / 60);
  const wanted = site.efficiency * session.energyKwh;
  const room = (site.departureShare - site.minShare) * site.capacityKwh;
  const need = Math.min(wanted, room, gainPerSlot * (end - start));
  const begin = site.departureShare * site.capacityKwh - need;
  const shareBefore = (slot: number) => (slot - start) / (end - start);
  const ev = {
    aggregator,
    cars,
    capacityKwh: cars * site.capacityKwh,
    arrivalSlot,
    departureSlot,
    initialKwh: cars * (begin + need * shareBefore(arrivalSlot)),
    minKwh: cars * site.minShare * site.capacityKwh,
    maxKwh: cars * site.maxShare * site.capacityKwh,
    requiredKwh: cars * (begin + need * shareBefore(departureSlot)),
    chargeKw: cars * site.chargeKw,
    dischargeKw: cars * site.dischargeKw,
    efficiency: site.efficiency,
  };
  return { ev, stay: { startSlot: start, endSlot: end }, cut: need < wanted - 1e-9 };
}

/** Slot nearest to a wall-clock time of the day; negative for the day before. A time the clock skips counts as the next that is. */
function slotOfClock(minutes: number, { day, zone, startUtcMs, slotMinutes, slots }: Horizon): number {
  if (minutes < 0) return Math.min(-1, Math.round(minutes / slotMinutes));
  const found = zoneOf(zone).resolveLocal(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
  const utcMs = found.kind === 'once' ? found.utcMs : found.kind === 'twice' ? found.first : found.after;
  return Math.min(slots - 1, Math.round((utcMs - startUtcMs) / (slotMinutes * 60_000)));
}

function unsteeredKw(evs: readonly Ev[], { slots, slotMinutes }: Horizon): number[] {
  const hours = slotMinutes / 60;
  const load = new Array<number>(slots).fill(0);
  for (const ev of evs) {
    let missingKwh = Math.max(0, ev.requiredKwh - ev.initialKwh) / ev.efficiency;
    for (let slot = ev.arrivalSlot; slot < ev.departureSlot && missingKwh > 0; slot++) {
      const kwh = Math.min(missingKwh, ev.chargeKw * hours);
      load[slot]! += kwh / hours;
      missingKwh -= kwh;
    }
  }
  return load;
}
