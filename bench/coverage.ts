/**
 * Nominal against measured coverage on real years: `node bench/coverage.ts <directory>`. The directory holds `load/` and `wind/`
 * with hourly files `timestamp,value` (actual and day-ahead forecast, ISO times with offset), and, where present, quarter-hourly
 * SMARD files. Prints the tables of docs/method/uncertainty.md and docs/method/forecast.md.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dayHorizon, type SlotMinutes } from '../src-main/base/horizon.ts';
import { forecastDay } from '../src-main/forecast/forecast-day.ts';
import type { RegularSeries } from '../src-main/telemetry/types.ts';
import { residualTable, type ComponentInput } from '../src-main/uncertainty/component-input.ts';
import { fitSet } from '../src-main/uncertainty/fit-set.ts';
import { heldOutRatios, type HeldOut } from '../src-main/uncertainty/held-out.ts';
import type { MeasuredShare } from '../src-main/uncertainty/types.ts';
import { benchZone, hourly, judged, smard } from './real-series.ts';

const percent = ({ share, lower, upper }: MeasuredShare): string =>
  `${(100 * share).toFixed(1)} (${(100 * lower).toFixed(1)}–${(100 * upper).toFixed(1)})`;

/** Mean of 2 · half-width over the held-out slots, from error ÷ (error ÷ half-width). */
function meanWidth({ residualDays }: ComponentInput, { days, slots, ratios }: HeldOut): number {
  let sum = 0;
  let count = 0;
  for (const { day, error } of residualDays) {
    const row = days.indexOf(day);
    if (row < 0) continue;
    for (let slot = 0; slot < slots; slot++) {
      const width = (2 * error[slot]!) / ratios[row * slots + slot]!;
      if (!Number.isFinite(width)) continue;
      sum += width;
      count++;
    }
  }
  return sum / count;
}

function report(
  name: string,
  actual: RegularSeries,
  imported: RegularSeries | null,
  day: string,
  slotMinutes: SlotMinutes,
  windowDays: number,
): void {
  const horizon = dayHorizon(day, benchZone, slotMinutes);
  const started = performance.now();
  const forecast = forecastDay({ actual, imported, horizon, windowDays });
  const forecastMs = performance.now() - started;
  const component: ComponentInput = {
    id: 'x',
    name,
    kind: actual.kind === 'wind-actual' ? 'wind' : 'load',
    centreKw: forecast.centre,
    biasKw: forecast.bias,
    doubtfulSlots: forecast.doubtfulSlots,
    residualDays: forecast.residualDays,
  };
  const { rmse, naiveDayRmse, naiveWeekRmse, meanBias } = forecast.skill;
  console.log(
    `\n### ${name} (${forecast.method}, ${forecast.residualDays.length} days, forecast ${forecastMs.toFixed(0)} ms)`,
  );
  console.log(
    `RMSE ${rmse.toFixed(0)} MW; newest known day ${naiveDayRmse.toFixed(0)}, week before ${naiveWeekRmse.toFixed(0)}; mean bias before correction ${meanBias.toFixed(0)}\n`,
  );
  console.log(
    '| method | shape | nominal | per slot, % (95 % interval) | worst slot | whole day, % | verdict | mean width, MW | fit ms |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const nominal of [0.8, 0.9, 0.95, 0.99]) {
    for (const method of ['prediction-normal', 'conformal'] as const) {
      for (const shape of ['per-slot', 'level'] as const) {
        const at = performance.now();
        const wish = { method, shape, nominal, windowDays };
        const set = fitSet([component], wish);
        const ms = performance.now() - at;
        const { coverage } = set.components[0]!;
        const worst = Math.min(...coverage.perSlot.map(({ share }) => share));
        const width = meanWidth(component, heldOutRatios(residualTable(component), wish));
        console.log(
          `| ${method} | ${shape} | ${100 * nominal} | ${percent(coverage.pooled)} | ${(100 * worst).toFixed(1)} | ${percent(coverage.wholeDay)} | ${coverage.verdict} | ${width.toFixed(0)} | ${ms.toFixed(0)} |`,
        );
      }
    }
  }
}

const directory = process.argv[2];
if (!directory) {
  console.error('usage: node bench/coverage.ts <directory with load/ and wind/>');
  process.exit(2);
}
const at = (room: string, name: string) => join(directory, room, name);
const year = '2024-06_2025-05.csv';
for (const [kind, room] of [
  ['load', 'load'],
  ['wind', 'wind'],
] as const) {
  const [actual, imported] = judged(
    hourly(at(room, `de_lu_${kind}_actual_${year}`), `${kind}-actual`),
    hourly(at(room, `de_lu_${kind}_forecast_dayahead_${year}`), `${kind}-forecast`),
  );
  report(`DE-LU ${kind}, published forecast`, actual, imported, '2025-05-31', 60, 365);
  report(`DE-LU ${kind}, built-in forecast`, actual, null, '2025-05-31', 60, 365);
}
const years = [2020, 2021, 2022];
const smardFiles = (what: string) => years.map((y) => at('load', `smard_de_load_${what}_15min_${y}.csv.gz`));
if (smardFiles('actual').every((file) => existsSync(file))) {
  const [actual, imported] = judged(
    smard(smardFiles('actual'), 'load-actual'),
    smard(smardFiles('forecast_dayahead'), 'load-forecast'),
  );
  report('SMARD load 2020, published forecast', actual, imported, '2020-12-31', 15, 365);
  report('SMARD load 2021, published forecast', actual, imported, '2021-12-31', 15, 365);
  report('SMARD load 2022, published forecast', actual, imported, '2022-12-31', 15, 365);
  report('SMARD load, 90 days to October 2022', actual, imported, '2022-10-15', 15, 90);
}
