/**
 * How cars of past days behaved beside what would have been planned of them: each day's sessions against the representative sessions drawn for it
 * from its own past, as known at its gate.
 *
 * Nobody says which car takes which place of the plan, and within an aggregator they are alike. So the planned cars are met by the real ones of the
 * same rank: the arrivals in order, the departures in order, the energies in order, at the same share of the day's cars. Late is a
 * planned arrival met later, early a planned departure met earlier, lack an energy need met by a larger one. A day on which fewer cars come at all
 * is no lateness: that is what the charging load of the aggregator deviates by.
 */
import { dayHorizon, type Horizon } from '../base/horizon.ts';
import { addDays, zoneOf } from '../base/zone.ts';
import type { Session } from '../telemetry/types.ts';
import { isWeekend } from './bias.ts';
import type { CoveredTime } from './charging-series.ts';
import { representativeSessions, type PoolSession } from './representative-sessions.ts';

export interface CarBehaviour {
  /** Planned and real, minutes after the local midnight that starts the day. */
  arrivalMinutes: { planned: number; real: number };
  departureMinutes: { planned: number; real: number };
  /** At the charger. */
  energyKwh: { planned: number; real: number };
}

export interface BehaviourDay {
  /** ISO date. */
  day: string;
  /** Recorded sessions that one planned car stands for. */
  weight: number;
  cars: CarBehaviour[];
}

export interface BehaviourInput {
  /** Usable sessions of the aggregator. */
  sessions: readonly Session[];
  covered: CoveredTime;
  horizon: Horizon;
  windowDays: number;
}

const poolReachDays = 56;
const leastPoolDays = 3;
const mostCars = 40;
/** With fewer real cars ranks say little. */
const leastRealCars = 2;

/** Days of the window, up to two before the planned one, with at least two arrivals planned and real. */
export function behaviourDays({ sessions, covered, horizon, windowDays }: BehaviourInput): BehaviourDay[] {
  const zone = zoneOf(horizon.zone);
  const byDay = new Map<string, PoolSession[]>();
  for (const { arrivalUtcMs, departureUtcMs, energyKwh } of sessions) {
    const local = zone.toLocal(arrivalUtcMs);
    const day = new Date(local).toISOString().slice(0, 10);
    const arrivalMinutes = (local - Date.parse(`${day}T00:00:00Z`)) / 60_000;
    const own = byDay.get(day) ?? [];
    own.push({ arrivalMinutes, stayMinutes: (departureUtcMs - arrivalUtcMs) / 60_000, energyKwh });
    byDay.set(day, own);
  }
  const isCovered = (day: string): boolean => {
    const { startUtcMs, slots, slotMinutes } = dayHorizon(day, horizon.zone, horizon.slotMinutes);
    return startUtcMs >= covered.fromUtcMs && startUtcMs + slots * slotMinutes * 60_000 <= covered.toUtcMs;
  };
  const known = new Map<string, boolean>();
  const counts = (day: string): boolean => {
    const before = known.get(day) ?? isCovered(day);
    known.set(day, before);
    return before;
  };
  const days: BehaviourDay[] = [];
  for (let back = windowDays; back >= 2; back--) {
    const day = addDays(horizon.day, -back);
    const real = byDay.get(day) ?? [];
    if (!counts(day) || real.length < leastRealCars) continue;
    const pool: PoolSession[] = [];
    let poolDays = 0;
    for (let past = 2; past <= poolReachDays; past++) {
      const other = addDays(day, -past);
      if (isWeekend(other) !== isWeekend(day) || !counts(other)) continue;
      poolDays++;
      pool.push(...(byDay.get(other) ?? []));
    }
    if (poolDays < leastPoolDays) continue;
    const planned = representativeSessions(pool, pool.length / poolDays, mostCars);
    if (planned.length < leastRealCars) continue;
    days.push({ day, weight: planned[0]!.weight, cars: meet(planned, real) });
  }
  return days;
}

function meet(planned: readonly PoolSession[], real: readonly PoolSession[]): CarBehaviour[] {
  const pairs = (of: (session: PoolSession) => number): { planned: number; real: number }[] => {
    const wanted = planned.map((session, at) => ({ at, value: of(session) })).sort((a, b) => a.value - b.value);
    const came = real.map(of).sort((a, b) => a - b);
    const met = new Array<{ planned: number; real: number }>(planned.length);
    wanted.forEach(({ at, value }, rank) => {
      met[at] = { planned: value, real: came[Math.floor(((rank + 0.5) / wanted.length) * came.length)]! };
    });
    return met;
  };
  const arrivals = pairs(({ arrivalMinutes }) => arrivalMinutes);
  const departures = pairs(({ arrivalMinutes, stayMinutes }) => arrivalMinutes + stayMinutes);
  const energies = pairs(({ energyKwh }) => energyKwh);
  return planned.map((_, at) => ({
    arrivalMinutes: arrivals[at]!,
    departureMinutes: departures[at]!,
    energyKwh: energies[at]!,
  }));
}
