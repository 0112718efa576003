import { expect, it } from 'vitest';
import type { Site } from '../site.ts';
import { unclaimedNote } from './unclaimed-stations.ts';

const site = { aggregators: [{ stations: ['North', 'South'] }, { stations: [] }] } as unknown as Site;

it('counts and names the stations that belong to no aggregator', () => {
  expect(unclaimedNote(site, new Set(['South', 'North']))).toEqual([]);
  expect(unclaimedNote(site, new Set(['North', 'East']))).toEqual([
    '1 station belongs to no aggregator ("East"); name it in the site definition',
  ]);
  expect(unclaimedNote(site, new Set(['d', 'c', 'b', 'a', 'North']))).toEqual([
    '4 stations belong to no aggregator ("a", "b", "c", …); name them in the site definition',
  ]);
});
