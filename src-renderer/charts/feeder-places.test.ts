import { describe, expect, it } from 'vitest';
import { feederPlaces, readableNames } from './feeder-places.ts';

describe('feederPlaces', () => {
  it('brings places into a square, north up, and keeps their aspect', () => {
    expect(feederPlaces([100, 300, 200], [50, 50, 150])).toEqual({
      across: [0, 1, 0.5],
      down: [1, 1, 0],
      aspect: 0.5,
    });
  });

  it('is nothing where a bus has no place, or all stand together', () => {
    expect(feederPlaces([0, 1, NaN], [0, 1, 2])).toBeNull();
    expect(feederPlaces([4, 4], [7, 7])).toBeNull();
    expect(feederPlaces([], [])).toBeNull();
  });

  it('draws buses of one line on one level', () => {
    expect(feederPlaces([0, 2], [5, 5])).toEqual({ across: [0, 1], down: [0.5, 0.5], aspect: 0 });
  });
});

describe('readableNames', () => {
  it('writes the names asked for first, and none over another or over a mark', () => {
    const spots = [
      { x: 100, y: 100, name: '610' },
      { x: 110, y: 100, name: '611' },
      { x: 300, y: 100, name: '97' },
      { x: 301, y: 88, name: '98' },
    ];
    expect([...readableNames(spots, [1, 0, 2, 3], 3)]).toEqual([1, 3]);
    expect([...readableNames(spots, [0, 1], 3)]).toEqual([0]);
  });
});
