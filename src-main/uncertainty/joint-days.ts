/**
 * Past days as whole deviations: what all components did together on one day, in the coordinates of a day set (component · slots + slot, kW,
 * positive = more demand or less wind than expected). Only days with a sound value in every slot of every component take part, so
 * correlation in time and among components survives.
 */
import type { ComponentInput } from './component-input.ts';

export interface JointDay {
  day: string;
  deviation: Float64Array;
  /** What was expected of the day, same layout; tells which days were like which. */
  forecast: Float64Array;
}

export interface JointDays {
  slots: number;
  components: number;
  /** Oldest first. */
  days: JointDay[];
}

export function jointDays(components: readonly ComponentInput[]): JointDays {
  const slots = components[0]!.centreKw.length;
  const byDay = components.map(
    ({ residualDays }) => new Map(residualDays.filter(({ usable }) => usable).map((row) => [row.day, row])),
  );
  const shared = [...byDay[0]!.keys()].filter((day) => byDay.every((rows) => rows.has(day))).sort();
  const days = shared.map((day): JointDay => {
    const deviation = new Float64Array(components.length * slots);
    const forecast = new Float64Array(components.length * slots);
    components.forEach(({ kind }, l) => {
      const row = byDay[l]!.get(day)!;
      forecast.set(row.forecast, l * slots);
      deviation.set(kind === 'wind' ? row.error.map((kw) => -kw) : row.error, l * slots);
    });
    return { day, deviation, forecast };
  });
  return {
    slots,
    components: components.length,
    days: days.filter(({ deviation, forecast }) => deviation.every(Number.isFinite) && forecast.every(Number.isFinite)),
  };
}

/** ζ_t = Σ_l ξ_{l,t} of one day. */
export function totalOfDay(deviation: ArrayLike<number>, slots: number): Float64Array {
  const total = new Float64Array(slots);
  for (let j = 0; j < deviation.length; j++) total[j % slots]! += deviation[j]!;
  return total;
}
