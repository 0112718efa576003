import { expect, test } from 'vitest';
import { parseLocalInstant, writeLocalInstant } from './local-instant.ts';

const zone = 'Europe/Berlin';

test('a plain local time is one instant', () => {
  expect(parseLocalInstant('2023-06-15 14:15', zone)).toEqual({
    kind: 'instant',
    utcMs: Date.UTC(2023, 5, 15, 12, 15),
  });
});

test('a time in the spring gap is refused, one in the doubled hour asks for its offset', () => {
  expect(parseLocalInstant('2023-03-26 02:30', zone)).toMatchObject({ kind: 'problem' });
  expect(parseLocalInstant('2023-10-29 02:30', zone)).toMatchObject({
    kind: 'problem',
    problem: 'This time comes twice; add its offset, +02:00 or +01:00.',
  });
  expect(parseLocalInstant('2023-10-29 02:30+01:00', zone)).toEqual({
    kind: 'instant',
    utcMs: Date.UTC(2023, 9, 29, 1, 30),
  });
});

test('an offset the zone does not have then is refused', () => {
  expect(parseLocalInstant('2023-06-15 14:15+01:00', zone)).toMatchObject({ kind: 'problem' });
});

test('what is written is read back as the same instant, also in the doubled hour', () => {
  for (const utcMs of [Date.UTC(2023, 9, 29, 0, 30), Date.UTC(2023, 9, 29, 1, 30), Date.UTC(2023, 0, 1, 12)])
    expect(parseLocalInstant(writeLocalInstant(utcMs, zone), zone)).toEqual({ kind: 'instant', utcMs });
});

test.each(['', '15.06.2023 14:15', '2023-06-15', '2023-99-99 10:00'])('"%s" is not understood', (text) => {
  expect(parseLocalInstant(text, zone).kind).toBe('problem');
});
