/**
 * The forecast of one day and its honest past: an imported day-ahead forecast corrected for its recent bias, or a built-in
 * forecast learnt from history when none was imported. Past days are forecast with what was known at their own gate (gate.ts).
 */
import { weeklyFill, type FillRule } from '../base/fill-gaps.ts';
import type { Horizon } from '../base/horizon.ts';
import { addDays } from '../base/zone.ts';
import type { RegularSeries } from '../telemetry/types.ts';
import { biasOf, type ErrorRows } from './bias.ts';
import { dayGrid, type DayGrid } from './day-grid.ts';
import { calendarAndLags, historyOf, persistenceAndClimatology, type History } from './features.ts';
import { gateSlot } from './gate.ts';
import { replaceDoubtful } from './replace-doubtful.ts';
import { rollingRegression } from './rolling-regression.ts';
import { skillOf } from './skill.ts';
import type { DayForecast, ForecastMethod, ResidualDay } from './types.ts';

export interface ForecastInput {
  actual: RegularSeries;
  /** Day-ahead forecast of the same quantity, or null. */
  imported: RegularSeries | null;
  horizon: Horizon;
  /** Days before the planned one whose errors are wanted. */
  windowDays: number;
  /** Of the day before, what is known when the day is planned: up to the gate, or all of it (prices, set a day ahead). 'gate' when left out. */
  known?: 'gate' | 'day-before' | undefined;
  /** How doubtful values are stood in for; absent: a line over two hours, else the week before. */
  fill?: { actual: FillRule; imported: FillRule } | undefined;
}

/** Rows before the window that bias, lags and the first regressions need. */
export const warmUpDays = 70;

/**
 * Values of the gate's future are never read, even when the series holds them. Days that could not be forecast and days before the
 * first actual value are left out; later days without a value stay in, flagged, because a set has to widen for them. With too little history `centre` holds NaN.
 */
export function forecastDay({
  actual,
  imported,
  horizon,
  windowDays,
  known = 'gate',
  fill,
}: ForecastInput): DayForecast {
  const reach = windowDays + warmUpDays;
  const firstDay = addDays(horizon.day, -reach);
  const found = dayGrid(actual, firstDay, reach + 1, horizon);
  const gate = known === 'gate' ? gateSlot(horizon) : horizon.slots;
  hideTheFuture(found, gate);
  const { slots } = found;
  const replaced = replaceDoubtful(found, fill?.actual ?? weeklyFill, 2);
  const grid: DayGrid = { ...found, doubtful: replaced.doubtful };
  const history = historyOf(grid.days, slots, gate, replaced.values);
  const published =
    imported && importedRows(dayGrid(imported, firstDay, reach + 1, horizon), fill?.imported ?? weeklyFill);
  const raw = published ?? builtInRows(actual, history, grid);
  const doubtful = grid.doubtful.map((flag, at) => (flag || raw.doubtful[at] || Number.isNaN(raw.values[at]!) ? 1 : 0));
  const errors = grid.values.map((value, at) => value - raw.values[at]!);
  const rows: ErrorRows = { days: grid.days, slots, errors, doubtful, gateSlot: gate };
  const floor = actual.kind === 'wind-actual' ? 0 : -Infinity;
  const corrected = (row: number, bias: Float64Array) =>
    bias.map((value, slot) => Math.max(floor, raw.values[row * slots + slot]! + value));
  const residualDays: ResidualDay[] = [];
  for (let row = warmUpDays; row <= reach - (known === 'gate' ? 2 : 1); row++) {
    const forecast = corrected(row, biasOf(rows, row));
    const error = forecast.map((value, slot) => grid.values[row * slots + slot]! - value);
    if (forecast.every(Number.isNaN) || (residualDays.length === 0 && error.every(Number.isNaN))) continue;
    const flaggedSlots = Array.from(error.keys()).filter((slot) => doubtful[row * slots + slot]);
    residualDays.push({ day: grid.days[row]!, error, forecast, usable: flaggedSlots.length === 0, flaggedSlots });
  }
  const bias = biasOf(rows, reach);
  return {
    origin: published ? 'imported' : 'built-in',
    method: raw.method,
    centre: corrected(reach, bias),
    bias,
    doubtfulSlots: Array.from(bias.keys()).filter((slot) => raw.doubtful[reach * slots + slot]),
    residualDays,
    skill: skillOf(residualDays, history, rows),
  };
}

const mostMissingShare = 0.25;

interface RawForecast {
  method: ForecastMethod;
  values: Float64Array;
  doubtful: Uint8Array;
}

function hideTheFuture(grid: DayGrid, gate: number): void {
  const from = (grid.days.length - 2) * grid.slots + gate;
  grid.values.fill(NaN, from);
  grid.doubtful.fill(1, from);
}

/** Null when too little of the planned day was published to be called its forecast. */
function importedRows(grid: DayGrid, rule: FillRule): RawForecast | null {
  const missing = grid.values.subarray(-grid.slots).filter(Number.isNaN).length;
  if (missing > mostMissingShare * grid.slots) return null;
  return { method: 'imported-corrected', ...replaceDoubtful(grid, rule) };
}

function builtInRows(actual: RegularSeries, history: History, grid: DayGrid): RawForecast {
  const wind = actual.kind === 'wind-actual';
  const features = wind ? persistenceAndClimatology(history) : calendarAndLags(history);
  return {
    method: wind ? 'persistence-and-climatology' : 'calendar-and-lags',
    values: rollingRegression(history, features, grid.doubtful),
    doubtful: new Uint8Array(grid.doubtful.length),
  };
}
