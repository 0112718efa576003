import { describe, expect, it } from 'vitest';
import type { EditableResourcePayload } from '../../contract/drafts.ts';
import { readEdit } from './read-edit.ts';

type Field = EditableResourcePayload['fields'][number];
const field = (name: Field['field'], parts: Partial<Field> = {}): Field => ({
  field: name,
  label: name,
  unit: 'kW',
  least: 0,
  most: 100,
  own: null,
  ranged: 'slots',
  ...parts,
});
const day = {
  resources: [
    {
      kind: 'gas' as const,
      id: 'gas-1',
      name: 'Gas 1',
      fields: [field('gas.maxKw'), field('gas.outOfService', { unit: 'none' })],
    },
    {
      kind: 'aggregator' as const,
      id: 'depot',
      name: 'Depot',
      fields: [field('aggregator.departureShare', { unit: 'share' })],
    },
    { kind: 'reserve' as const, id: null, name: 'Reserve', fields: [field('reserve.share', { unit: 'share' })] },
    {
      kind: 'protection' as const,
      id: null,
      name: 'α',
      fields: [field('protection', { unit: 'components', ranged: 'day' })],
    },
  ],
  labels: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
};

describe('--edit', () => {
  it('reads device, number, value and clock times', () => {
    expect(readEdit('gas-1.maxKw=1200@17:00-20:00', day)).toEqual({
      field: 'gas.maxKw',
      id: 'gas-1',
      value: 1200,
      fromSlot: 17,
      toSlot: 19,
    });
    expect(readEdit('depot.departureShare=71%@06:00-24:00', day)).toMatchObject({
      value: 0.71,
      fromSlot: 6,
      toSlot: 23,
    });
    expect(readEdit('gas-1.outOfService', day)).toEqual({
      field: 'gas.outOfService',
      id: 'gas-1',
      fromSlot: 0,
      toSlot: 23,
    });
    expect(readEdit('reserve.share=0.05', day)).toMatchObject({ field: 'reserve.share', value: 0.05 });
    expect(readEdit('protection=4', day)).toEqual({ field: 'protection', value: 4 });
  });

  it.each([
    [
      'gas-2.maxKw=1',
      /cannot be edited; gas-1\.maxKw, gas-1\.outOfService, depot\.departureShare, reserve\.share, protection can/,
    ],
    ['gas-1.maxKw', /needs "=VALUE"/],
    ['gas-1.outOfService=1', /takes no value/],
    ['gas-1.maxKw=much', /"much" is no number/],
    ['gas-1.maxKw=1@25:00-26:00', /no range such as 00:00-24:00/],
    ['gas-1.maxKw=1@12:00-12:00', /must end after it begins/],
  ])('refuses %s', (text, words) => {
    expect(() => readEdit(text, day)).toThrow(words);
  });
});

describe('edits of routes', () => {
  it('reads who, where and when', () => {
    expect(readEdit('truck-1.pin=encamp@18:00-22:00', day)).toEqual({
      field: 'truck.pin',
      id: 'truck-1',
      place: 'encamp',
      fromSlot: 18,
      toSlot: 21,
    });
    expect(readEdit('every.keepAway=encamp', day)).toEqual({
      field: 'truck.keepAway',
      id: null,
      place: 'encamp',
      fromSlot: 0,
      toSlot: 23,
    });
    expect(readEdit('truck-1.reserve=lakeside@00:00-24:00', day)).toMatchObject({ grid: 'lakeside', toSlot: 23 });
    expect(readEdit('truck-1.outOfService', day)).toEqual({ field: 'truck.outOfService', id: 'truck-1' });
    // A device of the plan comes first.
    expect(readEdit('gas-1.outOfService', day)).toMatchObject({ field: 'gas.outOfService' });
    expect(() => readEdit('truck-1.pin@18:00-22:00', day)).toThrow(/needs "=PLACE"/);
  });
});
