/** Point forecasts of one day and the errors the same way of forecasting made on past days. Values in the unit of the series. */
export interface ResidualDay {
  /** ISO date. */
  day: string;
  /** actual − forecast [slot of the planned day]; NaN where either is missing. */
  error: Float64Array;
  /** What was forecast for that day with what was known then [slot]. */
  forecast: Float64Array;
  /** Every slot present and free of flags. */
  usable: boolean;
  /** Slots whose actual or forecast value is missing or flagged. */
  flaggedSlots: number[];
}

export interface ForecastSkill {
  /** Over the slots of `residualDays` that are free of flags, for all three forecasts alike. */
  rmse: number;
  /** Repeating the newest known value of the same clock time: the day before up to the gate, two days before after it. */
  naiveDayRmse: number;
  /** Repeating the value of a week before. */
  naiveWeekRmse: number;
  /** Mean of actual − imported forecast before any correction; for a built-in forecast, of its raw output. */
  meanBias: number;
}

export type ForecastMethod = 'imported-corrected' | 'calendar-and-lags' | 'persistence-and-climatology';

export interface DayForecast {
  origin: 'imported' | 'built-in';
  method: ForecastMethod;
  /** Forecast after bias correction [slot]. */
  centre: Float64Array;
  /** Correction contained in `centre` [slot]. */
  bias: Float64Array;
  /** Slots of the planned day whose forecast rests on a missing or flagged value that had to be replaced. */
  doubtfulSlots: number[];
  /** Oldest first, days that could not be forecast left out; the newest is two days before the planned day, because the day before is still running at the gate (one day where all of it is known). */
  residualDays: ResidualDay[];
  skill: ForecastSkill;
}
