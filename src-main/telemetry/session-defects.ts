/**
 * Why a charging session is kept out of every fleet. A session may have several reasons; one is enough.
 */
import type { Session } from './types.ts';

export const sessionDefects = {
  'no-end': 'has no departure',
  'negative-stay': 'departs before it arrives',
  'zero-stay': 'departs when it arrives',
  'long-stay': 'stays longer than seven days',
  'stay-contradicted': 'states a duration that its own times contradict',
  'no-energy': 'took no energy, or states none',
  'negative-energy': 'took negative energy',
  'implausible-energy': 'took more energy than a car battery holds',
  'implausible-power': 'took energy faster than a charger can give it',
  duplicate: 'repeats an earlier session of the file',
} as const;
export type SessionDefect = keyof typeof sessionDefects;

const hourMs = 3_600_000;
export const longestStayHours = 7 * 24;
/** Above this a stay is kept and noted: an overnight guest, a forgotten car. */
export const notedStayHours = 24;
/** No passenger car carries more; a larger "capacity" is a mistake of the file. */
export const largestBatteryKwh = 150;
/** A session may exceed one battery's usable energy by losses, hardly by half as much again. */
const largestEnergyKwh = 200;
/** The strongest public chargers; what a file states for itself may be exceeded by a quarter. */
const strongestChargerKw = 400;
/** Between the stay as the times give it and as the file states it: the hour of a clock change may be counted either way. */
const toleratedHours = 1.25;
/** Files round to the minute: a stay may be this much longer than written. */
const roundingHours = 1 / 60;

/**
 * Defects that one row shows by itself; `statedHours` is the duration the file states (NaN: none). Energy over stay is held
 * against the rated or largest power when the row has one.
 */
export function findSessionDefects(session: Omit<Session, 'defects'>, statedHours: number): SessionDefect[] {
  const defects: SessionDefect[] = [];
  const { energyKwh } = session;
  const stayHours = (session.departureUtcMs - session.arrivalUtcMs) / hourMs;
  if (Number.isNaN(stayHours)) defects.push('no-end');
  else if (stayHours < 0) defects.push('negative-stay');
  else if (stayHours === 0) defects.push('zero-stay');
  else if (stayHours > longestStayHours) defects.push('long-stay');
  if (stayHours > 0 && Math.abs(stayHours - statedHours) > toleratedHours) defects.push('stay-contradicted');
  if (Number.isNaN(energyKwh) || energyKwh === 0) defects.push('no-energy');
  else if (energyKwh < 0) defects.push('negative-energy');
  else if (energyKwh > largestEnergyKwh) defects.push('implausible-energy');
  const limitKw = session.powerKw > 0 ? Math.min(strongestChargerKw, session.powerKw * 1.25) : strongestChargerKw;
  if (stayHours > 0 && energyKwh / (stayHours + roundingHours) > limitKw) defects.push('implausible-power');
  return defects;
}
