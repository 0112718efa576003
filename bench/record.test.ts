import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { compareRecords } from './compare.ts';
import {
  measurePair,
  medianOf,
  recordPairs,
  writeRecord,
  type BenchPair,
  type BenchRecord,
  type RatioResult,
} from './record.ts';

/** A clock that the work itself moves on. */
let nowMs = 0;
const takes = (milliseconds: number) => (): void => void (nowMs += milliseconds);
beforeEach(() => vi.spyOn(performance, 'now').mockImplementation(() => nowMs));
afterEach(() => vi.restoreAllMocks());
const pair = (changes: Partial<BenchPair> = {}): BenchPair => ({
  name: 'waiting',
  ours: 'long',
  reference: 'short',
  runOurs: takes(40),
  runReference: takes(10),
  rounds: 3,
  ...changes,
});

it('takes the median', () => {
  expect(medianOf([5, 1, 9])).toBe(5);
  expect(medianOf([4, 1, 9, 2])).toBe(3);
  expect(() => medianOf([])).toThrow(/nothing/);
});

it('runs both sides alternately, one untimed round first', async () => {
  const order: string[] = [];
  await measurePair(pair({ runOurs: () => order.push('ours'), runReference: () => order.push('reference') }));
  expect(order.join(' ')).toBe('ours reference ours reference reference ours ours reference');
});

it('records ratios with the machine, and nothing of where it ran', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const directory = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'bench-'))}/`);
  await recordPairs('waits', [pair()], { directory });
  const text = readFileSync(new URL('waits.json', directory), 'utf8');
  const record = JSON.parse(text) as BenchRecord;
  expect(record.node).toBe(process.version);
  expect(record.pairs[0]).toMatchObject({ medianOursMs: 40, medianReferenceMs: 10, ratio: 4, ratioSpread: [4, 4] });
  expect(text).not.toContain(process.cwd());
});

it('leaves what a run of some pairs did not measure, each row with the circumstances it was measured in', () => {
  const directory = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'bench-'))}/`);
  const row = (name: string, ratio: number) => ({ name, ours: 'long', reference: 'short', rounds: 1, ratio });
  const read = () => JSON.parse(readFileSync(new URL('waits.json', directory), 'utf8')) as BenchRecord<RatioResult>;
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
  writeRecord('waits', [row('first', 1), row('second', 2), row('third', 3)], { directory });
  vi.setSystemTime(new Date('2026-01-02T00:00:00Z'));
  writeRecord('waits', [row('new', 9), row('second', 4)], { directory, measured: 'some' });
  vi.setSystemTime(new Date('2026-01-03T00:00:00Z'));
  writeRecord('waits', [row('third', 5)], { directory, measured: 'some' });
  const [first, second] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
  expect(read().date).toBe('2026-01-03T00:00:00.000Z');
  expect(read().pairs).toEqual([
    { ...row('first', 1), date: first },
    { ...row('second', 4), date: second },
    row('third', 5),
    { ...row('new', 9), date: second },
  ]);
  // Of another machine: told where it differs, and no more.
  const older: BenchRecord<RatioResult> = { ...read(), node: 'v1.2.3', pairs: [row('first', 1)] };
  writeFileSync(new URL('waits.json', directory), JSON.stringify(older));
  writeRecord('waits', [row('second', 4)], { directory, measured: 'some' });
  expect(read().pairs).toEqual([{ ...row('first', 1), node: 'v1.2.3' }, row('second', 4)]);
  writeRecord('waits', [row('third', 6)], { directory });
  expect(read().pairs).toEqual([row('third', 6)]);
  vi.useRealTimers();
});

it('compares ratios of the same pairs', () => {
  const record = (ratios: Record<string, number>): BenchRecord => ({
    benchmark: 'waits',
    date: '',
    node: '',
    platform: '',
    processors: 1,
    pairs: Object.entries(ratios).map(([name, ratio]) => ({
      name,
      ours: '',
      reference: '',
      rounds: 1,
      medianOursMs: ratio,
      medianReferenceMs: 1,
      ratio,
      ratioSpread: [ratio, ratio],
    })),
  });
  const compared = compareRecords(record({ a: 1, b: 1, c: 1, gone: 1 }), record({ a: 1.3, b: 1.2, c: 0.7, added: 1 }));
  expect(compared.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['a', 'slower'],
    ['b', 'same'],
    ['c', 'faster'],
  ]);
  expect(() => compareRecords(record({}), { ...record({}), benchmark: 'other' })).toThrow(/different/);
});
