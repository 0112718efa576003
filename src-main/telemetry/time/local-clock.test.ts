import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../base/zone.ts';
import { clockChanges } from './clock-changes.ts';
import { createLocalClock } from './local-clock.ts';
import { createSlotMemory } from './slot-memory.ts';

const berlin = zoneOf('Europe/Berlin');
const local = (text: string) => Date.parse(`2022-10-30T${text}Z`);
const resolveAll = (stepMinutes: number, texts: string[]): string[] => {
  const clock = createLocalClock(berlin, stepMinutes * 60_000);
  return texts.map((text) => new Date(clock.resolve(local(text))).toISOString().slice(11, 16));
};

describe('createLocalClock', () => {
  it('takes the first pass for summer time and the second for winter time', () => {
    expect(
      resolveAll(15, ['01:45', '02:00', '02:15', '02:30', '02:45', '02:00', '02:15', '02:30', '02:45', '03:00']),
    ).toEqual(['23:45', '00:00', '00:15', '00:30', '00:45', '01:00', '01:15', '01:30', '01:45', '02:00']);
    expect(resolveAll(60, ['01:00', '02:00', '02:00', '03:00'])).toEqual(['23:00', '00:00', '01:00', '02:00']);
  });
  it('does so in a file that runs backwards', () => {
    expect(resolveAll(30, ['03:30', '03:00', '02:30', '02:00', '02:30', '02:00', '01:30'])).toEqual([
      '02:30',
      '02:00',
      '01:30',
      '01:00',
      '00:30',
      '00:00',
      '23:30',
    ]);
  });
  it('keeps a row written twice within that hour a duplicate', () => {
    expect(resolveAll(15, ['01:45', '02:00', '02:00', '02:15'])).toEqual(['23:45', '00:00', '00:00', '00:15']);
  });
  it('has no instant for what spring leaves out', () => {
    const clock = createLocalClock(berlin, 900_000);
    expect(clock.resolve(Date.parse('2022-03-27T02:30Z'))).toBeNaN();
  });
});

describe('clockChanges', () => {
  it('finds both changes of a year to the minute, with the hours of the day', () => {
    const changes = clockChanges('Europe/Berlin', Date.UTC(2022, 0, 1), Date.UTC(2023, 0, 1));
    expect(changes).toEqual([
      { atUtcMs: Date.parse('2022-03-27T01:00Z'), day: '2022-03-27', hours: 23 },
      { atUtcMs: Date.parse('2022-10-30T01:00Z'), day: '2022-10-30', hours: 25 },
    ]);
    expect(clockChanges('UTC', Date.UTC(2022, 0, 1), Date.UTC(2023, 0, 1))).toEqual([]);
  });
});

describe('createSlotMemory', () => {
  it('knows every slot for ever and the values of the last 131,072', () => {
    const memory = createSlotMemory();
    let fresh = 0;
    for (let slot = -5; slot < 200_000; slot++) if (memory.add(slot, slot / 2) === 'new') fresh++;
    expect(fresh).toBe(200_005);
    expect(memory.add(-5, 0)).toBe('seen');
    expect(memory.add(199_999, 0)).toBe('seen');
    expect(memory.recall(-5)).toBeUndefined();
    expect(memory.recall(199_000)).toEqual({ value: 99_500, flags: 0 });
    memory.replace(199_000, 7, 2);
    expect(memory.recall(199_000)).toEqual({ value: 7, flags: 2 });
    expect(memory.distinct).toBe(200_005);
  });
});
