/**
 * Local wall-clock time and UTC for one IANA zone, fast enough for millions of rows.
 *
 * Offsets come from Temporal (the polyfill where the engine has none); transitions are found once per year asked for and kept.
 * A local instant exists once, never (spring gap) or twice (autumn fold); the caller must say what it wants, nothing is guessed.
 * All instants are milliseconds since 1970-01-01T00:00Z; "local milliseconds" are the wall clock read as if it were UTC.
 */
import { Temporal } from 'temporal-polyfill';
import { Refusal } from './errors.ts';

export type LocalResolution =
  | { kind: 'once'; utcMs: number }
  | { kind: 'gap'; before: number; after: number }
  | { kind: 'twice'; first: number; second: number };

export interface Zone {
  readonly id: string;
  /** Offset from UTC in minutes at an instant (east positive). */
  offsetMinutes(utcMs: number): number;
  /** Wall clock at an instant, as local milliseconds. */
  toLocal(utcMs: number): number;
  resolveLocal(localMs: number): LocalResolution;
  /** UTC of the first instant of a calendar day (ISO date). */
  startOfDay(isoDate: string): number;
  /** ISO date of the local day that contains the instant. */
  dateOf(utcMs: number): string;
  /** Local time with offset: 2023-06-15T14:15:00+02:00. */
  format(utcMs: number): string;
}

interface Era {
  from: number;
  offset: number;
}

const minute = 60_000;
const zones = new Map<string, Zone>();

/** @throws Refusal `bad-request` for a name that is no IANA zone. */
export function zoneOf(id: string): Zone {
  const known = zones.get(id);
  if (known) return known;
  const zone = createZone(id);
  zones.set(id, zone);
  return zone;
}

function createZone(id: string): Zone {
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(id);
  try {
    at(0);
  } catch {
    throw new Refusal('bad-request', { call: 'zone', problem: `"${id}" is not a time zone` });
  }
  const offsetAt = (ms: number) => Math.round(at(ms).offsetNanoseconds / 6e10);
  // Transitions from 1970 on, extended as later instants are asked for.
  const eras: Era[] = [{ from: -Infinity, offset: offsetAt(Date.UTC(1970, 0, 1)) }];
  let knownUntil = Date.UTC(1970, 0, 1);
  const extend = (until: number): void => {
    while (knownUntil <= until) {
      const next = at(knownUntil).getTimeZoneTransition('next');
      const nextMs = next ? next.epochMilliseconds : Infinity;
      if (nextMs === Infinity) {
        knownUntil = Infinity;
        break;
      }
      eras.push({ from: nextMs, offset: offsetAt(nextMs) });
      knownUntil = nextMs;
    }
  };
  let last = 0;
  const offsetMinutes = (utcMs: number): number => {
    if (utcMs >= knownUntil) extend(utcMs);
    const held = eras[last]!;
    if (utcMs >= held.from && (last + 1 === eras.length || utcMs < eras[last + 1]!.from)) return held.offset;
    let low = 0;
    let high = eras.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (eras[middle]!.from <= utcMs) low = middle;
      else high = middle - 1;
    }
    last = low;
    return eras[low]!.offset;
  };
  const toLocal = (utcMs: number): number => utcMs + offsetMinutes(utcMs) * minute;
  const resolveLocal = (localMs: number): LocalResolution => {
    const early = offsetMinutes(localMs - 24 * 60 * minute);
    const late = offsetMinutes(localMs + 24 * 60 * minute);
    const first = localMs - Math.max(early, late) * minute;
    const second = localMs - Math.min(early, late) * minute;
    const firstHolds = toLocal(first) === localMs;
    const secondHolds = toLocal(second) === localMs;
    if (firstHolds && secondHolds)
      return first === second ? { kind: 'once', utcMs: first } : { kind: 'twice', first, second };
    if (firstHolds) return { kind: 'once', utcMs: first };
    if (secondHolds) return { kind: 'once', utcMs: second };
    return { kind: 'gap', before: first, after: second };
  };
  const dateOf = (utcMs: number): string => new Date(toLocal(utcMs)).toISOString().slice(0, 10);
  const startOfDay = (isoDate: string): number => {
    const localMs = Date.parse(`${isoDate}T00:00:00Z`);
    // Date.parse takes 30 February for 2 March, so the date must also read back as itself.
    if (!/^\d{4}-\d\d-\d\d$/.test(isoDate) || Number.isNaN(localMs) || addDays(isoDate, 0) !== isoDate)
      throw new Refusal('bad-day', { day: isoDate, problem: 'it is not a calendar date' });
    const found = resolveLocal(localMs);
    if (found.kind === 'once') return found.utcMs;
    return found.kind === 'twice' ? found.first : found.after;
  };
  const format = (utcMs: number): string => {
    const offset = offsetMinutes(utcMs);
    const sign = offset < 0 ? '-' : '+';
    const size = Math.abs(offset);
    const two = (n: number) => String(n).padStart(2, '0');
    return `${new Date(toLocal(utcMs)).toISOString().slice(0, 19)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  };
  return { id, offsetMinutes, toLocal, resolveLocal, startOfDay, dateOf, format };
}

/** The ISO date `days` later (negative: earlier); calendar arithmetic, no zone involved. */
export function addDays(isoDate: string, days: number): string {
  return new Date(Date.parse(`${isoDate}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
