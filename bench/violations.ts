/**
 * Measured violation of every margin form on held-out days of DE-LU wind beside the risk accepted: `node bench/violations.ts
 * <directory>`. The directory holds `wind/` with hourly files `timestamp,value`. Prints the tables of docs/method/drcc.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downsideMargin, type MarginForm } from '../src-main/robust/drcc/margin.ts';
import { momentDoubt } from '../src-main/uncertainty/moment-doubt.ts';
import type { ErrorHistory } from '../src-main/uncertainty/moments.ts';
import { auditViolations, type MarginEvidence, type MarginRule } from '../src-main/uncertainty/violation-audit.ts';

const directory = process.argv[2];
if (!directory) {
  console.error('usage: node bench/violations.ts <directory with wind/>');
  process.exit(2);
}
const year = '2024-06_2025-05.csv';

function rowsOf(name: string): Map<string, number> {
  const lines = readFileSync(join(directory!, 'wind', name), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return new Map(
    lines.map((line) => {
      const [time, value] = line.split(',') as [string, string];
      return [time, value === '' ? NaN : Number(value)];
    }),
  );
}

/** Errors by local day; days without 24 hours (clock changes) are left out. In MW. */
function wind(): ErrorHistory {
  const forecast = rowsOf(`de_lu_wind_forecast_dayahead_${year}`);
  const days = new Map<string, number[]>();
  for (const [time, value] of rowsOf(`de_lu_wind_actual_${year}`)) {
    const day = time.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), value - (forecast.get(time) ?? NaN)]);
  }
  const residuals = [...days].map(([day, errorKw]) => ({ day, errorKw, usable: errorKw.length === 24 }));
  return { id: 'DE-LU wind', residuals };
}

const ruleOf = (name: string, formOf: (evidence: MarginEvidence) => MarginForm, risk: number): MarginRule => ({
  name,
  marginKw: (evidence) => downsideMargin(formOf(evidence), evidence, risk),
});
const radius = ({ deviation, samples }: MarginEvidence): number => deviation / Math.sqrt(samples.length);
const forms: [string, (evidence: MarginEvidence) => MarginForm][] = [
  ['Gaussian', () => ({ kind: 'gaussian' })],
  ['empirical quantile', () => ({ kind: 'wasserstein', radius: 0 })],
  ['unimodal symmetric', () => ({ kind: 'unimodal-symmetric' })],
  ['unimodal', () => ({ kind: 'unimodal' })],
  ['symmetric', () => ({ kind: 'symmetric' })],
  ['Cantelli', () => ({ kind: 'cantelli' })],
  [
    'Delage–Ye, 95 %',
    ({ samples }) => ({ kind: 'delage-ye', ...momentDoubt(samples, { confidence: 0.95, seed: 1, draws: 500 }) }),
  ],
  ['Wasserstein, θ = σ/√N', (evidence) => ({ kind: 'wasserstein', radius: radius(evidence) })],
  ['Wasserstein safe, θ = σ/√N', (evidence) => ({ kind: 'wasserstein-safe', radius: radius(evidence) })],
];
const percent = (share: number): string => (100 * share).toFixed(1);
const history = wind();
for (const risk of [0.05, 0.1]) {
  const audits = auditViolations(
    history,
    forms.map(([name, formOf]) => ruleOf(name, formOf, risk)),
    risk,
  );
  console.log(`\nε = ${percent(risk)} %, ${audits[0]!.days.length} held-out days\n`);
  console.log('| form | all slots, % (95 % interval) | worst slot | any slot of the day | verdict | mean margin, MW |');
  console.log('|---|---|---|---|---|---|');
  for (const { name, pooled, perSlot, anySlot, verdict, meanMarginKw } of audits) {
    const worst = perSlot.reduce((a, b) => (b.share > a.share ? b : a));
    console.log(
      `| ${name} | ${percent(pooled.share)} (${percent(pooled.lower)}–${percent(pooled.upper)}) | ${percent(worst.share)} (${percent(worst.lower)}–${percent(worst.upper)}) | ${percent(anySlot.share)} | ${verdict} | ${meanMarginKw.toFixed(0)} |`,
    );
  }
}
