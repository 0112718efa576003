import { describe, expect, it } from 'vitest';
import { dayHorizon, slotLabel, slotStart } from './horizon.ts';

describe('dayHorizon', () => {
  it('has 92, 96 and 100 quarter hours', () => {
    expect(dayHorizon('2022-03-27', 'Europe/Berlin', 15).slots).toBe(92);
    expect(dayHorizon('2022-06-15', 'Europe/Berlin', 15).slots).toBe(96);
    expect(dayHorizon('2022-10-30', 'Europe/Berlin', 15).slots).toBe(100);
    expect(dayHorizon('2022-10-30', 'Europe/Berlin', 60).slots).toBe(25);
  });
  it('labels slots by the wall clock and tells the doubled hour apart', () => {
    const autumn = dayHorizon('2022-10-30', 'Europe/Berlin', 15);
    expect(slotLabel(autumn, 0)).toBe('00:00');
    expect(slotLabel(autumn, 8)).toBe('02:00+02');
    expect(slotLabel(autumn, 12)).toBe('02:00+01');
    expect(slotLabel(autumn, 16)).toBe('03:00');
    const spring = dayHorizon('2022-03-27', 'Europe/Berlin', 60);
    expect([1, 2].map((slot) => slotLabel(spring, slot))).toEqual(['01:00', '03:00']);
    expect(slotStart(spring, 2) - slotStart(spring, 1)).toBe(3_600_000);
  });
});
