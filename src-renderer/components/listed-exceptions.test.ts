import { expect, test } from 'vitest';
import { listedExceptions, type ListedException } from './listed-exceptions.ts';

const exception = (code: string, level: 1 | 2 | 3, count = 1): ListedException => ({
  level,
  code,
  cause: code,
  fromSlot: 3,
  toSlot: 4,
  consequence: 'energy short',
  action: { label: 'Show', screen: 'schedule' },
  count,
});

test('200 findings of one cause are seven rows and 193 more', () => {
  const listing = listedExceptions(Array.from({ length: 200 }, () => exception('limit', 1)));
  expect(listing.rows).toHaveLength(7);
  expect(listing.rows.map((row) => row.more)).toEqual([0, 0, 0, 0, 0, 0, 193]);
  expect(listing.otherCauses).toBe(0);
});

test('a loud cause does not hide a quiet one, and the severe come first', () => {
  const listing = listedExceptions([...Array.from({ length: 50 }, () => exception('note', 3)), exception('must', 1)]);
  expect(listing.rows[0]!.item.code).toBe('must');
  expect(listing.rows).toHaveLength(7);
  expect(listing.rows.at(-1)!.more).toBe(44);
});

test('no finding is lost: rows, more and other causes add up', () => {
  const all = Array.from({ length: 12 }, (_, index) => exception(`cause ${index}`, 2, index + 1));
  const listing = listedExceptions(all);
  const counted = listing.rows.reduce((sum, row) => sum + row.item.count + row.more, 0) + listing.otherCauses;
  expect(listing.rows).toHaveLength(7);
  expect(counted).toBe(78);
});

test('nothing to list', () => {
  expect(listedExceptions([])).toEqual({ rows: [], otherCauses: 0 });
});
