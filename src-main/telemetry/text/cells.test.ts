import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalEvidence, hasThousandsMark, isMissing, parseNumber } from './cells.ts';

describe('parseNumber', () => {
  it('reads both decimal marks and grouped thousands', () => {
    expect(parseNumber('10.652,25', ',')).toBe(10652.25);
    expect(parseNumber('1,022.27', '.')).toBe(1022.27);
    expect(parseNumber('1 234 567,5', ',')).toBe(1234567.5);
    expect(parseNumber('0,136666667', ',')).toBe(0.136666667);
    expect(parseNumber(' -500.00\r', '.')).toBe(-500);
    expect(parseNumber('\u22125', '.')).toBe(-5);
    expect(parseNumber('1e3', '.')).toBe(1000);
  });
  it('takes no number where grouping is not in threes, so that a wrong mark shows', () => {
    expect(parseNumber('10.25', ',')).toBeNull();
    expect(parseNumber('10.652,25', '.')).toBeNull();
    expect(parseNumber('0x10', '.')).toBeNull();
    expect(parseNumber('12 kWh', '.')).toBeNull();
    expect(parseNumber('Infinity', '.')).toBeNull();
  });
  it('knows the signs for a missing value', () => {
    for (const token of ['', ' ', '-', 'NA', 'n/e', 'NaN', 'N/A', '–']) {
      expect(parseNumber(token, '.'), token).toBeNaN();
      expect(isMissing(token), token).toBe(true);
    }
    expect(isMissing('0')).toBe(false);
  });
  it('reads back any number as either country writes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 3 }), (whole, digits) => {
        const value = whole / 10 ** digits;
        for (const [locale, mark] of [
          ['en-US', '.'],
          ['de-DE', ','],
        ] as const) {
          const text = value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
          expect(parseNumber(text, mark)).toBeCloseTo(value, digits);
        }
      }),
    );
  });
});

describe('decimalEvidence', () => {
  it('is sure only where one reading is left', () => {
    expect(['10.964,25', '0,3', '1,5', '0,123'].map(decimalEvidence)).toEqual(['comma', 'comma', 'comma', 'comma']);
    expect(['1,022.27', '-5.17', '1,000,000', '0.123'].map(decimalEvidence)).toEqual([
      'point',
      'point',
      'point',
      'point',
    ]);
    expect(['10.833', '10,833'].map(decimalEvidence)).toEqual(['either', 'either']);
    expect(['7', 'abc', '-'].map(decimalEvidence)).toEqual(['none', 'none', 'none']);
    expect(hasThousandsMark('1,022.27', '.')).toBe(true);
    expect(hasThousandsMark('1022.27', '.')).toBe(false);
  });
});
