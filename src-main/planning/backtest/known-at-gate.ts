/**
 * The telemetry as it stood when a past day was planned: a face of the store that gives nothing newer. Known at the gate (noon of the
 * day before) are actual values up to then, sessions that had ended by then, and what is published for the day itself: day-ahead
 * forecasts and prices up to its end. Flags are those of today: what has since been found doubtful is not trusted again.
 */
import { addDays, zoneOf } from '../../base/zone.ts';
import { gateMinutes } from '../../forecast/gate.ts';
import { flagBits, type RegularSeries, type SeriesKind, type Session } from '../../telemetry/types.ts';
import type { Store } from '../ports.ts';

export function knownAtGate(store: Store, zoneId: string, day: string): Store {
  const zone = zoneOf(zoneId);
  const gateUtcMs = zone.startOfDay(addDays(day, -1)) + gateMinutes * 60_000;
  const endOfDayUtcMs = zone.startOfDay(addDays(day, 1));
  const knownUntil = (kind: SeriesKind): number =>
    kind === 'load-actual' || kind === 'wind-actual' ? gateUtcMs : endOfDayUtcMs;
  const endedSessions = (fromUtcMs: number, toUtcMs: number): Session[] =>
    store
      .readSessions(fromUtcMs, Math.min(toUtcMs, gateUtcMs))
      .filter(({ arrivalUtcMs, departureUtcMs }) => !(Math.max(arrivalUtcMs, departureUtcMs) > gateUtcMs));
  return {
    ...store,
    listSeries: () =>
      store.listSeries().map((info) => {
        const toUtcMs = Math.min(info.toUtcMs, knownUntil(info.kind));
        return { ...info, toUtcMs, fromUtcMs: Math.min(info.fromUtcMs, toUtcMs) };
      }),
    readSeries: (id, fromUtcMs, toUtcMs) => cut(store.readSeries(id, fromUtcMs, toUtcMs), knownUntil),
    readSessions: endedSessions,
    sessionStations: () => stationsOf(endedSessions(0, gateUtcMs)),
  };
}

/** Values that begin before the limit but end after it are not known either. */
function cut(series: RegularSeries, knownUntil: (kind: SeriesKind) => number): RegularSeries {
  const stepMs = series.stepMinutes * 60_000;
  const known = Math.max(0, Math.floor((knownUntil(series.kind) - series.startUtcMs) / stepMs));
  if (known >= series.values.length) return series;
  return {
    ...series,
    values: series.values.map((value, index) => (index < known ? value : NaN)),
    flags: series.flags.map((flags, index) => (index < known ? flags : flagBits.gap)),
  };
}

function stationsOf(sessions: readonly Session[]): ReturnType<Store['sessionStations']> {
  const byStation = new Map<string, ReturnType<Store['sessionStations']>[number]>();
  for (const { station, arrivalUtcMs, departureUtcMs, defects } of sessions) {
    const end = Number.isNaN(departureUtcMs) ? arrivalUtcMs : departureUtcMs;
    const known = byStation.get(station) ?? { station, count: 0, usable: 0, fromUtcMs: Infinity, toUtcMs: -Infinity };
    byStation.set(station, {
      station,
      count: known.count + 1,
      usable: known.usable + (defects.length === 0 ? 1 : 0),
      fromUtcMs: Math.min(known.fromUtcMs, arrivalUtcMs),
      toUtcMs: Math.max(known.toUtcMs, end),
    });
  }
  return [...byStation.values()].sort((a, b) => (a.station < b.station ? -1 : 1));
}
