/** What the screen says of a set, counted again from the file it exports, by code that shares nothing with the fit. */
import { describe, expect, it } from 'vitest';
import { everyDay } from '../../base/day-filter.ts';
import { onDemo } from '../fixtures/on-demo.ts';

const { ask } = onDemo();

interface Count {
  hits: number[];
  trials: number[];
  wholeHits: number;
  wholeTrials: number;
  days: number;
}

/** Per component: on how many held-out days each slot lay within what had been promised. */
function countFromCsv(text: string): Map<string, Count> {
  const [header, ...lines] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const firstError = header!.findIndex((name) => name.startsWith('error in slot 1 '));
  const firstPromise = header!.findIndex((name) => name.startsWith('promised half-width in slot 1 '));
  const slots = firstPromise - firstError;
  const counts = new Map<string, Count>();
  for (const cells of lines) {
    if (cells[header!.indexOf('held out')] !== 'yes') continue;
    const zeros = () => new Array<number>(slots).fill(0);
    const count = counts.get(cells[0]!) ?? { hits: zeros(), trials: zeros(), wholeHits: 0, wholeTrials: 0, days: 0 };
    counts.set(cells[0]!, count);
    count.days += 1;
    let judged = 0;
    let inside = 0;
    for (let slot = 0; slot < slots; slot++) {
      const promise = cells[firstPromise + slot]!;
      if (promise === '') continue;
      judged += 1;
      count.trials[slot]! += 1;
      if (Math.abs(Number(cells[firstError + slot]!)) > Number(promise)) continue;
      inside += 1;
      count.hits[slot]! += 1;
    }
    if (judged === slots) count.wholeTrials += 1;
    if (judged === slots && inside === slots) count.wholeHits += 1;
  }
  return counts;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('displayed coverage', () => {
  it.each([
    ['by level', { method: 'conformal', shape: 'level', nominal: 0.9, windowDays: 126 }],
    ['per slot', { method: 'prediction-normal', shape: 'per-slot', nominal: 0.8, windowDays: 90 }],
    [
      'of working days',
      {
        method: 'conformal',
        shape: 'per-slot',
        nominal: 0.95,
        windowDays: 126,
        days: { ...everyDay, weekdays: 'working' },
      },
    ],
  ] as const)('equals an independent count from the exported samples, %s', async (_, options) => {
    const fit = await ask('uncertainty.fit', { day: '2023-06-15', ...options });
    const counts = countFromCsv((await ask('uncertainty.export', { setId: fit.setId, what: 'samples' })).text);
    expect(counts.size).toBe(fit.components.length);
    for (const { name, coverage } of fit.components) {
      const count = counts.get(name)!;
      expect(coverage.perSlot.map(({ hits }) => hits)).toEqual(count.hits);
      expect(coverage.perSlot.map(({ trials }) => trials)).toEqual(count.trials);
      expect([coverage.pooled.hits, coverage.pooled.trials]).toEqual([sum(count.hits), sum(count.trials)]);
      expect([coverage.wholeDay.hits, coverage.wholeDay.trials]).toEqual([count.wholeHits, count.wholeTrials]);
      expect(coverage.days).toHaveLength(count.days);
      expect(sum(count.hits)).toBeGreaterThan(0);
      expect(sum(count.hits)).toBeLessThan(sum(count.trials));
    }
  });
});
