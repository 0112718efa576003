import { describe, expect, it } from 'vitest';
import type { ImportMappingPayload, ImportPreviewPayload } from '../../contract/telemetry.ts';
import { guessText, previewText } from './preview-text.ts';
import { acceptingMap, mergeMapping, openDoubts } from './settle-mapping.ts';

const mapping: ImportMappingPayload = {
  encoding: 'utf-8',
  delimiter: ',',
  decimalMark: '.',
  headerRow: 0,
  zone: 'Europe/London',
  dateOrder: 'day-month-swapped',
  columns: { time: "Driver's start", value: 'Zone1' },
  unit: 'MW',
  stepMinutes: null,
  subtractColumn: '',
  seriesName: 'feeder',
  source: 'feeder.csv',
};
const doubt = (field: string, ...choices: string[]) => ({ field, why: `why ${field}`, choices });
const doubts = [
  doubt('zone', 'Europe/London', 'UTC'),
  doubt('dateOrder', 'day-month-swapped', 'ymd'),
  doubt('columns.value', 'Zone1', 'Zone2'),
  doubt('columns.time'),
  doubt('kind', 'load-forecast'),
  doubt('stepMinutes', '15', '60'),
  doubt('rows'),
];
const preview: ImportPreviewPayload = {
  uploadId: 'u',
  fileName: 'feeder.csv',
  kind: 'load-actual',
  mapping,
  certain: false,
  doubts,
  columns: [],
  rows: [{ row: 2, cells: [], time: '2024-01-01T00:00:00+00:00', value: 5, unit: 'MW', problem: 'no number' }],
  notes: ['1 row has no number'],
};

describe('openDoubts', () => {
  const open = (given: Parameters<typeof openDoubts>[1]) => openDoubts(doubts, given).map(({ field }) => field);
  it('decides a doubt by naming its field, and no other', () => {
    const all = ['zone', 'dateOrder', 'columns.value', 'columns.time', 'kind', 'stepMinutes'];
    expect(open({})).toEqual(all);
    expect(open({ columns: {} })).toEqual(all);
    expect(open({ unit: 'kW', seriesName: 'x' })).toEqual(all);
    expect(open({ zone: 'UTC', columns: { value: 'Zone2' } })).toEqual([
      'dateOrder',
      'columns.time',
      'kind',
      'stepMinutes',
    ]);
    expect(open({ kind: 'load-actual', stepMinutes: 10 })).toEqual(all.slice(0, 4));
  });
});

describe('acceptingMap', () => {
  it('takes the guess for what is open beside what was given, and leaves nothing open', () => {
    const given = { zone: 'UTC', columns: { value: 'Zone2' } };
    const { map, without } = acceptingMap(doubts, 'load-actual', mapping, given);
    expect(map).toEqual({
      zone: 'UTC',
      dateOrder: 'day-month-swapped',
      columns: { value: 'Zone2', time: "Driver's start" },
      kind: 'load-actual',
    });
    expect(without).toEqual(['stepMinutes']);
    expect(openDoubts(doubts, map).map(({ field }) => field)).toEqual(without);
  });
});

it('merges what was given over the guess, column by column', () => {
  expect(mergeMapping(mapping, { kind: 'load-actual', unit: 'kW', columns: { value: 'Zone2' } })).toEqual({
    ...mapping,
    unit: 'kW',
    columns: { time: "Driver's start", value: 'Zone2' },
  });
});

describe('the text of a reading', () => {
  it('shows the guess as a table, every doubt with its choices, and the map that takes it', () => {
    const lines = guessText(preview, {}).split('\n');
    expect(lines).toContain('dateOrder       day-month-swapped');
    expect(lines).toContain("columns.time    Driver's start");
    expect(lines).toContain('  choices  day-month-swapped | ymd');
    expect(lines).toContain('There is no guess for stepMinutes: name it as well.');
    const map = {
      zone: 'Europe/London',
      dateOrder: 'day-month-swapped',
      columns: { value: 'Zone1', time: "Driver's start" },
    };
    const shell = JSON.stringify({ ...map, kind: 'load-actual' }).replace("'", String.raw`'\''`);
    expect(lines.at(-1)).toBe(`To take the guess:  --map '${shell}'`);
  });
  it('has no map to offer for a row that cannot be read', () => {
    const text = guessText({ ...preview, doubts: [doubt('rows')] }, {});
    expect(text.endsWith('\n\nwhy rows')).toBe(true);
  });
  it('shows rows and notes, and says when nothing is open', () => {
    const text = previewText({ ...preview, doubts: [] }, {});
    expect(text).toContain('  2  2024-01-01T00:00:00+00:00  5 MW   no number');
    expect(text).toContain('\n1 row has no number\n');
    expect(text.endsWith('The reading is certain.')).toBe(true);
  });
});
