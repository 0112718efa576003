/** Real years as regular series with the flags an import would give them, for the benchmarks of sets and coverage. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { zoneOf } from '../src-main/base/zone.ts';
import { findQuality } from '../src-main/telemetry/quality/find-quality.ts';
import type { RegularSeries, SeriesKind } from '../src-main/telemetry/types.ts';

export const benchZone = 'Europe/Berlin';

function regular(kind: SeriesKind, stepMinutes: number, samples: [number, number][]): RegularSeries {
  const startUtcMs = Math.min(...samples.slice(0, 200).map(([utcMs]) => utcMs));
  const stepMs = stepMinutes * 60_000;
  const length = Math.max(...samples.slice(-200).map(([utcMs]) => (utcMs - startUtcMs) / stepMs)) + 1;
  const values = new Float64Array(length).fill(NaN);
  for (const [utcMs, value] of samples) values[(utcMs - startUtcMs) / stepMs] = value;
  return { kind, unit: 'MW', startUtcMs, stepMinutes, values, flags: new Uint16Array(length) };
}

/** Both with the flags an import would give them. */
export function judged(actual: RegularSeries, imported: RegularSeries): [RegularSeries, RegularSeries] {
  const flagged = (series: RegularSeries, other: RegularSeries) => ({
    ...series,
    flags: findQuality(series, { zone: benchZone, other }).flags,
  });
  return [flagged(actual, imported), flagged(imported, actual)];
}

export function hourly(file: string, kind: SeriesKind): RegularSeries {
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
  return regular(
    kind,
    60,
    lines.map((line) => {
      const [time, value] = line.split(',') as [string, string];
      return [Date.parse(time.replace(' ', 'T')), value === '' ? NaN : Number(value)];
    }),
  );
}

/** SMARD: local wall clock without offset, MWh per quarter hour, German numbers; rows are in order, so the repeated hour is too. */
export function smard(files: string[], kind: SeriesKind): RegularSeries {
  const samples: [number, number][] = [];
  for (const file of files) {
    const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/).slice(1);
    let utcMs = zoneOf(benchZone).startOfDay(`${lines[0]!.slice(6, 10)}-01-01`);
    for (const line of lines) {
      const cell = line.split(';')[3]!;
      samples.push([utcMs, cell === '-' ? NaN : 4 * Number(cell.replaceAll('.', '').replace(',', '.'))]);
      utcMs += 900_000;
    }
  }
  return regular(kind, 15, samples);
}
