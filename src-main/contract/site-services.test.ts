import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSite } from './read-site.ts';
import type { SitePayload } from './site.ts';
import type { SiteServices } from './site-services.ts';

const text = readFileSync(new URL('../../db/demo/site.json', import.meta.url), 'utf8');

/** The demo's site with its services changed: what is found wrong, as "path message". */
function problems(change: (services: SiteServices, site: SitePayload) => void): string[] {
  const site = JSON.parse(text) as SitePayload;
  change(site.services!, site);
  const reading = readSite(JSON.stringify(site));
  return reading.kind === 'site' ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`);
}

describe('what is wrong with services is named with its place', () => {
  const cases: [why: string, change: (services: SiteServices, site: SitePayload) => void, found: string][] = [
    [
      'a unit that is not there',
      ({ regulation }) => regulation!.storage.push('attic'),
      'services.regulation.storage[1] names "attic", which the site does not have',
    ],
    [
      'a unit in two areas',
      ({ reserve }) => reserve!.areas[1]!.gas.push('gas-1'),
      'services.reserve.areas[1].gas[0] names "gas-1", which belongs to "east" already',
    ],
    [
      'more load than there is',
      ({ reserve }) => (reserve!.areas[1]!.loadShare = 0.5),
      'services.reserve.areas must share no more load than there is, not 1.100 of it',
    ],
    [
      'a window of part of a slot',
      ({ regulation }) => (regulation!.windowMinutes = 20),
      'services.regulation.windowMinutes must be whole slots of 15 minutes, not 20',
    ],
    [
      'a signal of more than everything',
      ({ regulation }) => (regulation!.netShare = 1.5),
      'services.regulation.netShare must be from 0 to 1, not 1.5',
    ],
    [
      'a time that is none',
      ({ peak }) => peak!.caps.push({ from: '25:00', to: '26:00', value: 1 }),
      'services.peak.caps[1].from must be a time such as 17:30',
    ],
    [
      'a number by the clock that is neither',
      ({ regulation }) => Object.assign(regulation!, { mostKw: 'much' }),
      'services.regulation.mostKw must be a number of 0 or more, or a list of periods with from, to and value',
    ],
    [
      'reactive power where no converter is',
      ({ voltage }) => (voltage![0]!.bus = '2'),
      'services.voltage[0].bus must be a bus with a converter of storage or cars in network.places, not "2"',
    ],
    [
      'less paid for than required',
      ({ reserve }) => Object.assign(reserve!.areas[0]!, { requiredKw: 200 }),
      'services.reserve.areas[0].mostKw must be at least requiredKw (200), not 120',
    ],
    [
      'chargers that may lose efficiency',
      (_, site) => (site.coefficients = { unitsAtOnce: 1, slotsAtOnce: 1, losses: [{ kind: 'aggregator', id: 'works', share: 0.1 }] }), // prettier-ignore
      'services.reserve.areas[1].aggregators[1] names "works", whose chargers may lose efficiency: services are not stated for those',
    ],
  ];
  it.each(cases)('%s', (_, change, found) => expect(problems(change)).toContain(found));
});
