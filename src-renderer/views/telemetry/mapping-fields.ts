/** The fields of a mapping as the form shows them: which there are for a kind, and what can be chosen. */
import type { BatchPayload, ImportMappingPayload } from '../../../src-main/contract/telemetry.ts';

type Kind = BatchPayload['kind'];
export interface Choice {
  value: string;
  label: string;
}

const named = (names: Record<string, string>): Choice[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

export const delimiters = named({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', json: 'JSON objects' });
export const decimalMarks = named({ '.': 'point 1234.5', ',': 'comma 1234,5' });
export const encodings = named({
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'windows-1252': 'Windows-1252 (Western)',
  shift_jis: 'Shift JIS',
});
export const dateOrders = named({
  ymd: 'year-month-day',
  dmy: 'day.month.year',
  mdy: 'month/day/year',
  'day-month-swapped': 'day and month swapped up to the 12th',
});
export const headerRows = named({
  '-1': 'no header',
  '0': 'row 1',
  '1': 'row 2',
  '2': 'row 3',
  '3': 'row 4',
  '4': 'row 5',
});
export const steps = named({
  '': 'as found',
  '5': '5 min',
  '10': '10 min',
  '15': '15 min',
  '30': '30 min',
  '60': '60 min',
});

const powerUnits = named({
  W: 'W',
  kW: 'kW',
  MW: 'MW',
  GW: 'GW',
  'kWh-per-interval': 'kWh per interval',
  'MWh-per-interval': 'MWh per interval',
});
const priceUnits = ['EUR', 'USD', 'GBP', 'CHF'].flatMap((currency) =>
  ['MWh', 'kWh'].map((energy) => ({ value: `${currency}/${energy}`, label: `${currency}/${energy}` })),
);
const energyUnits = named({ kWh: 'kWh', Wh: 'Wh' });

export function unitsOf(kind: Kind): Choice[] {
  if (kind === 'sessions') return energyUnits;
  return kind === 'price' ? priceUnits : powerUnits;
}

/** Every zone there is, those likely for this file first. */
export function zonesOf(siteZone: string, mapped: string): Choice[] {
  const zones = new Set(['in-text', siteZone, 'UTC', mapped, ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].map((zone) => ({ value: zone, label: zone === 'in-text' ? 'written beside each time' : zone }));
}

const roleWords: Record<string, string> = {
  time: 'Time',
  endTime: 'End time',
  date: 'Date',
  endDate: 'End date',
  period: 'Period of the day',
  hour: 'Hour of the day',
  year: 'Year',
  month: 'Month',
  day: 'Day',
  value: 'Value',
  id: 'Session id',
  station: 'Station',
  energy: 'Energy',
  power: 'Power',
  capacity: 'Battery capacity',
  arrivalSoc: 'State of charge on arrival',
  departureSoc: 'State of charge on departure',
  duration: 'Duration',
};
const seriesRoles = ['time', 'value'];
const sessionRoles = ['time', 'endTime', 'energy', 'station', 'id', 'power'];

export const roleWord = (role: string): string => roleWords[role] ?? role;

/** Roles with a field of their own: those the kind needs, those the guess used, those in doubt. */
export function rolesOf(kind: Kind, mapping: ImportMappingPayload, doubtful: readonly string[]): string[] {
  const needed = kind === 'sessions' ? sessionRoles : seriesRoles;
  const used = Object.keys(mapping.columns);
  const doubted = doubtful.flatMap((field) => (field.startsWith('columns.') ? [field.slice('columns.'.length)] : []));
  const datedOtherwise = used.includes('date') || used.includes('year');
  return [...new Set([...needed, ...used, ...doubted])].filter(
    (role) => role !== 'time' || used.includes('time') || !datedOtherwise,
  );
}
