/**
 * The back-test on real days of DE-LU, 2024 to 2025: a site scaled from the country's load and wind, at the day-ahead prices of the zone,
 * with cars that plug in as in twenty Norwegian garages five years before (moved on by 278 whole weeks, so that weekdays stay and the record, which
 * is thirteen months long, covers all of the load's year).
 *
 *   node bench/backtest-year.ts <directory of the data> <database> <first day> <last day> <every n-th> <strategies>
 *
 * The database is made when it is not there, and the back-test goes on where it was stopped. Prints the tables of
 * docs/method/backtest.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { neverCancelled } from '../src-main/base/cancel.ts';
import { silentLog } from '../src-main/base/log.ts';
import { zoneOf } from '../src-main/base/zone.ts';
import { compose, type Core } from '../src-main/hosts/compose.ts';
import { fileSource } from '../src-main/hosts/file-source.ts';
import type { BackTestView } from '../src-main/planning/backtest/back-test-view.ts';
import type { PairedDifference } from '../src-main/planning/backtest/paired-difference.ts';
import { importFile } from '../src-main/planning/intake/import-telemetry.ts';
import type { AggregatorSite, Site } from '../src-main/planning/site.ts';
import type { ImportKind } from '../src-main/telemetry/types.ts';

const [data, databaseFile, from, to, every, strategies] = process.argv.slice(2);
if (!data || !databaseFile || !from || !to || !every || !strategies)
  throw new Error(
    'usage: node bench/backtest-year.ts <data> <database> <first day> <last day> <every n-th> <strategies>',
  );

const repository = fileURLToPath(new URL('..', import.meta.url));
const endOfHourlyPricesMs = Date.parse('2025-03-05T00:00+01:00');
const isNew = !existsSync(databaseFile);
const core = await compose({
  databaseFile,
  log: silentLog,
  host: 'cli',
  migrationsDirectory: join(repository, 'db', 'migrations'),
  demoDirectory: join(repository, 'db', 'demo'),
  workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url),
});
if (isNew) await fill(core, data);
const startedMs = performance.now();
const reply = await core.dispatch('backtest.run', {
  from,
  to,
  every: Number(every),
  strategies: strategies.split(','),
  fit: { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 90 },
  settlement: { spread: 0.5, unservedPerKwh: 5 },
  timeLimitSeconds: 30,
});
if (!reply.ok) throw new Error(reply.error.message);
core.onEvent((event) => {
  if (event.name === 'job') process.stderr.write(`${event.payload.detail}\n`);
});
const ended = await core.jobs.finished((reply.value as { jobId: string }).jobId);
if (ended.state !== 'done') throw new Error(ended.error?.message ?? ended.state);
const view = await core.dispatch('backtest.get', ended.result);
if (!view.ok) throw new Error(view.error.message);
console.log(markdown(view.value as BackTestView));
console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(0)} s, ${core.tools.solver.version}`);
await core.close();

/** The demo's devices on an hourly grid without its feeder, with the three garages that were there all year. */
function siteOfYear(): Site {
  const { network: _, ...demo } = JSON.parse(readFileSync(join(repository, 'db', 'demo', 'site.json'), 'utf8')) as Site;
  const garage = (id: string, name: string, stations: string[], carsPerSession: number): AggregatorSite => ({
    ...demo.aggregators[0]!,
    id,
    name,
    stations,
    carsPerSession,
  });
  return {
    ...demo,
    name: 'DE-LU in small',
    slotMinutes: 60,
    aggregators: [
      garage('bl', 'Garage Bl', ['Bl2'], 4),
      garage('as', 'Garage As', ['AsO2'], 8),
      garage('ad', 'Garage Ad', ['AdO3'], 8),
    ],
  };
}

async function fill({ tools }: Core, directory: string): Promise<void> {
  tools.store.saveSite(siteOfYear(), 'bench');
  const job = { signal: neverCancelled, enterPhase: () => undefined, report: () => undefined };
  const shared = { encoding: 'utf-8', headerRow: 0, subtractColumn: '', source: 'bench' };
  const take = async (kind: ImportKind, file: string, mapping: object): Promise<void> => {
    const { storedCount } = await importFile(tools, await fileSource(file), kind, { ...shared, ...mapping }, job);
    process.stderr.write(`${kind}: ${storedCount} rows\n`);
  };
  const hourly = (value: string, seriesName: string) => ({
    delimiter: ',',
    decimalMark: '.',
    zone: 'in-text',
    dateOrder: 'ymd',
    columns: { time: 'timestamp', value },
    unit: 'MW',
    stepMinutes: 60,
    seriesName,
  });
  const span = '2024-06_2025-05.csv';
  await take('load-actual', join(directory, 'load', `de_lu_load_actual_${span}`), hourly('load_mw', 'Load'));
  await take(
    'load-forecast',
    join(directory, 'load', `de_lu_load_forecast_dayahead_${span}`),
    hourly('load_forecast_mw', 'Load, day-ahead'),
  );
  await take('wind-actual', join(directory, 'wind', `de_lu_wind_actual_${span}`), hourly('wind_mw', 'Wind'));
  await take(
    'wind-forecast',
    join(directory, 'wind', `de_lu_wind_forecast_dayahead_${span}`),
    hourly('wind_forecast_mw', 'Wind, day-ahead'),
  );
  await take('price', join(directory, 'price', 'smard_dayahead_prices_16zones_2023-01_2025-03.csv.gz'), {
    delimiter: ';',
    decimalMark: '.',
    zone: 'Europe/Berlin',
    dateOrder: 'mdy',
    columns: { time: 'Start date', value: 'Germany/Luxembourg [€/MWh] Original resolutions' },
    unit: 'EUR/MWh',
    stepMinutes: 60,
    seriesName: 'DE/LU day-ahead price',
  });
  await take(
    'price',
    pricesOfSpring(join(directory, 'price', 'de_lu_price_15min_MIXED_AUCTIONS_2024-06_2025-05.csv.gz')),
    {
      ...hourly('price', 'DE/LU day-ahead price'),
      unit: 'EUR/MWh',
    },
  );
  await take('sessions', movedSessions(join(directory, 'ev', 'norway_apartments_2018_2020.csv')), {
    delimiter: ',',
    decimalMark: '.',
    zone: 'in-text',
    dateOrder: 'ymd',
    columns: { id: 'id', station: 'station', time: 'from', endTime: 'to', energy: 'kwh' },
    unit: 'kWh',
    stepMinutes: null,
    seriesName: 'Garages',
  });
}

/**
 * Hourly prices after the end of the hourly record: means of quarter hours in which two auctions are mixed, repeated prices filled forwards. On the
 * nine months that both records have the mean of a difference is −0.7 and its standard deviation 17 EUR/MWh. Returns the file.
 */
function pricesOfSpring(file: string): string {
  const [quarterMs, hourMs] = [900_000, 3_600_000];
  const rows = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/).slice(1);
  const known = new Map(
    rows.map((row) => {
      const [time, price] = row.split(',') as [string, string];
      return [Date.parse(time), Number(price)];
    }),
  );
  const lines: string[] = [];
  let price = NaN;
  for (let atMs = Date.parse('2025-03-04T00:00+01:00'); atMs < Date.parse('2025-06-01T00:00+02:00'); atMs += hourMs) {
    let sum = 0;
    for (let quarter = 0; quarter < 4; quarter++) sum += price = known.get(atMs + quarter * quarterMs) ?? price;
    if (atMs >= endOfHourlyPricesMs) lines.push(`${new Date(atMs).toISOString()},${(sum / 4).toFixed(2)}`);
  }
  const target = join(tmpdir(), `surewatt-prices-${process.pid}.csv`);
  writeFileSync(target, `timestamp,price\n${lines.join('\n')}\n`);
  return target;
}

/** Sessions of the garages, 278 weeks later by the clock of the place; rows without an end are left out. Returns the file. */
function movedSessions(file: string): string {
  const zone = zoneOf('Europe/Oslo');
  const weeksMs = 278 * 7 * 86_400_000;
  const instant = (text: string): string | null => {
    const parts = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)$/.exec(text);
    if (!parts) return null;
    const [, day, month, year, hour, minute] = parts.map(Number) as [number, number, number, number, number, number];
    const found = zone.resolveLocal(Date.UTC(year, month - 1, day, hour, minute) + weeksMs);
    const utcMs = found.kind === 'once' ? found.utcMs : found.kind === 'twice' ? found.first : found.after;
    return new Date(utcMs).toISOString();
  };
  const rows = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
  const moved = rows.flatMap((row) => {
    const cells = row.split(';');
    const [begin, end] = [instant(cells[5]!), instant(cells[7]!)];
    return begin && end ? [`${cells[0]},${cells[1]},${begin},${end},${cells[9]!.replace(',', '.')}`] : [];
  });
  const target = join(tmpdir(), `surewatt-garages-${process.pid}.csv`);
  writeFileSync(target, `id,station,from,to,kwh\n${moved.join('\n')}\n`);
  return target;
}

function markdown({ days, currency, reference, strategies: rows, results }: BackTestView): string {
  const fixed = (value: number, digits: number): string => (Number.isNaN(value) ? '–' : value.toFixed(digits));
  const totals = rows.map((row) => {
    if (row.realised === 0)
      return [row.strategy, '0', `${row.failed}`, 'no day ended', ...new Array<string>(8).fill('')];
    const per = (sum: number, digits: number): string => fixed(sum / row.realised, digits);
    const { share, lower, upper } = row.violatedDays;
    const percent = (part: number): string => fixed(100 * part, 0);
    return [
      row.strategy,
      `${row.realised}`,
      `${row.failed}`,
      per(row.plannedCost, 1),
      per(row.realisedCost, 1),
      `${percent(share)} (${percent(lower)}–${percent(upper)})`,
      per(row.violatedSlots, 2),
      per(row.shortKwh, 1),
      per(row.unservedKwh, 2),
      fixed((100 * row.curtailedKwh) / row.availableWindKwh, 1),
      fixed((100 * row.promises.kept) / row.promises.cars, 2),
      fixed(row.solveSeconds, 1),
    ];
  });
  const difference = ({ days: common, mean, lower, upper, verdict }: PairedDifference, digits: number): string =>
    common === 0
      ? 'no day in common'
      : `${fixed(mean, digits)} (${fixed(lower, digits)} to ${fixed(upper, digits)}), ${verdict}`;
  const against = rows.flatMap(({ strategy, against: of }) =>
    of ? [[strategy, difference(of.cost, 1), difference(of.shortKwh, 1), difference(of.violatedDays, 2)]] : [],
  );
  const lines = (heads: string[], body: string[][]): string =>
    [heads, heads.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const failures = new Map<string, number>();
  for (const result of results)
    if (result.state === 'failed') {
      const line = `${result.strategy}: ${result.problem}`;
      failures.set(line, (failures.get(line) ?? 0) + 1);
    }
  return [
    `${days.length} days, ${days[0]} to ${days.at(-1)}`,
    lines(
      [
        'strategy',
        'days',
        'failed',
        `planned ${currency}/day`,
        `realised ${currency}/day`,
        'days short, %',
        'slots short/day',
        'short kWh/day',
        'unserved kWh/day',
        'wind curtailed, %',
        'promises kept, %',
        's/day',
      ],
      totals,
    ),
    lines([`against ${reference}, per day`, `cost ${currency}`, 'short kWh', 'share of days short'], against),
    [...failures].map(([line, count]) => `- ${count} × ${line}`).join('\n'),
  ].join('\n\n');
}
