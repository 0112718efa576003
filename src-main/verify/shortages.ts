/** What a replayed day falls short of, limit by limit. */

/** 1 W or 1 Wh: below this a shortage is rounding of the schedule. */
export const shortageTolerance = 1e-3;

/** The three limits of a slot, in the order in which they are named. */
export const limitNames = ['committed supply', 'EV pool power', 'EV pool energy'] as const;

/** Shortages of each limit by slot in kW, kW and kWh; reused from day to day. */
export interface Shortages {
  supplyKw: Float64Array;
  poolKw: Float64Array;
  accountKwh: Float64Array;
}

export const createShortages = (slots: number): Shortages => ({
  supplyKw: new Float64Array(slots),
  poolKw: new Float64Array(slots),
  accountKwh: new Float64Array(slots),
});
