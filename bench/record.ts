/**
 * Shared plumbing of the benchmarks. What is compared runs in pairs within one process, alternately, so that a busy or slow machine
 * meets both alike; what is kept is the ratio of the medians. Results go to bench/results/<name>.json; a run of some pairs alone leaves the
 * others there as they were.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

export interface BenchPair {
  name: string;
  /** What `ours` and `reference` are, in words, for the reader of the record. */
  ours: string;
  reference: string;
  runOurs: () => Promise<unknown> | unknown;
  runReference: () => Promise<unknown> | unknown;
  /** Timed runs of each side, after one that is not timed. */
  rounds: number;
}

/** When and on what it was measured. */
export interface Circumstances {
  date: string;
  node: string;
  platform: string;
  processors: number;
}

/** What every comparison has, of whatever was measured; of its circumstances, what differs from those of its record. */
export interface RatioResult extends Partial<Circumstances> {
  name: string;
  ours: string;
  reference: string;
  rounds: number;
  /** Ours / reference; smaller is better. */
  ratio: number;
}

export interface PairResult extends RatioResult {
  medianOursMs: number;
  medianReferenceMs: number;
  /** Smallest and largest ratio of one round: how far the machine disturbed the measurement. */
  ratioSpread: [number, number];
}

export interface BenchRecord<Result extends RatioResult = PairResult> extends Circumstances {
  benchmark: string;
  pairs: Result[];
}

/** 'some': only these pairs were measured, and the others of the record stand as they are. */
export interface RecordWish {
  measured?: 'all' | 'some';
  directory?: URL;
}

export async function measurePair(pair: BenchPair): Promise<PairResult> {
  const { name, ours, reference, rounds } = pair;
  const millisecondsOf = async (run: () => Promise<unknown> | unknown): Promise<number> => {
    const startedAt = performance.now();
    await run();
    return performance.now() - startedAt;
  };
  await pair.runOurs();
  await pair.runReference();
  const oursMs: number[] = [];
  const referenceMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const oursFirst = round % 2 === 0;
    if (oursFirst) oursMs.push(await millisecondsOf(pair.runOurs));
    referenceMs.push(await millisecondsOf(pair.runReference));
    if (!oursFirst) oursMs.push(await millisecondsOf(pair.runOurs));
  }
  const ratios = oursMs.map((milliseconds, round) => milliseconds / referenceMs[round]!);
  const medianOursMs = medianOf(oursMs);
  const medianReferenceMs = medianOf(referenceMs);
  return {
    name,
    ours,
    reference,
    rounds,
    medianOursMs,
    medianReferenceMs,
    ratio: medianOursMs / medianReferenceMs,
    ratioSpread: [Math.min(...ratios), Math.max(...ratios)],
  };
}

/** Measures the pairs one after the other, prints a line for each, and writes the record. @returns of these pairs alone. */
export async function recordPairs(
  benchmark: string,
  pairs: readonly BenchPair[],
  wish: RecordWish = {},
): Promise<PairResult[]> {
  const results: PairResult[] = [];
  for (const pair of pairs) {
    const result = await measurePair(pair);
    results.push(result);
    process.stdout.write(`${describePair(result)}\n`);
  }
  writeRecord(benchmark, results, wish);
  return results;
}

/** Writes what was measured, and on what. */
export function writeRecord(
  benchmark: string,
  measured: readonly RatioResult[],
  { measured: which = 'all', directory = new URL('./results/', import.meta.url) }: RecordWish = {},
): void {
  const file = new URL(`${benchmark}.json`, directory);
  const circumstances: Circumstances = {
    date: new Date().toISOString(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    processors: availableParallelism(),
  };
  const earlier =
    which === 'some' && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BenchRecord<RatioResult>) : null;
  const pairs = earlier === null ? measured : amongEarlier(earlier, circumstances, measured);
  const record: BenchRecord<RatioResult> = { benchmark, ...circumstances, pairs: [...pairs] };
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** Each in the place of its namesake, new ones last; the rest of the record with what its head no longer says of it. */
function amongEarlier(
  { benchmark: _, pairs, ...circumstances }: BenchRecord<RatioResult>,
  now: Circumstances,
  measured: readonly RatioResult[],
): RatioResult[] {
  const fresh = new Map(measured.map((pair) => [pair.name, pair]));
  const stood = pairs.map((pair) => {
    const found = fresh.get(pair.name);
    fresh.delete(pair.name);
    if (found) return found;
    const { date, node, platform, processors, ...rest } = { ...circumstances, ...pair };
    const then = Object.entries({ date, node, platform, processors });
    const differing = then.filter(([key, value]) => value !== now[key as keyof Circumstances]);
    return { ...rest, ...Object.fromEntries(differing) };
  });
  return [...stood, ...fresh.values()];
}

export const describePair = ({ name, ours, reference, ratio, medianOursMs, medianReferenceMs }: PairResult): string =>
  `${name}: ${ours} ${medianOursMs.toFixed(1)} ms, ${reference} ${medianReferenceMs.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`;

/** @throws Error without a value. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle];
  if (high === undefined) throw new Error('median of nothing');
  return sorted.length % 2 === 1 ? high : (high + sorted[middle - 1]!) / 2;
}
