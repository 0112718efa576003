/**
 * Compares two records of one benchmark: `node bench/compare.ts <before.json> <after.json>`. Ratios are compared, not milliseconds, so
 * records of different machines may meet. Leaves with 1 when a ratio has grown by more than a quarter.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { BenchRecord, RatioResult } from './record.ts';

export interface Comparison {
  name: string;
  before: number;
  after: number;
  /** after / before; above 1 is slower. */
  change: number;
  verdict: 'slower' | 'same' | 'faster';
}

const noticeable = 1.25;

/** Pairs in both records, in the order of the second. @throws Error for records of different benchmarks. */
export function compareRecords(before: BenchRecord<RatioResult>, after: BenchRecord<RatioResult>): Comparison[] {
  if (before.benchmark !== after.benchmark)
    throw new Error(`records of different benchmarks: ${before.benchmark} and ${after.benchmark}`);
  return after.pairs.flatMap((pair) => {
    const earlier = before.pairs.find(({ name }) => name === pair.name);
    if (!earlier) return [];
    const change = pair.ratio / earlier.ratio;
    const verdict = change > noticeable ? 'slower' : change < 1 / noticeable ? 'faster' : 'same';
    return [{ name: pair.name, before: earlier.ratio, after: pair.ratio, change, verdict }];
  });
}

function main(files: readonly string[]): number {
  const [before, after] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as BenchRecord<RatioResult>);
  if (!before || !after) {
    process.stderr.write('usage: node bench/compare.ts <before.json> <after.json>\n');
    return 2;
  }
  const compared = compareRecords(before, after);
  for (const { name, verdict, before: then, after: now, change } of compared)
    process.stdout.write(
      `${verdict.padEnd(6)}  ${name}: ratio ${then.toFixed(2)} -> ${now.toFixed(2)} (x${change.toFixed(2)})\n`,
    );
  return compared.some(({ verdict }) => verdict === 'slower') ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2));
