/** What comes in: regular series and charging sessions, with every doubt about them kept beside the value. */
export const seriesKinds = ['load-actual', 'load-forecast', 'wind-actual', 'wind-forecast', 'price'] as const;
export type SeriesKind = (typeof seriesKinds)[number];
export const importKinds = [...seriesKinds, 'sessions'] as const;
export type ImportKind = (typeof importKinds)[number];

/** Canonical unit of a stored series: mean power over the interval, or price per energy. */
export type SeriesUnit = 'MW' | 'EUR/MWh' | 'USD/MWh' | 'GBP/MWh' | 'CHF/MWh';

/** What a value in a file may be; converted to the canonical unit on the way in. */
export type FileUnit =
  | 'kW'
  | 'MW'
  | 'GW'
  | 'W'
  | 'kWh-per-interval'
  | 'MWh-per-interval'
  | `${'EUR' | 'USD' | 'GBP' | 'CHF'}/${'MWh' | 'kWh'}`;

/** Bits of a value's flags; several may hold at once. 0 = nothing wrong seen. */
export const flagBits = {
  gap: 1,
  duplicate: 2,
  frozen: 4,
  spike: 8,
  impossible: 16,
  negative: 32,
  clockChange: 64,
  filled: 128,
  operatorBad: 256,
  operatorGood: 512,
} as const;
export type FlagKind = keyof typeof flagBits;

/** A regular series in UTC: value i covers [startUtcMs + i·step, + step). NaN where there is none. */
export interface RegularSeries {
  kind: SeriesKind;
  unit: SeriesUnit;
  startUtcMs: number;
  stepMinutes: number;
  values: Float64Array;
  /** Same length; bits of `flagBits`. */
  flags: Uint16Array;
}

/** One value of a file on its way into the store. `value` NaN: the file has the row but no number. */
export interface Sample {
  utcMs: number;
  value: number;
  flags: number;
}

export interface Session {
  /** As in the file, or file row when it names none. */
  id: string;
  /** Site, station or garage named by the file; becomes the aggregator unless mapped otherwise. */
  station: string;
  arrivalUtcMs: number;
  departureUtcMs: number;
  energyKwh: number;
  /** Largest or rated power if the file has it, else NaN. */
  powerKw: number;
  capacityKwh: number;
  arrivalSocShare: number;
  departureSocShare: number;
  /** Empty when usable; else why it is kept out of every fleet: 'no-end' | 'negative-stay' | 'zero-stay' | 'no-energy' | 'negative-energy' | 'long-stay' | 'implausible-power' | 'duplicate' … */
  defects: string[];
  row: number;
}
