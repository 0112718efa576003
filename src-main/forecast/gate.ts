/**
 * What is known when a day is planned. The plan for day D is made on D − 1 at noon, local time: actual values are known up to
 * then, and published day-ahead forecasts of D are. Errors of D − 1 are therefore known for its morning only.
 */
import type { Horizon } from '../base/horizon.ts';
import { clockMinutes } from './day-grid.ts';

export const gateMinutes = 12 * 60;

/** Number of leading slots of the day before that are known at the gate. */
export function gateSlot(horizon: Horizon): number {
  return clockMinutes(horizon).filter((minutes) => minutes < gateMinutes).length;
}
