import { expect, test } from 'vitest';
import { formatAge, formatAgo, formatDuration } from './duration.ts';

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each([
  [-5, '0 s'],
  [40.4 * seconds, '40 s'],
  [185 * seconds, '3 min 05 s'],
  [130 * minutes, '2 h 10 min'],
  [96 * hours, '4 days'],
])('a span of %d ms', (milliseconds, text) => {
  expect(plain(formatDuration(milliseconds))).toBe(text);
});

test.each([
  [20 * seconds, 'just now', 'just now'],
  [12 * minutes, '12 min old', '12 min ago'],
  [5.9 * hours, '5 h old', '5 h ago'],
  [72 * hours, '3 days old', '3 days ago'],
])('an age of %d ms', (milliseconds, old, ago) => {
  expect(plain(formatAge(milliseconds))).toBe(old);
  expect(plain(formatAgo(milliseconds))).toBe(ago);
});
