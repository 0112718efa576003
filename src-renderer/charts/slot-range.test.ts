import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFixture } from '../stores/fixtures/plan-fixture.ts';
import { rangeAfterKey, slotOfTime, type SlotSpan } from './slot-range.ts';

const axis = planFixture().horizon;
const shift = (key: string) => ({ key, shiftKey: true });

describe('a range of slots by keyboard', () => {
  it('grows from the cursor, shrinks again and turns round at its fixed end', () => {
    expect(rangeAfterKey(shift('ArrowRight'), 10, null, axis)).toEqual({
      range: { fromSlot: 10, toSlot: 11 },
      slot: 11,
    });
    const wide = { fromSlot: 10, toSlot: 14 };
    expect(rangeAfterKey(shift('ArrowLeft'), 14, wide, axis)?.range).toEqual({ fromSlot: 10, toSlot: 13 });
    expect(rangeAfterKey(shift('PageUp'), 14, { fromSlot: 12, toSlot: 14 }, axis)?.range).toEqual({
      fromSlot: 10,
      toSlot: 12,
    });
    expect(rangeAfterKey(shift('ArrowLeft'), 10, wide, axis)?.range).toEqual({ fromSlot: 9, toSlot: 14 });
    expect(rangeAfterKey(shift('Home'), 14, wide, axis)?.range).toEqual({ fromSlot: 0, toSlot: 10 });
    expect(rangeAfterKey(shift('End'), 14, wide, axis)?.range).toEqual({ fromSlot: 10, toSlot: 95 });
  });

  it('begins anew where the cursor stands when that is no end of the old range', () => {
    expect(rangeAfterKey(shift('ArrowRight'), 40, { fromSlot: 10, toSlot: 14 }, axis)?.range).toEqual({
      fromSlot: 40,
      toSlot: 41,
    });
  });

  it('leaves keys without Shift, and letters, alone', () => {
    expect(rangeAfterKey({ key: 'ArrowRight', shiftKey: false }, 10, null, axis)).toBeNull();
    expect(rangeAfterKey(shift('A'), 10, null, axis)).toBeNull();
  });

  it('always holds the cursor and stays within the day', () => {
    const keys = fc.array(fc.constantFrom('ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 95 }), keys, (start, presses) => {
        let slot = start;
        let range: SlotSpan | null = null;
        for (const key of presses) {
          const next: { range: SlotSpan; slot: number } = rangeAfterKey(shift(key), slot, range, axis)!;
          ({ slot, range } = next);
          const ends = [next.range.fromSlot, next.range.toSlot];
          expect(ends).toContain(slot);
          expect(ends).toContain(start);
          expect(Math.min(...ends)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...ends)).toBeLessThanOrEqual(95);
        }
      }),
    );
  });
});

describe('a time that was typed', () => {
  it('is read with and without its colon, and refused when no slot begins there', () => {
    for (const text of ['14:15', ' 1415']) expect(slotOfTime(axis, text)).toBe(57);
    expect(slotOfTime(axis, '7')).toBe(28);
    for (const text of ['14:20', '24:00', 'noon', '']) expect(slotOfTime(axis, text)).toBeNull();
  });

  it('names both hours of the doubled one and none of the missing one', () => {
    const long = planFixture({}, '2023-10-29').horizon;
    const second = long.labels.findLastIndex((label) => label.startsWith('02:15'));
    expect(slotOfTime(long, '02:15')).toBe(9);
    expect(slotOfTime(long, long.labels[second]!)).toBe(second);
    expect(slotOfTime(planFixture({}, '2023-03-26').horizon, '02:15')).toBeNull();
  });
});
