/**
 * Makes the bundled demo files from their sources: node db/demo/make-demo.ts <folder with load/, price/, ev/ and transport/>.
 *
 * Load and renewable feed-in: SMARD 2022 (CC BY 4.0), cut to half a year and carried 364 days on, so that they stand beside the
 * 2023 prices. 364 days are 52 weeks: weekdays and both clock-change days fall where they should. Values are verbatim.
 * Prices: SMARD (CC BY 4.0), the Germany/Luxembourg column. Sessions: EPFL (MIT), one fast-charging station, cut by date; and
 * slow-charging sessions of five synthetic car parks, drawn with a fixed seed from the parameters below. Roads: Andorra from
 * OpenStreetMap (ODbL), verbatim.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { seededRandom } from '../../src-main/base/random.ts';
import { addDays, zoneOf } from '../../src-main/base/zone.ts';

const here = dirname(fileURLToPath(import.meta.url));
const carriedDays = 364;
const firstDay = '2022-12-31';
const tomorrow = '2023-06-15';

function writeDemo(name: string, text: string): void {
  writeFileSync(join(here, `${name}.gz`), gzipSync(text, { level: 9 }));
}

const source = process.argv[2];
if (!source) throw new Error('usage: node db/demo/make-demo.ts <folder with load/, price/, ev/ and transport/>');
const read = (path: string): string => {
  const bytes = readFileSync(join(source, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

function carriedLoad(path: string, lastDay: string): string {
  const [header, ...rows] = read(path).split(/\r?\n/);
  const kept = rows.flatMap((row) => {
    const [date, ...rest] = row.split(';');
    if (!date) return [];
    const [day, month, year] = date.split('.');
    const carried = addDays(`${year}-${month}-${day}`, carriedDays);
    if (carried < firstDay || carried > lastDay) return [];
    return [[carried.split('-').reverse().join('.'), ...rest].join(';')];
  });
  return [header, ...kept, ''].join('\r\n');
}

writeDemo('smard-load-actual.csv', carriedLoad('load/smard_de_load_actual_15min_2022.csv.gz', addDays(tomorrow, -1)));
writeDemo('smard-load-forecast.csv', carriedLoad('load/smard_de_load_forecast_dayahead_15min_2022.csv.gz', tomorrow));

const prices = read('price/smard_dayahead_prices_16zones_2023-01_2025-03.csv.gz').split(/\r?\n/);
const afterTomorrow = prices.findIndex((row) => row.startsWith('Jun 16, 2023'));
writeDemo(
  'smard-price.csv',
  [...prices.slice(0, afterTomorrow).map((row) => row.split(';').slice(0, 3).join(';')), ''].join('\r\n'),
);

const [epflHeader, ...epflRows] = read('ev/epfl_dc_fast_station_2022_2023.csv').split(/\r?\n/);
writeDemo('epfl-sessions.csv', [epflHeader, ...epflRows.filter((row) => (row.split(',')[2] ?? '9') < tomorrow), ''].join('\n'));

// Five car parks. Means and spreads follow published figures: apartments arrive around 16.8 h and stay 10 h with 12.8 kWh
// (Sørensen et al., Data in Brief 36, 2021, 107105); workplaces arrive in the morning and stay a working day (Lee, Li, Low 2019).
interface CarPark {
  station: string;
  cars: number;
  plugInShare: { weekday: number; weekend: number };
  arrivalHour: number;
  arrivalSpread: number;
  stayHours: number;
  staySpread: number;
  energyKwh: number;
  energySpread: number;
}
const home = { arrivalHour: 17.6, arrivalSpread: 1.9, stayHours: 13.2, staySpread: 1.8, energyKwh: 12.8, energySpread: 6 };
const work = { arrivalHour: 8.1, arrivalSpread: 0.8, stayHours: 8.4, staySpread: 1.1, energyKwh: 11, energySpread: 5 };
const carParks: CarPark[] = [
  { station: 'Lakeside apartments', cars: 26, plugInShare: { weekday: 0.72, weekend: 0.55 }, ...home },
  { station: 'Hillside apartments', cars: 20, plugInShare: { weekday: 0.7, weekend: 0.5 }, ...home, arrivalHour: 18.3 },
  { station: 'Old town garage', cars: 16, plugInShare: { weekday: 0.65, weekend: 0.6 }, ...home, arrivalHour: 19.1, stayHours: 12.1 },
  { station: 'Works car park', cars: 24, plugInShare: { weekday: 0.8, weekend: 0.08 }, ...work },
  { station: 'Campus car park', cars: 18, plugInShare: { weekday: 0.75, weekend: 0.1 }, ...work, arrivalHour: 8.9, stayHours: 7.6 },
];

const random = seededRandom(20230615);
const zone = zoneOf('Europe/Berlin');
const lines = ['session_id,station,plug_in,plug_out,energy_kwh'];
let session = 0;
for (let day = '2023-02-01'; day < tomorrow; day = addDays(day, 1)) {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const weekend = weekday === 0 || weekday === 6;
  for (const park of carParks)
    for (let car = 0; car < park.cars; car++) {
      if (random.uniform() > (weekend ? park.plugInShare.weekend : park.plugInShare.weekday)) continue;
      const minutes = (hours: number) => Math.round(hours * 60) * 60_000;
      const arrival = zone.startOfDay(day) + minutes(park.arrivalHour + park.arrivalSpread * random.normal());
      const stay = Math.max(0.5, park.stayHours + park.staySpread * random.normal());
      const energy = Math.min(Math.max(1.5, park.energyKwh + park.energySpread * random.normal()), stay * 10.5);
      if (arrival + minutes(stay) > zone.startOfDay(tomorrow)) continue; // not yet ended when tomorrow is planned
      session++;
      lines.push(`S${String(session).padStart(5, '0')},${park.station},${zone.format(arrival)},${zone.format(arrival + minutes(stay))},${energy.toFixed(2)}`);
    }
}
writeDemo('synthetic-sessions.csv', [...lines, ''].join('\n'));

for (const part of ['nodes', 'links']) writeDemo(`andorra-${part}.csv`, read(`transport/andorra_osm2013_${part}.csv`));
