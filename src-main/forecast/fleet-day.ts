/**
 * The cars a day expects at one aggregator, and how far its unsteered charging load strayed from expectation on past days.
 *
 * Days are compared with days of the same kind (working day or weekend) among the eight weeks before, complete at the gate: the
 * expected load is their mean, the expected cars are drawn from their sessions (representative-sessions.ts). Cars that stand
 * there at midnight are drawn separately, from the cars that stood there when those days began.
 */
import { dayHorizon, type Horizon } from '../base/horizon.ts';
import { addDays, zoneOf } from '../base/zone.ts';
import type { Session } from '../telemetry/types.ts';
import { isWeekend, type ErrorRows } from './bias.ts';
import { chargingSeries, type CoveredTime } from './charging-series.ts';
import { dayGrid, type DayGrid } from './day-grid.ts';
import { historyOf } from './features.ts';
import { gateSlot } from './gate.ts';
import { representativeSessions, type PoolSession, type RepresentativeSession } from './representative-sessions.ts';
import { skillOf } from './skill.ts';
import type { ForecastSkill, ResidualDay } from './types.ts';

export interface FleetInput {
  /** Usable sessions of the aggregator, those of the `poolReachDays` before the window included. */
  sessions: readonly Session[];
  covered: CoveredTime;
  /** Charging power of one car. */
  chargeKw: number;
  horizon: Horizon;
  windowDays: number;
}

export interface FleetDay {
  /** Cars arriving in the day, and cars already there (negative arrival). */
  sessions: RepresentativeSession[];
  /** ISO dates of the days the expectation rests on. */
  poolDays: string[];
  /** Expected unsteered charging load [slot], MW of the recorded sessions. */
  centre: Float64Array;
  residualDays: ResidualDay[];
  skill: ForecastSkill;
}

export const poolReachDays = 56;
const leastPoolDays = 3;
const mostRepresentatives = 40;

/** With fewer than three comparable days `centre` holds NaN and there are no sessions. */
export function fleetDay({ sessions, covered, chargeKw, horizon, windowDays }: FleetInput): FleetDay {
  const reach = windowDays + poolReachDays;
  const firstDay = addDays(horizon.day, -reach);
  const startUtcMs = zoneOf(horizon.zone).startOfDay(firstDay);
  const { slotMinutes } = horizon;
  // Load of the day before the plan is not complete at the gate, so the series ends before it.
  const endUtcMs = zoneOf(horizon.zone).startOfDay(addDays(horizon.day, -1));
  const length = (endUtcMs - startUtcMs) / (slotMinutes * 60_000);
  const series = chargingSeries(sessions, covered, chargeKw, { startUtcMs, stepMinutes: slotMinutes, length });
  const grid = dayGrid(series, firstDay, reach + 1, horizon);
  const { slots, days } = grid;
  const expected = new Float64Array(grid.values.length).fill(NaN);
  for (let row = leastPoolDays; row <= reach; row++) writeExpected(grid, row, expected);
  const errors = grid.values.map((value, at) => value - expected[at]!);
  const doubtful = grid.doubtful.map((flag, at) => (flag || Number.isNaN(errors[at]!) ? 1 : 0));
  const residualDays: ResidualDay[] = [];
  for (let row = poolReachDays; row <= reach - 2; row++) {
    const error = errors.slice(row * slots, (row + 1) * slots);
    const forecast = expected.slice(row * slots, (row + 1) * slots);
    if (forecast.every(Number.isNaN) || (residualDays.length === 0 && error.every(Number.isNaN))) continue;
    const flaggedSlots = Array.from(error.keys()).filter((slot) => doubtful[row * slots + slot]);
    residualDays.push({ day: days[row]!, error, forecast, usable: flaggedSlots.length === 0, flaggedSlots });
  }
  const gate = gateSlot(horizon);
  const rows: ErrorRows = { days, slots, errors, doubtful, gateSlot: gate };
  const poolDays = poolOf(grid, reach).map((row) => days[row]!);
  return {
    sessions: expectedCars(sessions, poolDays, horizon),
    poolDays,
    centre: expected.slice(reach * slots),
    residualDays,
    skill: skillOf(residualDays, historyOf(days, slots, gate, grid.values), rows),
  };
}

/** Complete rows of the same kind of day, two to `poolReachDays` days before. */
function poolOf({ days, slots, values }: DayGrid, row: number): number[] {
  const pool: number[] = [];
  for (let past = Math.max(0, row - poolReachDays); past <= row - 2; past++) {
    const sameKind = isWeekend(days[past]!) === isWeekend(days[row]!);
    if (sameKind && !values.subarray(past * slots, (past + 1) * slots).some(Number.isNaN)) pool.push(past);
  }
  return pool.length < leastPoolDays ? [] : pool;
}

function writeExpected(grid: DayGrid, row: number, into: Float64Array): void {
  const pool = poolOf(grid, row);
  if (pool.length === 0) return;
  const { slots, values } = grid;
  for (let slot = 0; slot < slots; slot++) {
    let sum = 0;
    for (const past of pool) sum += values[past * slots + slot]!;
    into[row * slots + slot] = sum / pool.length;
  }
}

function expectedCars(
  sessions: readonly Session[],
  poolDays: readonly string[],
  horizon: Horizon,
): RepresentativeSession[] {
  const zone = zoneOf(horizon.zone);
  const arriving: PoolSession[] = [];
  const standing: PoolSession[] = [];
  for (const day of poolDays) {
    const { startUtcMs, slots, slotMinutes } = dayHorizon(day, horizon.zone, horizon.slotMinutes);
    const endUtcMs = startUtcMs + slots * slotMinutes * 60_000;
    const midnight = zone.toLocal(startUtcMs);
    for (const { arrivalUtcMs, departureUtcMs, energyKwh } of sessions) {
      if (arrivalUtcMs >= endUtcMs || departureUtcMs <= startUtcMs) continue;
      const arrivalMinutes = (zone.toLocal(arrivalUtcMs) - midnight) / 60_000;
      const session = { arrivalMinutes, stayMinutes: (departureUtcMs - arrivalUtcMs) / 60_000, energyKwh };
      if (arrivalUtcMs < startUtcMs) standing.push(session);
      else arriving.push(session);
    }
  }
  return [standing, arriving].flatMap((pool) =>
    representativeSessions(pool, pool.length / poolDays.length, mostRepresentatives),
  );
}
