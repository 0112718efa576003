/**
 * Importing a million quarter hours against the `sqlite3` shell's `.import` of the same file into a plain table: `node bench/import.ts`.
 *
 * (a) the store alone, samples handed over in batches from memory; (b) the whole way from the file's bytes through the reader with
 * its checks of times and numbers into the store. Both end committed and closed, as does the shell. Without the shell nothing is
 * measured, and that is said.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileSource } from '../src-main/hosts/file-source.ts';
import type { NewBatch, Store } from '../src-main/planning/ports.ts';
import { openStore } from '../src-main/store/open-store.ts';
import type { ImportMapping } from '../src-main/telemetry/mapping.ts';
import { readSamples } from '../src-main/telemetry/read-samples.ts';
import type { Sample } from '../src-main/telemetry/types.ts';
import { recordPairs, type PairResult } from './record.ts';

const rows = 1_000_000;
const perBatch = 4096;
const stepMs = 900_000;
const startMs = Date.UTC(2000, 0, 1);
const migrationsDirectory = fileURLToPath(new URL('../db/migrations', import.meta.url));
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

const valueAt = (row: number): number => 40_000 + ((row * 7919) % 20_011) + (row % 8) / 8;

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  decimalMark: '.',
  headerRow: 0,
  zone: 'in-text',
  dateOrder: 'ymd',
  columns: { time: 'time', value: 'load' },
  unit: 'MW',
  stepMinutes: 15,
  subtractColumn: '',
  seriesName: 'Load',
  source: 'generated',
};

const batch: NewBatch = {
  kind: 'load-actual',
  fileName: 'load.csv',
  fileHash: 'generated',
  mapping,
  series: { name: 'Load', unit: 'MW', zone: 'UTC', stepMinutes: 15, source: 'generated' },
};

function writeCsv(file: string): void {
  const lines = Array.from({ length: rows }, (_, row) => {
    return `${new Date(startMs + row * stepMs).toISOString()},${valueAt(row)}\n`;
  });
  writeFileSync(file, `time,load\n${lines.join('')}`);
}

/** A fresh database for each run; closed, which folds its log into it, and then counted. */
async function intoFreshStore(file: string, fill: (store: Store) => Promise<void> | void): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const store = openStore({ file, nowMs: () => 0, hash, migrationsDirectory });
  await fill(store);
  const stored = store.listSeries()[0]?.valueCount;
  store.close();
  if (stored !== rows) throw new Error(`${stored} of ${rows} values were stored`);
}

function importFromMemory(store: Store): void {
  const writer = store.beginImport(batch);
  for (let from = 0; from < rows; from += perBatch) {
    const samples: Sample[] = [];
    for (let row = from; row < Math.min(rows, from + perBatch); row++)
      samples.push({ utcMs: startMs + row * stepMs, value: valueAt(row), flags: 0 });
    writer.addSamples(samples);
  }
  writer.commit({ rowCount: rows });
}

async function importFromFile(store: Store, csv: string): Promise<void> {
  const source = await fileSource(csv);
  const writer = store.beginImport(batch);
  const { rowCount } = await readSamples(source, 'load-actual', mapping, {
    onBatch: (samples) => writer.addSamples(samples),
  });
  writer.commit({ rowCount });
}

function importByShell(file: string, csv: string): void {
  rmSync(file, { force: true });
  const steps = ['CREATE TABLE load (time TEXT, load REAL)', '.mode csv', `.import --skip 1 "${csv}" load`];
  execFileSync('sqlite3', [file, ...steps, 'SELECT count(*) FROM load'], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const perSecond = (milliseconds: number): string => Math.round(rows / (milliseconds / 1000)).toLocaleString('en-GB');
const describeSpeed = ({ name, medianOursMs, medianReferenceMs }: PairResult): string =>
  `${name}: ${perSecond(medianOursMs)} rows/s, the shell ${perSecond(medianReferenceMs)} rows/s\n`;

if (spawnSync('sqlite3', ['--version']).error) {
  process.stdout.write('skipped: there is no sqlite3 shell here to compare with\n');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'surewatt-bench-'));
  try {
    const csv = join(folder, 'load.csv');
    writeCsv(csv);
    const ours = join(folder, 'ours.db');
    const pair = (name: string, fill: (store: Store) => Promise<void> | void) => ({
      name: `${rows.toLocaleString('en-GB')} rows, ${name}`,
      ours: 'import',
      reference: 'sqlite3 .import',
      rounds: 7,
      runOurs: () => intoFreshStore(ours, fill),
      runReference: () => importByShell(join(folder, 'shell.db'), csv),
    });
    const pairs = await recordPairs('import', [
      pair('samples in memory to the store', importFromMemory),
      pair('file to the store', (store) => importFromFile(store, csv)),
    ]);
    for (const result of pairs) process.stdout.write(describeSpeed(result));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
