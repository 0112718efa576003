import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, zoneOf } from './zone.ts';

const berlin = zoneOf('Europe/Berlin');
const utc = (text: string) => Date.parse(text);

describe('zoneOf', () => {
  it('knows the missing and the doubled hour of Berlin', () => {
    expect(berlin.resolveLocal(utc('2022-03-27T02:30Z')).kind).toBe('gap');
    expect(berlin.resolveLocal(utc('2022-10-30T02:30Z'))).toEqual({
      kind: 'twice',
      first: utc('2022-10-30T00:30Z'),
      second: utc('2022-10-30T01:30Z'),
    });
    expect(berlin.resolveLocal(utc('2022-07-01T12:00Z'))).toEqual({ kind: 'once', utcMs: utc('2022-07-01T10:00Z') });
  });
  it('has days of 23, 24 and 25 hours', () => {
    const hours = (day: string) => (berlin.startOfDay(addDays(day, 1)) - berlin.startOfDay(day)) / 3_600_000;
    expect(hours('2022-03-27')).toBe(23);
    expect(hours('2022-10-30')).toBe(25);
    expect(hours('2022-06-15')).toBe(24);
  });
  it('formats with the offset and refuses a false zone or day', () => {
    expect(berlin.format(utc('2023-06-15T12:15Z'))).toBe('2023-06-15T14:15:00+02:00');
    expect(zoneOf('America/Denver').format(utc('2018-01-02T17:49Z'))).toBe('2018-01-02T10:49:00-07:00');
    expect(() => zoneOf('Europe/Atlantis')).toThrow(/not a time zone/);
    expect(() => berlin.startOfDay('15.06.2023')).toThrow(/calendar date/);
    expect(() => berlin.startOfDay('2023-02-30')).toThrow(/calendar date/);
  });
  it('returns to the same instant through the wall clock', () => {
    const zones = ['Europe/Berlin', 'America/Los_Angeles', 'Asia/Tokyo', 'UTC', 'Africa/Casablanca'].map(zoneOf);
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 2_000_000 }), (zone, steps) => {
        const instant = steps * 900_000;
        const back = zone.resolveLocal(zone.toLocal(instant));
        if (back.kind === 'once') expect(back.utcMs).toBe(instant);
        else if (back.kind === 'twice') expect([back.first, back.second]).toContain(instant);
        else expect.unreachable();
      }),
    );
  });
});
