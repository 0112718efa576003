import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, vi } from 'vitest';
import { compareRecords } from './compare.ts';
import { measurePair, medianOf, recordPairs, type BenchPair, type BenchRecord } from './record.ts';

const pause = (milliseconds: number) => (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const pair = (changes: Partial<BenchPair> = {}): BenchPair => ({
  name: 'waiting',
  ours: 'long',
  reference: 'short',
  runOurs: pause(40),
  runReference: pause(10),
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
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const directory = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'bench-'))}/`);
  await recordPairs('waits', [pair()], directory);
  written.mockRestore();
  const text = readFileSync(new URL('waits.json', directory), 'utf8');
  const record = JSON.parse(text) as BenchRecord;
  expect(record.node).toBe(process.version);
  expect(record.pairs[0]!.ratio).toBeGreaterThan(2);
  expect(record.pairs[0]!.ratio).toBeLessThan(6);
  expect(text).not.toContain(process.cwd());
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
