import { expect, test } from 'vitest';
import { formatNumber, formatQuantity } from './format-number.ts';

test.each([
  [1860.55, 3, '1,860'],
  [1860.55, 4, '1,861'],
  [848.3, 3, '848'],
  [848.3, 4, '848.3'],
  [0, 3, '0'],
  [999.96, 3, '1,000'],
  [9.996, 3, '10.0'],
  [-12.345, 3, '\u221212.3'],
  [0.04712, 3, '0.0471'],
  [1234567.8, 4, '1,235,000'],
  [0.00000012, 3, '<0.0001'],
] as const)('%d with %d significant digits is %s', (value, digits, text) => {
  expect(formatNumber(value, digits)).toBe(text);
});

test('a count is never rounded to significant digits', () => {
  expect(formatNumber(35040, 'count')).toBe('35,040');
});

test('money beside money is told to the cent', () => {
  expect(formatNumber(1783.8559, 'cents')).toBe('1,783.86');
  expect(formatNumber(-0.001, 'cents')).toBe('0.00');
});

test('a value that was set is written as short as it is', () => {
  expect(formatNumber(4, 'set')).toBe('4');
  expect(formatNumber(2.5, 'set')).toBe('2.5');
  expect(formatNumber(0.1 + 0.2, 'set')).toBe('0.3');
  expect(formatNumber(1234.5, 'set')).toBe('1,234.5');
});

test('signs: a true minus, a plus only when asked, none on zero', () => {
  expect(formatNumber(5.25, 3, 'signed')).toBe('+5.25');
  expect(formatNumber(-5.25, 3, 'signed')).toBe('\u22125.25');
  expect(formatNumber(0, 3, 'signed')).toBe('0');
  expect(formatNumber(-0.2, 'count')).toBe('0');
});

test('no value is an en dash and keeps its unit', () => {
  expect(formatQuantity(null, 'kW')).toBe('\u2013\u00a0kW');
  expect(formatQuantity(Number.NaN, 'kW')).toBe('\u2013\u00a0kW');
  expect(formatQuantity(Infinity, 'kW')).toBe('\u221e\u00a0kW');
});

test('one thing counted has a singular unit, a measured one keeps its own', () => {
  expect(formatQuantity(1, 'values', 'count')).toBe('1\u00a0value');
  expect(formatQuantity(2, 'values', 'count')).toBe('2\u00a0values');
  expect(formatQuantity(1, 's', 'count')).toBe('1\u00a0s');
  expect(formatQuantity(1, 'days', 3)).toBe('1.00\u00a0days');
});
