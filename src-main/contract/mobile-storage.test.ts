import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import type { MobileStoragePayload } from './mobile-storage.ts';
import { mobileStorageText, readMobileStorage } from './read-mobile-storage.ts';
import { smsOptions } from './sms.ts';

const text = readFileSync(new URL('../../db/demo/mobile-storage.json', import.meta.url), 'utf8');

/** The demo's with one thing changed: what is found wrong, as "path message". */
function problems(change: (storage: MobileStoragePayload) => void): string[] {
  const storage = JSON.parse(text) as MobileStoragePayload;
  change(storage);
  const reading = readMobileStorage(JSON.stringify(storage));
  return reading.kind === 'problems' ? reading.problems.map(({ path, message }) => `${path} ${message}`) : [];
}

function withMenus(storage: MobileStoragePayload, menu: number[]): void {
  for (const grid of storage.grids) {
    delete grid.rentCapPerKwh;
    grid.rentMenuPerKwh = menu;
  }
}

test('menus for all grids are as good as caps', () => {
  expect(problems((storage) => withMenus(storage, [0.04, 0.1]))).toEqual([]);
});

test('the demo is a definition, and survives being written and read', () => {
  const reading = readMobileStorage(text);
  if (reading.kind === 'problems') throw new Error(JSON.stringify(reading.problems));
  expect(JSON.parse(mobileStorageText(reading.mobileStorage))).toEqual(JSON.parse(text));
});

const cases: [what: string, change: (storage: MobileStoragePayload) => void, found: string][] = [
  ['a risk of nothing', (storage) => (storage.epsilon = 0), 'epsilon must be above 0 and below 1, not 0'],
  ['a risk of all', (storage) => (storage.epsilon = 1), 'epsilon must be above 0 and below 1, not 1'],
  [
    'a rent below zero',
    (storage) => withMenus(storage, [0.02, -0.01]),
    'grids[0].rentMenuPerKwh[1] must be 0 or more, not -0.01',
  ],
  [
    'a bus where there is no feeder',
    (storage) => (storage.terminals[1]!.bus = '18'),
    'terminals[1].bus is given, but the grid there has no feeder',
  ],
  [
    'a feeder beside a ramp',
    (storage) => {
      withMenus(storage, [0.04]);
      storage.grids[0]!.generatorRampKwPerHour = 500;
      storage.grids[0]!.feeder = { feederId: null, stationBus: '18', windBus: '33' };
    },
    'grids[0].feeder needs generatorRampKwPerHour to be null',
  ],
  [
    'a voltage in volts',
    (storage) => (storage.grids[0]!.feeder = { feederId: null, stationBus: '1', windBus: '1', voltageMinPu: 400 }),
    'grids[0].feeder.voltageMinPu must be per unit, from 0.5 to 1.5, not 400',
  ],
  ['no rent at all', (storage) => withMenus(storage, []), 'grids[0].rentMenuPerKwh must offer at least one rent'],
  [
    'a cap of nothing',
    (storage) => (storage.grids[0]!.rentCapPerKwh = 0),
    'grids[0].rentCapPerKwh must be above 0, not 0',
  ],
  [
    'a menu beside a cap',
    (storage) => (storage.grids[1]!.rentMenuPerKwh = [0.02]),
    'grids[1].rentCapPerKwh is given beside rentMenuPerKwh; give one',
  ],
  [
    'neither menu nor cap',
    (storage) => delete storage.grids[1]!.rentCapPerKwh,
    'grids[1].rentMenuPerKwh is missing; give rents, or rentCapPerKwh',
  ],
  [
    'a menu for one grid and caps for others',
    (storage) => {
      delete storage.grids[1]!.rentCapPerKwh;
      storage.grids[1]!.rentMenuPerKwh = [0.02];
    },
    'grids[1].rentMenuPerKwh stands beside grids with rentCapPerKwh; give all grids one or the other',
  ],
  [
    'a cap with a ramp',
    (storage) => (storage.grids[2]!.generatorRampKwPerHour = 500),
    'grids[2].rentCapPerKwh needs generatorRampKwPerHour to be null; with a ramp give rentMenuPerKwh',
  ],
  [
    'a confidence below a half',
    (storage) => (storage.arrivalConfidence = 0.4),
    'arrivalConfidence must be at least 0.5 and below 1, not 0.4',
  ],
  [
    'a home that is not there',
    (storage) => (storage.trucks[1]!.home = 'barn'),
    'trucks[1].home names terminal "barn", which is not there',
  ],
  [
    'a station of no grid',
    (storage) => (storage.terminals[1]!.grid = 'south'),
    'terminals[1].grid names grid "south", which is not there',
  ],
  [
    'two terminals at one node',
    (storage) => (storage.terminals[1]!.node = storage.terminals[0]!.node),
    'terminals[1].node "2050328135" is the node of another terminal',
  ],
  [
    'more energy than fits',
    (storage) => (storage.trucks[0]!.initialKwh = 9000),
    'trucks[0].initialKwh must be from minKwh (200) to capacityKwh (2200), not 9000',
  ],
  [
    'a day of 23 hours of traffic',
    (storage) => (storage.roads.hourlyFlow = new Array<number>(23).fill(1)),
    'roads.hourlyFlow must have 24 values',
  ],
];
it.each(cases)('names %s', (_, change, found) => {
  expect(problems(change)).toContain(found);
});

test('a grid where no truck could ever work is a mistake', () => {
  const found = problems((storage) => {
    for (const terminal of storage.terminals) if (terminal.grid === 'north') terminal.grid = 'valley';
  });
  expect(found).toContain('grids[1].id "north" has no terminal where a truck could work for it');
});

test('options refuse a risk outside (0, 1) and a demand without its slots', () => {
  const options = { day: '2023-06-15', timeLimitSeconds: 5, overrides: [] as unknown[], basedOn: null };
  expect(smsOptions.safeParse(options).success).toBe(true);
  for (const epsilon of [0, 1, -0.1, 1.5]) expect(smsOptions.safeParse({ ...options, epsilon }).success).toBe(false);
  const pin = { kind: 'pin', truck: 'truck-1', terminal: 'pas' };
  expect(smsOptions.safeParse({ ...options, overrides: [pin] }).success).toBe(false);
  expect(smsOptions.safeParse({ ...options, overrides: [{ ...pin, fromSlot: 1, untilSlot: 3 }] }).success).toBe(true);
});
