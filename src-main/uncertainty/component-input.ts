/** What a set is fitted from: the forecast of the day and the errors of past days, in kW at the site. */
import type { ResidualDay } from '../forecast/types.ts';

export interface ComponentInput {
  id: string;
  name: string;
  kind: 'aggregator' | 'load' | 'wind';
  centreKw: ArrayLike<number>;
  biasKw: ArrayLike<number>;
  /** Slots of the planned day whose forecast rests on replaced values. */
  doubtfulSlots: readonly number[];
  /** Oldest first; errors in kW, positive = more load or more wind than forecast. */
  residualDays: readonly ResidualDay[];
}

/** The past errors as flat arrays [row · slots + slot]. */
export interface ResidualTable {
  days: readonly string[];
  slots: number;
  /** Finite wherever the error is known, flagged or not; else NaN. */
  errors: Float64Array;
  /** Forecast level that the error belongs to; NaN where unknown. */
  levels: Float64Array;
  /** 1 where a value is flagged or missing. */
  flagged: Uint8Array;
}

export function residualTable(component: ComponentInput): ResidualTable {
  const rows = component.residualDays;
  const slots = component.centreKw.length;
  const errors = new Float64Array(rows.length * slots);
  const levels = new Float64Array(rows.length * slots);
  const flagged = new Uint8Array(rows.length * slots);
  rows.forEach((row, index) => {
    errors.set(row.error, index * slots);
    levels.set(row.forecast, index * slots);
    for (const slot of row.flaggedSlots) flagged[index * slots + slot] = 1;
  });
  for (let at = 0; at < errors.length; at++) if (!Number.isFinite(errors[at]! + levels[at]!)) flagged[at] = 1;
  return { days: rows.map((row) => row.day), slots, errors, levels, flagged };
}
