import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { readSite, siteText } from './read-site.ts';
import type { SitePayload } from './site.ts';

const textOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const exampleText = textOf('docs/operator/site-example.json');

/** The example with one thing changed: what is found wrong, as "path message". */
function problems(change: (site: SitePayload) => void): string[] {
  const site = JSON.parse(exampleText) as SitePayload;
  change(site);
  const reading = readSite(JSON.stringify(site));
  return reading.kind === 'site' ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`);
}
const placed = { feederId: null, model: 'lindistflow', voltageMinPu: 0.95, voltageMaxPu: 1.05, places: [] };
const set = (target: object, field: string, value: unknown) => void Object.assign(target, { [field]: value });

test.each(['docs/operator/site-example.json', 'db/demo/site.json'])('%s is a site', (file) => {
  expect(readSite(textOf(file))).toEqual({ kind: 'site', site: JSON.parse(textOf(file)) as unknown });
});

test('a site survives being written and read', () => {
  const reading = readSite(exampleText);
  if (reading.kind !== 'site') throw new Error('the example is refused');
  expect(readSite(siteText(reading.site))).toEqual(reading);
});

test('its fields are written in the order they are described in, however they come', () => {
  const { name, ...rest } = JSON.parse(exampleText) as SitePayload;
  expect(JSON.parse(siteText({ ...rest, name }))).toEqual({ ...rest, name });
  expect(siteText({ ...rest, name })).toMatch(/^\{\n {2}"name": "Harbour quarter",\n {2}"zone"/);
});

describe('what is wrong is named with its place', () => {
  it('for text that is no JSON', () => {
    const reading = readSite('{"name": "x",}');
    expect(reading).toMatchObject({
      kind: 'problems',
      problems: [{ path: 'definition', message: /is not JSON: .*position 13/ }],
    });
  });

  const cases: [why: string, change: (site: SitePayload) => void, found: string][] = [
    [
      'a loss of a device that is not there',
      (site) => set(site, 'coefficients', { unitsAtOnce: 1, slotsAtOnce: 4, losses: [{ kind: 'gas', id: 'none', share: 0.1 }] }), // prettier-ignore
      'coefficients.losses[0].id names gas "none", which the site does not have',
    ],
    [
      'a loss of more than there is',
      (site) => set(site, 'coefficients', { unitsAtOnce: 1, slotsAtOnce: 4, losses: [{ kind: 'gas', id: site.gas[0]!.id, share: 2 }] }), // prettier-ignore
      'coefficients.losses[0].share must be from 0 to 0.99, not 2',
    ],
    [
      'loads on a feeder that are not one whole',
      (site) => set(site, 'network', { ...placed, loads: [{ bus: '2', share: 0.5 }, { bus: '3', share: 0.4 }] }), // prettier-ignore
      'network.loads must hold shares that sum to 1, not 0.9',
    ],
    [
      'a capacitor of less than nothing',
      (site) => set(site, 'network', { ...placed, changes: { capacitors: [{ bus: '2', kvar: -5 }] } }),
      'network.changes.capacitors[0].kvar must be 0 or more, not -5',
    ],
    ['missing', (site) => set(site, 'lossShare', undefined), 'lossShare is missing'],
    ['of another kind', (site) => set(site.gas[0]!, 'maxKw', '900'), 'gas[0].maxKw must be a number'],
    ['misspelt', (site) => set(site.grid!, 'importKw', 3), 'grid has no field "importKw"'],
    [
      'no zone',
      (site) => (site.zone = 'Europe/Atlantis'),
      'zone must be a time zone such as Europe/Berlin, not "Europe/Atlantis"',
    ],
    ['an odd slot', (site) => set(site, 'slotMinutes', 20), 'slotMinutes must be 15, 30 or 60'],
    ['an odd currency', (site) => set(site, 'currency', 'SEK'), 'currency must be EUR or USD or GBP or CHF'],
    ['a share above 1', (site) => (site.reserve.shareOfLoad = 8), 'reserve.shareOfLoad must be from 0 to 1, not 8'],
    ['a load of nothing', (site) => (site.loadShare = 0), 'loadShare must be above 0 and at most 1, not 0'],
    [
      'a percentage',
      (site) => (site.storage[0]!.chargeEfficiency = 96),
      'storage[0].chargeEfficiency must be from 0.01 to 1, not 96',
    ],
    ['a negative price', (site) => (site.unmetPerKwh = -1), 'unmetPerKwh must be 0 or more, not -1'],
    ['min above max', (site) => (site.gas[0]!.minKw = 901), 'gas[0].maxKw must be at least minKw (901), not 900'],
    [
      'no segment',
      (site) => (site.gas[0]!.costSegments = 0),
      'gas[0].costSegments must be a whole number from 1 to 200, not 0',
    ],
    [
      'output while off',
      (site) => (site.gas[0]!.initial = { state: 'off', hours: 1, outputKw: 5 }),
      'gas[0].initial.outputKw must be 0 or null while off, not 5',
    ],
    [
      'output below the least',
      (site) => (site.gas[0]!.initial = { state: 'on', hours: 1, outputKw: 5 }),
      'gas[0].initial.outputKw must be from minKw (100) to maxKw (900), or null, not 5',
    ],
    [
      'no such state',
      (site) => set(site.gas[0]!, 'initial', { state: 'idle' }),
      'gas[0].initial.state must be free, on or off',
    ],
    [
      'full beyond its size',
      (site) => (site.storage[0]!.initialKwh = 500),
      'storage[0].initialKwh must be from minKwh (40) to maxKwh (400), not 500',
    ],
    [
      'an end below the least',
      (site) => (site.storage[0]!.finalMinKwh = 10),
      'storage[0].finalMinKwh must be from minKwh (40) to maxKwh (400), not 10',
    ],
    [
      'a departure above the most',
      (site) => (site.aggregators[0]!.maxShare = 0.7),
      'aggregators[0].departureShare must be from minShare (0.2) to maxShare (0.7), not 0.8',
    ],
    ['an id twice', (site) => (site.aggregators[1]!.id = 'depot'), 'aggregators[1].id "depot" occurs twice'],
    [
      'an id that is taken',
      (site) => (site.aggregators[1]!.id = 'load'),
      'aggregators[1].id must not be "load", which the site itself goes by',
    ],
    [
      'an id with a blank',
      (site) => (site.wind[0]!.id = 'pier park'),
      'wind[0].id must be up to 60 letters, digits, "-", "_" or ".", with a letter or digit first',
    ],
    [
      'a station counted twice',
      (site) => (site.aggregators[1]!.stations = ['Depot row A']),
      'aggregators[1].stations[0] names station "Depot row A", which is counted elsewhere already',
    ],
    ['no aggregator', (site) => (site.aggregators = []), 'aggregators must hold at least one aggregator'],
    ['series 0', (site) => (site.series.price = 0), 'series.price must be a whole number from 1, or null, not 0'],
    [
      'no supply',
      (site) => Object.assign(site, { wind: [], gas: [], grid: null }),
      'gas must hold a unit: without wind or a grid that imports, nothing else supplies the load',
    ],
  ];
  it.each(cases)('%s', (_, change, found) => {
    expect(problems(change)).toEqual([found]);
  });

  it('all of it at once', () => {
    const found = problems((site) => {
      site.gas[0]!.minKw = -1;
      site.storage[0]!.initialKwh = 900;
      site.aggregators[1]!.id = 'depot';
    });
    expect(found).toHaveLength(3);
  });
});
