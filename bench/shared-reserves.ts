/**
 * Reserve that two grids hold for each other beside reserve each holds for itself, on held-out days of two wind plants: `node bench/shared-reserves.ts
 * <directory>`. The directory holds `wind/` with the RTS-GMLC forecasts by the hour and actual values by five minutes. Each grid answers half of
 * both plants' deviations, the share of least reserve for two that cost the same. Prints the table of docs/method/drcc.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { downsideMargin, type MarginForm } from '../src-main/robust/drcc/margin.ts';
import { fitMoments, type ErrorHistory } from '../src-main/uncertainty/moments.ts';
import { auditViolations, type ViolationAudit } from '../src-main/uncertainty/violation-audit.ts';

const directory = process.argv[2];
if (!directory) {
  console.error('usage: node bench/shared-reserves.ts <directory with wind/>');
  process.exit(2);
}
const plants = [
  { id: '309_WIND_1', mw: 148.3 },
  { id: '317_WIND_1', mw: 799.1 },
] as const;

/** Mean power by day, hour and plant, as a share of the plant's capacity. */
function hourly(text: string, periodsPerHour: number): Map<string, number[][]> {
  const [header = '', ...rows] = text.trim().split(/\r?\n/);
  const columns = plants.map(({ id }) => header.split(',').indexOf(id));
  const days = new Map<string, number[][]>();
  for (const row of rows) {
    const cells = row.split(',');
    const day = `2020-${cells[1]!.padStart(2, '0')}-${cells[2]!.padStart(2, '0')}`;
    const hour = Math.floor((Number(cells[3]) - 1) / periodsPerHour);
    const own = days.get(day) ?? plants.map(() => new Array<number>(24).fill(0));
    columns.forEach((column, k) => (own[k]![hour]! += Number(cells[column]) / plants[k]!.mw / periodsPerHour));
    days.set(day, own);
  }
  return days;
}

const read = (name: string): Buffer => readFileSync(join(directory, 'wind', name));
const forecast = hourly(read('rts_gmlc_wind_forecast_dayahead_hourly_2020.csv').toString('utf8'), 1);
const actual = hourly(gunzipSync(read('rts_gmlc_wind_actual_5min_2020.csv.gz')).toString('utf8'), 12);

/** Errors of a weighted sum of the plants, percent of one plant's capacity. */
const errorsOf = (id: string, weights: readonly number[]): ErrorHistory => ({
  id,
  residuals: [...forecast].map(([day, expected]) => ({
    day,
    usable: true,
    errorKw: expected[0]!.map((_, hour) =>
      weights.reduce((sum, weight, k) => sum + 100 * weight * (actual.get(day)![k]![hour]! - expected[k]![hour]!), 0),
    ),
  })),
});

const own = plants.map(({ id }, k) =>
  errorsOf(
    id,
    plants.map((_, other) => (other === k ? 1 : 0)),
  ),
);
const shared = errorsOf('half of both', [0.5, 0.5]);
const { covarianceKw2 } = fitMoments(own);
const correlation = covarianceKw2.reduce((sum, of) => sum + of[0]![1]! / Math.sqrt(of[0]![0]! * of[1]![1]!), 0) / 24;

const forms: [string, MarginForm][] = [
  ['gaussian', { kind: 'gaussian' }],
  ['unimodal-symmetric', { kind: 'unimodal-symmetric' }],
  ['unimodal', { kind: 'unimodal' }],
  ['symmetric', { kind: 'symmetric' }],
  ['cantelli', { kind: 'cantelli' }],
];
const percent = (share: number): string => (100 * share).toFixed(1);
const words = ({ pooled, perSlot, verdict }: ViolationAudit): string => {
  const worst = perSlot.reduce((a, b) => (b.share > a.share ? b : a));
  return `${percent(pooled.share)} (${percent(pooled.lower)}–${percent(pooled.upper)}) | ${percent(worst.share)} | ${verdict}`;
};
for (const risk of [0.05, 0.1]) {
  const audit = (history: ErrorHistory, form: MarginForm): ViolationAudit =>
    auditViolations(
      history,
      [{ name: '', marginKw: (evidence) => Math.max(0, downsideMargin(form, evidence, risk)) }],
      risk,
    )[0]!;
  const held = audit(shared, forms[0]![1]).days.length;
  console.log(`\nε = ${percent(risk)} %, ${held} held-out days, correlation of the errors ${correlation.toFixed(2)}\n`);
  console.log(
    '| form | who answers | all slots, % (95 % interval) | worst slot, % | verdict | both grids hold, % of a plant |',
  );
  console.log('|---|---|---|---|---|---|');
  for (const [name, form] of forms) {
    const alone = own.map((history) => audit(history, form));
    const half = audit(shared, form);
    const held = alone.reduce((sum, { meanMarginKw }) => sum + meanMarginKw, 0);
    alone.forEach((one, k) =>
      console.log(`| ${name} | ${plants[k]!.id} its own | ${words(one)} | ${k === 0 ? held.toFixed(1) : ''} |`),
    );
    console.log(`| | each half of both | ${words(half)} | ${(2 * half.meanMarginKw).toFixed(1)} |`);
  }
}
