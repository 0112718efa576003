import { describe, expect, it } from 'vitest';
import { addDays } from '../base/zone.ts';
import { biasOf, type ErrorRows } from './bias.ts';

const rowsOf = (count: number, errorAt: (row: number, slot: number) => number): ErrorRows => {
  const slots = 24;
  const errors = Float64Array.from({ length: count * slots }, (_, at) => errorAt(Math.floor(at / slots), at % slots));
  const days = Array.from({ length: count }, (_, row) => addDays('2023-01-02', row));
  return { days, slots, errors, doubtful: new Uint8Array(errors.length), gateSlot: 12 };
};

describe('biasOf', () => {
  it('finds a standing bias of each time of day, a little shrunk', () => {
    const bias = biasOf(
      rowsOf(60, (_, slot) => 100 + slot),
      59,
    );
    bias.forEach((value, slot) => {
      expect(value).toBeGreaterThan(0.7 * (100 + slot));
      expect(value).toBeLessThan(100 + slot);
    });
  });
  it('follows recent days, and days of the same kind most', () => {
    const changed = biasOf(
      rowsOf(60, (row) => (row < 45 ? -100 : 100)),
      59,
    );
    expect(changed[0]).toBeGreaterThan(50);
    const weekends = rowsOf(61, (row) => (row % 7 >= 5 ? 100 : 0));
    expect(biasOf(weekends, 60)[3]).toBeLessThan(0.4 * biasOf(weekends, 54)[3]!);
  });
  it('uses the morning of the day before, and nothing later', () => {
    const before = rowsOf(40, () => 10);
    const after = rowsOf(40, (row, slot) => (row > 38 || (row === 38 && slot >= 12) ? 1e6 : 10));
    expect(biasOf(after, 39)).toEqual(biasOf(before, 39));
    const morning = rowsOf(40, (row, slot) => (row === 38 && slot === 11 ? 12 : 10));
    expect(biasOf(morning, 39)[11]).toBeGreaterThan(biasOf(before, 39)[11]!);
  });
  it('is bent by no single false value, and not at all by a flagged one', () => {
    const noise = (row: number, slot: number) => 50 * Math.sin(row * 7.3 + slot);
    const sound = biasOf(rowsOf(60, noise), 59);
    const faulty = rowsOf(60, (row, slot) => (row === 57 && slot === 5 ? 1e9 : noise(row, slot)));
    expect(Math.abs(biasOf(faulty, 59)[5]! - sound[5]!)).toBeLessThan(60);
    faulty.doubtful[57 * 24 + 5] = 1;
    expect(Math.abs(biasOf(faulty, 59)[5]!)).toBeLessThan(50);
  });
  it('is zero without history', () =>
    expect(
      biasOf(
        rowsOf(3, () => NaN),
        2,
      ),
    ).toEqual(new Float64Array(24)));
});
