import { describe, expect, it } from 'vitest';
import { clockChange, endLabel, hourTicks, rangeSpan, slotSpan, type SlotAxis } from './slot-axis.ts';
import { slotAfterKey } from './slot-keys.ts';

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const day = (skipHour?: number, doubleHour?: number): SlotAxis => {
  const labels: string[] = [];
  for (let hour = 0; hour < 24; hour++) {
    if (hour === skipHour) continue;
    const twice = hour === doubleHour;
    for (const offset of twice ? ['+02', '+01'] : [''])
      for (let q = 0; q < 4; q++) labels.push(clock(hour * 60 + q * 15) + offset);
  }
  return { labels, slotMinutes: 15 };
};

describe('the time axis', () => {
  it('puts full hours where they fall and ends the day', () => {
    expect(hourTicks(day(), 1000).map((tick) => tick.label)).toEqual([
      '00:00',
      '02:00',
      '04:00',
      '06:00',
      '08:00',
      '10:00',
      '12:00',
      '14:00',
      '16:00',
      '18:00',
      '20:00',
      '22:00',
      '24:00',
    ]);
    expect(hourTicks(day(), 1000)[1]).toEqual({ edge: 8, label: '02:00' });
    expect(endLabel(day())).toBe('24:00');
  });
  it('keeps labels apart at every width, on days of 92, 96 and 100 slots', () => {
    for (const axis of [day(2), day(), day(undefined, 2)])
      for (let pixels = 120; pixels < 1600; pixels += 40) {
        const ticks = hourTicks(axis, pixels);
        expect(ticks.at(-1)?.edge).toBe(axis.labels.length);
        ticks.slice(1).forEach((tick, i) => {
          expect(((tick.edge - ticks[i]!.edge) * pixels) / axis.labels.length).toBeGreaterThanOrEqual(59.9);
        });
      }
  });
  it('shows change days as they are', () => {
    const spring = day(2);
    const autumn = day(undefined, 2);
    expect([spring.labels.length, autumn.labels.length]).toEqual([92, 100]);
    expect(clockChange(spring)).toContain('23-hour');
    expect(clockChange(autumn)).toContain('25-hour');
    expect(clockChange(day())).toBe('');
    expect(slotSpan(spring, 7)).toBe('01:45–03:00');
    expect(slotSpan(autumn, 11)).toBe('02:45+02–02:00+01');
    expect(rangeSpan(day(), 92, 95)).toBe('23:00–24:00');
  });
  it('reads by slot, hour and day with the keys', () => {
    const axis = day();
    expect(slotAfterKey('ArrowRight', 95, axis)).toBe(95);
    expect(slotAfterKey('ArrowLeft', 5, axis)).toBe(4);
    expect(slotAfterKey('PageDown', 5, axis)).toBe(9);
    expect(slotAfterKey('PageUp', 2, axis)).toBe(0);
    expect(slotAfterKey('Home', 50, axis)).toBe(0);
    expect(slotAfterKey('End', 50, axis)).toBe(95);
    expect(slotAfterKey('x', 50, axis)).toBeNull();
  });
});
