/**
 * Sets of whole days on real years: promise against measurement on unseen days, reach, and what a plan costs under each.
 *
 *   node bench/day-sets.ts <directory>     with `load/` (quarter-hourly SMARD files) and `load/`, `wind/` (hourly DE-LU files)
 *
 * Load and wind are scaled to a site of some hundred kW with a fleet of forty cars, so that the EV pool can carry a part of what
 * deviates. Prints the tables of docs/method/sets.md.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dayHorizon, type SlotMinutes } from '../src-main/base/horizon.ts';
import { runThrough } from '../src-main/base/steps.ts';
import { forecastDay } from '../src-main/forecast/forecast-day.ts';
import type { V2gProblem } from '../src-main/models/v2g/problem.ts';
import { solveV2g } from '../src-main/planning/plan/solve-v2g.ts';
import { marginFactor } from '../src-main/robust/drcc/margin.ts';
import { setWorstCase } from '../src-main/robust/sets/set-adversary.ts';
import { createSolverPool } from '../src-main/solver/pool.ts';
import { defaultSolveOptions } from '../src-main/solver/solver.ts';
import type { RegularSeries } from '../src-main/telemetry/types.ts';
import type { ComponentInput } from '../src-main/uncertainty/component-input.ts';
import { setKinds, type DaySetFit } from '../src-main/uncertainty/day-set.ts';
import { fitDaySetInSteps } from '../src-main/uncertainty/fit-day-set.ts';
import { fitSet } from '../src-main/uncertainty/fit-set.ts';
import { slotSetFit } from '../src-main/uncertainty/slot-set.ts';
import { totalSet } from '../src-main/uncertainty/total-set.ts';
import type { MeasuredShare } from '../src-main/uncertainty/types.ts';
import { checkPlan } from '../src-main/verify/check-plan.ts';
import { riskBounds } from '../src-main/verify/risk-bounds.ts';
import { benchZone, hourly, judged, smard } from './real-series.ts';

const windowDays = 365;
const nominal = 0.95;

interface Source {
  kind: 'load' | 'wind';
  actual: RegularSeries;
  imported: RegularSeries;
  /** Share of the country that the site is. */
  kwPerMw: number;
}

function componentOf(
  { kind, actual, imported, kwPerMw }: Source,
  day: string,
  slotMinutes: SlotMinutes,
): ComponentInput {
  const horizon = dayHorizon(day, benchZone, slotMinutes);
  const forecast = forecastDay({ actual, imported, horizon, windowDays });
  const scale = (values: Float64Array): Float64Array => values.map((value) => value * kwPerMw);
  return {
    id: kind,
    name: kind,
    kind,
    centreKw: scale(forecast.centre),
    biasKw: scale(forecast.bias),
    doubtfulSlots: forecast.doubtfulSlots,
    residualDays: forecast.residualDays.map((row) => ({
      ...row,
      error: scale(row.error),
      forecast: scale(row.forecast),
    })),
  };
}

/** Forty cars of an evening and a night, a gas unit that grows dear, and the load and wind of the day. */
function problemOf(
  components: readonly ComponentInput[],
  halfWidths: readonly number[][],
  slotHours: number,
): V2gProblem {
  const load = components.find(({ kind }) => kind === 'load')!;
  const wind = components.find(({ kind }) => kind === 'wind');
  const slots = load.centreKw.length;
  const at = (hour: number): number => Math.round(hour / slotHours);
  const fleet = [
    [0, 8],
    [7, 17],
    [16, 24],
    [18, 24],
  ] as const;
  return {
    name: 'bench site',
    currency: 'EUR',
    slots,
    slotHours,
    loadKw: Array.from(load.centreKw),
    wind: wind
      ? [
          {
            id: 'wind',
            name: 'Wind',
            availableKw: Array.from(wind.centreKw, (kw) => Math.max(0, kw)),
            maintenancePerKwh: 0.01,
          },
        ]
      : [],
    gas: [
      {
        id: 'gas',
        name: 'Gas',
        minKw: 0,
        maxKw: 1500,
        rampKwPerHour: 2000,
        costLinearPerKwh: 0.07,
        costQuadraticPerKwh2: 2.6e-4,
        costSegments: 10,
        noLoadPerHour: 0,
        startUpCost: 0,
        shutDownCost: 0,
        minimumUpHours: 0,
        minimumDownHours: 0,
        commitment: 'always-on',
        initial: { state: 'free' },
      },
    ],
    storage: [],
    grid: null,
    aggregators: [{ id: 'cars', name: 'Cars' }],
    evs: fleet.map(([from, until], index) => ({
      id: `group-${index + 1}`,
      aggregator: 0,
      cars: 10,
      capacityKwh: 500,
      arrivalSlot: at(from),
      departureSlot: Math.min(slots, at(until)),
      initialKwh: 250,
      minKwh: 100,
      maxKwh: 500,
      requiredKwh: 350,
      chargeKw: 100,
      dischargeKw: 70,
      efficiency: 0.95,
    })),
    throughputPerKwh: 1e-4,
    dischargePerKwh: 0.005,
    unmetPerKwh: null,
    lossShare: 0,
    reserve: { shareOfLoad: 0, counts: 'installed' },
    uncertainty: {
      components: components.map(({ id, name, kind }, l) => ({ id, name, kind, halfWidthKw: halfWidths[l]! })),
      protection: components.length,
    },
    recourse: 'optimal',
    charging: 'coordinated',
    uncoordinatedKw: [new Array<number>(slots).fill(0)],
  };
}

const percent = ({ share, lower, upper }: MeasuredShare): string =>
  `${(100 * share).toFixed(1)} (${(100 * lower).toFixed(1)}–${(100 * upper).toFixed(1)})`;

const pool = createSolverPool({ workerUrl: new URL('../src-main/solver/worker.ts', import.meta.url), size: 1 });

async function report(title: string, sources: readonly Source[], day: string, slotMinutes: SlotMinutes): Promise<void> {
  const components = sources.map((source) => componentOf(source, day, slotMinutes));
  const slots = components[0]!.centreKw.length;
  const slotHours = slotMinutes / 60;
  const intervals = fitSet(components, { method: 'conformal', shape: 'per-slot', nominal, windowDays });
  const halfWidths = intervals.components.map(({ kind, halfWidthKw, centreKw }) =>
    kind === 'wind' ? halfWidthKw.map((kw, slot) => Math.min(kw, Math.max(0, centreKw[slot]!))) : halfWidthKw,
  );
  const problem = problemOf(components, halfWidths, slotHours);
  console.log(`\n### ${title}\n`);
  console.log(
    '| set | promise, % | of | slots below, % | whole days below, % | verdict | worst slot, mean kW | worst day, kWh | cost, EUR | fit ms | solve ms |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|---|---|');
  for (const kind of setKinds) {
    const started = performance.now();
    const protection = components.length === 1 ? 1 : 1.5;
    const fit: DaySetFit =
      kind === 'interval' || kind === 'budget'
        ? slotSetFit(
            intervals,
            halfWidths,
            kind === 'interval'
              ? { kind }
              : {
                  kind,
                  protection,
                  slotProtection: slots / 4,
                  failureBound: riskBounds(components.length, protection).binomial,
                },
            setWorstCase,
          )
        : runThrough(
            fitDaySetInSteps(
              components,
              intervals.components.map(({ widening }) => widening),
              kind,
              {
                nominal,
                worstCase: setWorstCase,
                momentFactor: { value: marginFactor({ kind: 'cantelli' }, 1 - nominal), source: 'Cantelli' },
              },
            ),
          );
    const fitMs = performance.now() - started;
    const total = totalSet(fit.set, slots);
    const none = new Array<number>(slots).fill(0);
    const worst = none.map((_, slot) => setWorstCase(total, none.with(slot, 1)));
    const whole = setWorstCase(total, none.fill(1)) * slotHours;
    const planned = {
      ...problem,
      uncertainty: { ...problem.uncertainty, ...(kind === 'interval' ? {} : { set: fit.set }) },
    };
    const solving = performance.now();
    const answer = await solveV2g(planned, pool, { ...defaultSolveOptions, timeLimitSeconds: 120 });
    const solveMs = performance.now() - solving;
    const passed = 'schedule' in answer && checkPlan(planned, answer.schedule).passed;
    const cost =
      'schedule' in answer ? `${answer.schedule.totalCost.toFixed(2)}${passed ? '' : ' (fails check)'}` : answer.kind;
    const { guarantee, measured, verdict } = fit.evidence;
    console.log(
      `| ${kind} | ${(100 * (guarantee.probability ?? NaN)).toFixed(1)} | ${guarantee.event} | ${percent(measured.limits)} | ${percent(measured.wholeDay)} | ${verdict} | ${(worst.reduce((sum, kw) => sum + kw, 0) / slots).toFixed(0)} | ${whole.toFixed(0)} | ${cost} | ${fitMs.toFixed(0)} | ${solveMs.toFixed(0)} |`,
    );
  }
}

const directory = process.argv[2];
if (!directory) {
  console.error('usage: node bench/day-sets.ts <directory with load/ and wind/>');
  process.exit(2);
}
const at = (room: string, name: string) => join(directory, room, name);
const year = '2024-06_2025-05.csv';
const hourlyPair = (kind: 'load' | 'wind') =>
  judged(
    hourly(at(kind, `de_lu_${kind}_actual_${year}`), `${kind}-actual`),
    hourly(at(kind, `de_lu_${kind}_forecast_dayahead_${year}`), `${kind}-forecast`),
  );
const years = [2021, 2022];
const smardFiles = (what: string) => years.map((each) => at('load', `smard_de_load_${what}_15min_${each}.csv.gz`));
if (smardFiles('actual').every((file) => existsSync(file))) {
  const [actual, imported] = judged(
    smard(smardFiles('actual'), 'load-actual'),
    smard(smardFiles('forecast_dayahead'), 'load-forecast'),
  );
  const load = { kind: 'load' as const, actual, imported, kwPerMw: 0.01 };
  await report('DE-LU load 2022 (SMARD, quarter hours), planned day 2022-12-31', [load], '2022-12-31', 15);
}
const [load, loadForecast] = hourlyPair('load');
const [wind, windForecast] = hourlyPair('wind');
await report(
  'DE-LU load and wind June 2024 to May 2025 (hourly), planned day 2025-05-31',
  [
    { kind: 'load', actual: load, imported: loadForecast, kwPerMw: 0.01 },
    { kind: 'wind', actual: wind, imported: windForecast, kwPerMw: 0.01 },
  ],
  '2025-05-31',
  60,
);
await pool.dispose();
