/** Files to look at before the first import: the columns each kind needs, two days long, of round made-up numbers. */
type Sampled = 'load-actual' | 'load-forecast' | 'price' | 'sessions';

export interface SampleFile {
  fileName: string;
  text: string;
}

const hours = Array.from({ length: 48 }, (_, index) => index);
const two = (value: number): string => String(value).padStart(2, '0');
/** 2023-06-13 and 14 on a clock two hours ahead of UTC. */
const instant = (hour: number): string => `2023-06-${two(13 + Math.floor(hour / 24))}T${two(hour % 24)}:00:00+02:00`;

function hourly(fileName: string, column: string, valueAt: (hour: number) => number): SampleFile {
  const rows = hours.map((hour) => `${instant(hour)},${Math.round(10 * valueAt(hour)) / 10}`);
  return { fileName, text: `${[`time,${column}`, ...rows].join('\n')}\n` };
}

const byDay = (hour: number): number => Math.sin(((hour - 8) / 12) * Math.PI);
const stays: [station: string, from: number, to: number, kwh: number][] = [
  ['Town hall', 8, 17, 21.4],
  ['Town hall', 9, 12, 12.6],
  ['Riverside', 18, 31, 34.2],
  ['Riverside', 20, 32, 28.9],
  ['Town hall', 32, 41, 19.8],
];

export const sampleFiles: Record<Sampled, SampleFile> = {
  'load-actual': hourly('sample-load.csv', 'load (MW)', (hour) => 42 + 9 * byDay(hour) + (hour % 5) / 2),
  'load-forecast': hourly('sample-load-forecast.csv', 'load forecast (MW)', (hour) => 43 + 9 * byDay(hour)),
  price: hourly('sample-price.csv', 'price (EUR/MWh)', (hour) => 88 - 35 * byDay(hour)),
  sessions: {
    fileName: 'sample-sessions.csv',
    text: `${[
      'station,arrival,departure,energy (kWh)',
      ...stays.map(([station, from, to, kwh]) => `${station},${instant(from)},${instant(to)},${kwh}`),
    ].join('\n')}\n`,
  },
};
