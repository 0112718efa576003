import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagBits } from '../telemetry/types.ts';
import {
  dayMs,
  dayOf,
  decodeChunk,
  emptyChunk,
  encodeChunk,
  firstIndexFrom,
  isFlagged,
  operatorBad,
  operatorGood,
  slotOf,
  slotsPerDay,
  withoutVerdict,
} from './day-chunk.ts';

const grid = fc
  .tuple(fc.constantFrom(5, 15, 30, 60, 1440), fc.double({ min: 0, max: 0.999, noNaN: true }))
  .map(([minutes, share]) => ({ stepMs: minutes * 60_000, phaseMs: Math.floor(share * minutes * 60_000) }));

describe('a day chunk', () => {
  it('places every grid instant, before and after 1970, in one slot of one day', () => {
    fc.assert(
      fc.property(grid, fc.integer({ min: -100_000, max: 2_000_000 }), (of, index) => {
        const utcMs = of.phaseMs + index * of.stepMs;
        const day = dayOf(of, utcMs);
        const slot = slotOf(of, utcMs, day);
        expect(Number.isInteger(slot) && slot >= 0 && slot < slotsPerDay(of)).toBe(true);
        expect(of.phaseMs + day * dayMs + slot * of.stepMs).toBe(utcMs);
        const around = [utcMs - 1, utcMs, utcMs + 1].map((instant) => firstIndexFrom(of, instant) - index);
        expect(around.map(Math.abs)).toEqual([0, 0, 1]);
      }),
    );
  });

  it('returns from its bytes, and counts what it holds', () => {
    const value = fc.oneof(fc.double(), fc.constant(NaN));
    const bits = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1023 }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 96, maxLength: 96 }),
        fc.array(bits, { minLength: 96, maxLength: 96 }),
        (values, flags) => {
          const chunk = { day: 5, numbers: Float64Array.from(values), flags: Uint16Array.from(flags) };
          const columns = encodeChunk(chunk);
          expect(decodeChunk(columns)).toEqual(chunk);
          expect(columns.numberCount).toBe(values.filter((number) => !Number.isNaN(number)).length);
          expect(columns.flaggedCount).toBe(flags.filter(isFlagged).length);
        },
      ),
    );
  });

  it('spends no bytes on flags where there are none', () => {
    const columns = encodeChunk(emptyChunk({ phaseMs: 0, stepMs: 900_000 }, 1));
    expect([columns.flags, columns.numbers.length, columns.numberCount]).toEqual([null, 768, 0]);
  });

  it('knows the verdict bits of the telemetry room', () => {
    expect([operatorBad, operatorGood]).toEqual([flagBits.operatorBad, flagBits.operatorGood]);
    expect(withoutVerdict(8 | operatorBad | operatorGood)).toBe(8);
    expect([0, 8, operatorBad, 8 | operatorGood].map(isFlagged)).toEqual([false, true, true, false]);
  });
});
