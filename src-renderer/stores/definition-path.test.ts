import { expect, test } from 'vitest';
import { itemOf, valueAt, withValue } from './definition-path.ts';

const root = { name: 'a', trucks: [{ id: 'x', powerKw: 5 }, { id: 'y' }], series: { 'load-actual': null } };

test('reads a place, and nothing where there is none', () => {
  expect(valueAt(root, 'trucks[0].powerKw')).toBe(5);
  expect(valueAt(root, 'series.load-actual')).toBeNull();
  expect(valueAt(root, 'trucks[7].powerKw.more')).toBeUndefined();
});

test('writes a place in a copy, and leaves a field out', () => {
  const changed = withValue(root, 'trucks[1].powerKw', 9);
  expect(changed.trucks).toEqual([
    { id: 'x', powerKw: 5 },
    { id: 'y', powerKw: 9 },
  ]);
  expect(root.trucks[1]).toEqual({ id: 'y' });
  expect(changed.series).toBe(root.series);
  expect(Object.keys(withValue(root, 'trucks[0].powerKw', undefined).trucks[0]!)).toEqual(['id']);
  expect(withValue(root, 'feeder.stationBus', '18')).toMatchObject({ feeder: { stationBus: '18' } });
});

test('tells the item a path leads through', () => {
  expect(itemOf('terminals[12].node')).toEqual({ list: 'terminals', index: 12 });
  expect(itemOf('travel.wagePerHour')).toBeNull();
});
