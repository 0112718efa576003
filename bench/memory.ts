/**
 * Peak memory of importing ten million quarter hours against a hundred thousand: `node bench/memory.ts`. Each file goes the whole way
 * of the product, in a process of its own: read, guessed, stored in one transaction, and checked for quality. The peak (resident set) is
 * taken twice: when the file is stored, and when its quality has been checked. V8 lets garbage lie while memory is free, the longer
 * the more, so the same is measured once more with its young generation held small: that is what the work needs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLoad } from '../src-main/planning/fixtures/write-load.ts';
import { writeRecord, type RatioResult } from './record.ts';

const few = 100_000;
const many = 10_000_000;
const script = fileURLToPath(new URL('../src-main/planning/fixtures/import-file.ts', import.meta.url));

interface Peaks {
  storedCount: number;
  importPeakMb: number;
  peakMb: number;
}

interface MemoryResult extends RatioResult {
  oursMb: number;
  referenceMb: number;
}

function peaksOf(rows: number, options: readonly string[]): Peaks {
  const folder = mkdtempSync(join(tmpdir(), 'surewatt-bench-'));
  try {
    const file = join(folder, 'load.csv');
    writeLoad(file, rows);
    const peaks = JSON.parse(
      execFileSync(process.execPath, [...options, script, join(folder, 'store.db'), file], { encoding: 'utf8' }),
    ) as Peaks;
    if (peaks.storedCount !== rows) throw new Error(`${peaks.storedCount} of ${rows} values were stored`);
    return peaks;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const inWords = (rows: number): string => `${rows.toLocaleString('en-GB')} rows`;
const result = (name: string, pick: (peaks: Peaks) => number, short: Peaks, long: Peaks): MemoryResult => ({
  name,
  ours: inWords(many),
  reference: inWords(few),
  rounds: 1,
  oursMb: pick(long),
  referenceMb: pick(short),
  ratio: pick(long) / pick(short),
});
const measure = (suffix: string, options: readonly string[]): MemoryResult[] => {
  const [short, long] = [peaksOf(few, options), peaksOf(many, options)];
  return [
    result(`peak memory, file read and stored${suffix}`, (peaks) => peaks.importPeakMb, short, long),
    result(`peak memory, quality checked as well${suffix}`, (peaks) => peaks.peakMb, short, long),
  ];
};
const pairs = [
  ...measure('', []),
  ...measure(', garbage collected early', ['--max-semi-space-size=1', '--max-old-space-size=30']),
];
writeRecord('memory', pairs);
for (const { name, ours, reference, oursMb, referenceMb, ratio } of pairs)
  process.stdout.write(
    `${name}: ${ours} ${oursMb.toFixed(0)} MB, ${reference} ${referenceMb.toFixed(0)} MB, ratio ${ratio.toFixed(2)}\n`,
  );
