import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { flagBits, type RegularSeries, type SeriesKind } from '../types.ts';
import type { Finding } from './finding.ts';
import { LargestMagnitudes } from './largest-magnitudes.ts';
import { magnitudeAt } from './magnitude-at.ts';
import { sourceOf } from './quality-source.ts';
import { scanQuality } from './scan-quality.ts';
import { blockSlots } from './stretch.ts';

const zone = 'Europe/Berlin';
/** Four values a day make a block of two weeks 56 values long; a year is 26 of them. */
const stepMinutes = 360;
const block = blockSlots(stepMinutes);
const slots = 26 * block + 17;

/** A year from March to March, so that both clock changes are within it. */
function calm(kind: SeriesKind, seed: number): RegularSeries {
  const random = seededRandom(seed);
  const values = Float64Array.from({ length: slots }, (_, i) => 1000 + 200 * Math.sin(i / 9) + 20 * random.normal());
  const flags = new Uint16Array(slots);
  return { kind, unit: 'MW', startUtcMs: Date.UTC(2023, 2, 1), stepMinutes, values, flags };
}

const defects: Record<string, (series: RegularSeries, from: number, to: number) => void> = {
  gap: ({ values }, from, to) => values.fill(NaN, from, to),
  frozen: ({ values }, from, to) => values.fill(1012.5, from, to),
  calm: ({ values }, from, to) => values.fill(0, from, to),
  lost: ({ values }, from) => (values[from] = 100),
  spike: ({ values }, from) => (values[from] = 2900),
  beyond: ({ values }, from, to) => values.fill(90_000 + from, from, to),
  negative: ({ values }, from, to) => values.subarray(from, to).forEach((_, i, part) => (part[i] = -500 - i)),
  repeated: ({ flags }, from, to) => flags.fill(flagBits.duplicate, from, to),
  contradicting: ({ flags }, from, to) => flags.fill(flagBits.duplicate | flagBits.impossible, from, to),
  judged: ({ flags }, from, to) => flags.fill(flagBits.operatorGood | flagBits.spike, from, to),
};

/** Defects that begin a few values before a border of two blocks, or anywhere, and last up to three blocks. */
const planted = fc.record({
  defect: fc.constantFrom(...Object.keys(defects)),
  at: fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: -6, max: 2 })).map(([k, by]) => k * block + by),
    fc.nat(slots - 1),
  ),
  length: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 * block })),
});

const inOrder = (ranges: Finding[]) =>
  ranges.map((range) => JSON.stringify(range)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function scan(series: RegularSeries, other: RegularSeries | null, blocks: number) {
  const pieces = [...scanQuality(sourceOf(series, other), zone, blocks * block)];
  return {
    ranges: inOrder(pieces.flatMap(({ ranges }) => ranges)),
    flags: pieces.flatMap(({ flags }) => [...flags]),
    pieces: pieces.length,
  };
}

describe('scanQuality', () => {
  it('finds in stretches what it finds in the whole, wherever the borders fall', () => {
    const scenario = fc.record({
      kind: fc.constantFrom<SeriesKind>('load-actual', 'wind-actual', 'wind-forecast', 'price'),
      seed: fc.nat(1000),
      rounding: fc.constantFrom(0, 0, 50),
      faults: fc.array(planted, { maxLength: 12 }),
      shared: fc.nat(12),
      partner: fc.constantFrom('none', 'same span', 'later'),
      blocks: fc.integer({ min: 1, max: 7 }),
    });
    const seen = new Set<string>();
    fc.assert(
      fc.property(scenario, ({ kind, seed, rounding, faults, shared, partner, blocks }) => {
        const series = calm(kind, seed);
        if (rounding > 0) series.values.forEach((v, i, all) => (all[i] = Math.round(v / rounding) * rounding));
        const later = partner === 'later' ? 5 * block : 0;
        const base = calm('load-forecast', seed + 1);
        const other = { ...base, startUtcMs: base.startUtcMs + later * stepMinutes * 60_000 };
        for (const [index, { defect, at, length }] of faults.entries()) {
          defects[defect]!(series, at, Math.min(slots, at + length));
          if (index < shared && at >= later) defects[defect]!(other, at - later, Math.min(slots, at - later + length));
        }
        const beside = partner === 'none' ? null : other;
        const whole = scan(series, beside, 27);
        const parts = scan(series, beside, blocks);
        expect(whole.pieces).toBe(1);
        expect(parts.pieces).toBe(Math.ceil(27 / blocks));
        expect(parts.ranges).toEqual(whole.ranges);
        expect(parts.flags).toEqual(whole.flags);
        for (const range of whole.ranges) seen.add((JSON.parse(range) as Finding).kind);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect([...seen].sort()).toEqual(
      ['clockChange', 'duplicate', 'frozen', 'gap', 'impossible', 'negative', 'spike'].sort(),
    );
  });

  it('sees across a border what begins before it: a departure, a stopped meter, a gap', () => {
    const border = 4 * block;
    const series = calm('load-actual', 3);
    series.values.set([1500], border - 1);
    series.values.fill(1012.5, border + 20, border + 3 * block);
    series.values.fill(NaN, 2 * block - 3, 2 * block + 5);
    const { ranges, flags } = scan(series, null, 1);
    const kinds = ranges.map((range) => (JSON.parse(range) as Finding).kind);
    expect(kinds.filter((kind) => kind !== 'clockChange')).toEqual(['frozen', 'gap', 'spike']);
    expect(flags.filter((bits) => bits === flagBits.frozen)).toHaveLength(3 * block - 20);
    expect(flags.slice(2 * block - 3, 2 * block + 5)).toEqual(new Array(8).fill(flagBits.gap));
    expect(flags.slice(border - 2, border + 1)).toEqual([0, flagBits.spike, 0]);
  });
});

describe('LargestMagnitudes', () => {
  it('knows the upper quantiles of all values, whatever comes in which order', () => {
    const value = fc.oneof(fc.double({ noNaN: false }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 80 }), { maxLength: 8 }), fc.nat(50), (parts, spare) => {
        const all = Float64Array.from(parts.flat());
        const largest = new LargestMagnitudes(all.length + spare, 0.8);
        for (const part of parts) largest.add(Float64Array.from(part));
        for (const share of [0.8, 0.999, 0.9])
          expect(largest.below(share)).toBe(magnitudeAt(all, share, new Float64Array(all.length)));
      }),
    );
    expect(() => new LargestMagnitudes(10, 0.8).below(0.5)).toThrow(/start at 0.8/);
  });
});
