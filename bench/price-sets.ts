/**
 * Planning before prices are published, day after day of a real year: what each set of price errors costs, and how often the bill stays
 * below what the plan said it can come to.
 *
 *   node bench/price-sets.ts <directory>     with `price/smard_dayahead_prices_*.csv.gz` (hourly, Germany/Luxembourg)
 *
 * A battery of 1 MWh and 500 kW, a load of 400 kW and a grid of 1 MW, hourly, every fourth day of a year; forecasts and sets from the year before each day only.
 * Prints the table of docs/method/prices.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dayHorizon } from '../src-main/base/horizon.ts';
import { clopperPearson, mean } from '../src-main/base/statistics.ts';
import { addDays, zoneOf } from '../src-main/base/zone.ts';
import { forecastDay } from '../src-main/forecast/forecast-day.ts';
import type { PriceRisk, V2gProblem } from '../src-main/models/v2g/problem.ts';
import { solveV2g } from '../src-main/planning/plan/solve-v2g.ts';
import { setWorstCase } from '../src-main/robust/sets/set-adversary.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { defaultSolveOptions } from '../src-main/solver/solver.ts';
import type { RegularSeries } from '../src-main/telemetry/types.ts';
import { fitPriceSet, type PriceSetFit } from '../src-main/uncertainty/fit-price-set.ts';
import { priceSetKinds, type PriceSetKind } from '../src-main/uncertainty/price-set.ts';
import { recomputedCost } from '../src-main/verify/check-cost.ts';
import { riskBounds } from '../src-main/verify/risk-bounds.ts';
import { benchZone } from './real-series.ts';

const nominal = 0.9;
const windowDays = 180;
const saleShare = 0.95;
const directory = process.argv[2];
if (!directory) throw new Error('usage: node bench/price-sets.ts <directory>');

/** Rows are in order, from local midnight on, so the repeated hour is too. */
function prices(): RegularSeries {
  const folder = join(directory!, 'price');
  const file = readdirSync(folder).find((name) => name.startsWith('smard_dayahead'))!;
  const lines = gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  const values = Float64Array.from(lines, (line) => {
    const cell = line.split(';')[2]!;
    return cell === '-' ? NaN : Number(cell.replaceAll(',', ''));
  });
  const startUtcMs = zoneOf(benchZone).startOfDay(
    new Date(`${lines[0]!.split(',')[0]!}, 2023 UTC`).toISOString().slice(0, 10),
  );
  return { kind: 'price', unit: 'EUR/MWh', startUtcMs, stepMinutes: 60, values, flags: new Uint16Array(values.length) };
}

function problemAt(market: number[], priceRisk?: PriceRisk): V2gProblem {
  const slots = market.length;
  return {
    name: 'bench trader',
    currency: 'EUR',
    slots,
    slotHours: 1,
    loadKw: new Array<number>(slots).fill(400),
    wind: [],
    gas: [],
    storage: [
      {
        id: 'battery',
        name: 'Battery',
        minKwh: 0,
        maxKwh: 1000,
        initialKwh: 500,
        finalMinKwh: 500,
        chargeKw: 500,
        dischargeKw: 500,
        chargeEfficiency: 0.95,
        dischargeEfficiency: 0.95,
        degradationPerKwh: 0.005,
      },
    ],
    grid: {
      importLimitKw: 1000,
      exportLimitKw: 1000,
      buyPerKwh: market.map((price) => price + 0.005),
      sellPerKwh: market.map((price) => price * saleShare),
      ...(priceRisk ? { priceRisk } : {}),
    },
    aggregators: [],
    evs: [],
    throughputPerKwh: 0,
    dischargePerKwh: 0,
    unmetPerKwh: null,
    lossShare: 0,
    reserve: { shareOfLoad: 0, counts: 'installed' },
    uncertainty: { components: [], protection: 0 },
    recourse: 0,
    charging: 'coordinated',
    uncoordinatedKw: [],
  };
}

interface Tally {
  said: number[];
  risk: number[];
  came: number[];
  kept: number;
  promise: number[];
  periods: number[];
  trades: number[];
  ms: number[];
}
const tally = (): Tally => ({ said: [], risk: [], came: [], kept: 0, promise: [], periods: [], trades: [], ms: [] });

const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 1 });
const series = prices();
const results = new Map<string, Tally>();
const errors: number[] = [];
const naive: number[] = [];

async function run(name: string, problem: V2gProblem, actual: number[], fit: PriceSetFit | null): Promise<void> {
  const own = results.get(name) ?? tally();
  results.set(name, own);
  const started = performance.now();
  const answer = await solveV2g(problem, pool, { ...defaultSolveOptions, relativeGap: 1e-6 });
  own.ms.push(performance.now() - started);
  if (!('schedule' in answer)) throw new Error(`${name}: ${answer.kind}`);
  const realised = problemAt(actual);
  const came = Object.values(recomputedCost(realised, answer.schedule)).reduce(
    (sum: number, item: number) => sum + item,
    0,
  );
  const { totalCost, cost } = answer.schedule;
  own.said.push(totalCost);
  own.risk.push(cost.priceRisk ?? 0);
  own.came.push(came);
  if (came <= totalCost + 1e-6) own.kept++;
  if (!fit) return;
  own.promise.push(fit.guarantee.probability ?? NaN);
  own.periods.push(fit.periods.share);
  own.trades.push(fit.trades.share);
}

for (let day = '2024-03-01'; day <= '2025-02-28'; day = addDays(day, 4)) {
  const horizon = dayHorizon(day, benchZone, 60);
  if (horizon.slots !== 24) continue;
  const forecast = forecastDay({ actual: series, imported: null, horizon, windowDays, known: 'day-before' });
  const market = Array.from(forecast.centre, (price) => price / 1000);
  const from = (horizon.startUtcMs - series.startUtcMs) / 3_600_000;
  const actual = Array.from(series.values.slice(from, from + 24), (price) => price / 1000);
  errors.push(forecast.skill.rmse);
  naive.push(forecast.skill.naiveDayRmse);
  const past = forecast.residualDays
    .filter(({ usable }) => usable)
    .map(({ day: of, error }) => ({ day: of, error: error.map((price) => price / 1000) }));
  await run('prices known', problemAt(actual), actual, null);
  await run('forecast as expected', problemAt(market), actual, null);
  const robust = async (kind: PriceSetKind, periodProtection: number, name: string): Promise<void> => {
    const failureBound = riskBounds(24, periodProtection).binomial;
    const fit = fitPriceSet(past, { kind, nominal, periodProtection, failureBound, worstCase: setWorstCase });
    const period = market.map((_, hour) => hour);
    await run(name, problemAt(market, { set: fit.set, period, saleShare }), actual, fit);
  };
  for (const kind of priceSetKinds) await robust(kind, 6, kind === 'budget' ? 'budget, Γ = 6 of 24' : kind);
  await robust('budget', 12, 'budget, Γ = 12 of 24');
}

const money = (values: number[]): string => mean(values).toFixed(1);
const percent = (values: number[]): string => (values.length === 0 ? '–' : (100 * mean(values)).toFixed(1));
console.log(
  `days ${errors.length}, forecast rmse ${money(errors)} EUR/MWh, day before again ${money(naive)} EUR/MWh\n`,
);
console.log(
  '| prices | bill expected, EUR | risk, EUR | bill that came, EUR | bill kept, % of days | promise, % | periods kept, % | trades kept, % of days | solve, ms |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [name, own] of results) {
  const kept = clopperPearson(own.kept, own.said.length);
  const interval = `${(100 * kept.share).toFixed(1)} (${(100 * kept.lower).toFixed(1)}–${(100 * kept.upper).toFixed(1)})`;
  const expected = own.said.map((said, at) => said - own.risk[at]!);
  console.log(
    `| ${name} | ${money(expected)} | ${money(own.risk)} | ${money(own.came)} | ${interval} | ${percent(own.promise)} | ${percent(own.periods)} | ${percent(own.trades)} | ${money(own.ms)} |`,
  );
}
await pool.dispose();
