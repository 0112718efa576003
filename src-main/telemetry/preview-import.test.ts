import { describe, expect, it } from 'vitest';
import { memorySource } from './fixtures/memory-source.ts';
import * as tables from './fixtures/tables.ts';
import type { ImportPreview } from './mapping.ts';
import { previewImport } from './preview-import.ts';
import type { ImportKind } from './types.ts';

const preview = (text: string | Uint8Array, kind: ImportKind, siteZone = 'Europe/Berlin', name = 'x.csv') =>
  previewImport(
    memorySource(name, typeof text === 'string' ? new TextEncoder().encode(text) : text, TextDecoder),
    kind,
    { siteZone },
  );
const doubted = ({ doubts }: ImportPreview) => doubts.map(({ field }) => field);

describe('previewImport of values', () => {
  it('is certain of local quarter hours because the clock change proves their zone', async () => {
    const found = await preview(tables.smardAutumn, 'load-actual');
    expect(found.doubts).toEqual([]);
    expect(found.certain).toBe(true);
    expect(found.mapping).toMatchObject({
      encoding: 'utf-8',
      delimiter: ';',
      decimalMark: ',',
      headerRow: 0,
      zone: 'Europe/Berlin',
      dateOrder: 'dmy',
      columns: { date: 'Datum', time: 'Anfang', endTime: 'Ende', value: 'Gesamt (Netzlast) [MWh] Originalauflösungen' },
      unit: 'MWh-per-interval',
      stepMinutes: 15,
      seriesName: 'Gesamt (Netzlast)',
      source: 'Bundesnetzagentur | SMARD.de',
    });
    expect(found.notes).toContain('25-hour day 2022-10-30');
    expect(found.notes).toContain('4 rows are told apart by order within a repeated autumn hour');
    expect(found.rows[0]).toMatchObject({
      row: 2,
      time: '2022-10-30T00:00:00+02:00',
      value: 40401,
      unit: 'MW',
      problem: '',
    });
    expect(found.rows).toHaveLength(20);
  });
  it('doubts the zone where no clock change lies in the file, and where one is ignored', async () => {
    const head = 'time,load_mw\n';
    const rows = (day: string) =>
      Array.from({ length: 24 }, (_, h) => `${day} ${String(h).padStart(2, '0')}:00,${h}.5\n`).join('');
    const summer = await preview(head + rows('2022-06-01'), 'load-actual');
    expect(doubted(summer)).toEqual(['zone']);
    expect(summer.doubts[0]!.choices).toEqual(['Europe/Berlin', 'UTC']);
    const once = await preview(head + rows('2022-10-30'), 'load-actual');
    expect(once.doubts[0]!.why).toMatch(/has an hour twice, the file has it once/);
    const spring = await preview(head + rows('2022-03-27'), 'load-actual');
    expect(spring.mapping.zone).toBe('UTC');
    expect(spring.doubts[0]!.why).toMatch(/does not exist in Europe\/Berlin \(row 4: 2022-03-27 02:00\)/);
  });
  it('is certain of offsets in the text', async () => {
    const found = await preview(tables.isoForecast, 'load-forecast');
    expect(found).toMatchObject({ certain: true, mapping: { zone: 'in-text', unit: 'MW', stepMinutes: 60 } });
    expect(found.rows[1]).toMatchObject({ row: 3, value: null, problem: 'no number' });
    expect(found.notes).toContain('1 row has no number');
  });
  it('asks when the file is of the other kind', async () => {
    expect(doubted(await preview(tables.isoForecast, 'load-actual'))).toEqual(['kind']);
  });
  it('asks when the column holds another quantity', async () => {
    const asPower = await preview(tables.compressedPrices, 'load-actual');
    expect(doubted(asPower)).toEqual(expect.arrayContaining(['kind', 'unit']));
    expect(asPower.doubts.find(({ field }) => field === 'kind')!.choices).toEqual(['price']);
    const asPrice = await preview(tables.isoForecast, 'price');
    expect(asPrice.doubts.find(({ field }) => field === 'kind')!.why).toMatch(/is a power/);
    const asWind = await preview(tables.isoForecast, 'wind-forecast');
    expect(doubted(asWind)).toEqual(['kind']);
  });
  it('asks which of two feeders, in which unit and on which clock', async () => {
    const found = await preview(tables.tenMinuteFeeders, 'load-actual', 'Africa/Casablanca');
    expect(doubted(found)).toEqual(['columns.value', 'unit', 'zone']);
    expect(found.doubts[0]!.choices.slice(0, 2)).toEqual(['Zone1', 'Zone2']);
    expect(found.mapping).toMatchObject({ dateOrder: 'mdy', stepMinutes: 10, zone: 'UTC' });
  });
  it('finds interval numbers that know no summer time', async () => {
    const found = await preview(tables.periodWind, 'wind-actual');
    expect(found.mapping).toMatchObject({
      zone: 'UTC',
      stepMinutes: 60,
      columns: { year: 'Year', month: 'Month', day: 'Day', period: 'Period', value: '11_WIND_1' },
    });
    expect(doubted(found)).toEqual(['columns.value', 'unit', 'zone']);
  });
  it('proposes load less residual load for wind, and says the sun is in it', async () => {
    const found = await preview(tables.smardSpring, 'wind-actual');
    expect(found.mapping.subtractColumn).toBe('Residuallast [MWh] Originalauflösungen');
    expect(found.doubts).toEqual([
      expect.objectContaining({
        field: 'subtractColumn',
        why: expect.stringMatching(/wind and sun together/) as string,
      }),
    ]);
    expect(found.rows[0]!.value).toBe(4403);
  });
  it('asks which of several prices and names the currency', async () => {
    const found = await preview(tables.englishPrices, 'price');
    expect(doubted(found)).toEqual(['columns.value']);
    expect(found.mapping).toMatchObject({
      unit: 'EUR/MWh',
      decimalMark: '.',
      stepMinutes: 60,
      seriesName: 'Germany/Luxembourg',
    });
  });
  it('notes a curve that leaves out what repeats', async () => {
    const found = await preview(tables.compressedPrices, 'price');
    expect(found.notes.some((note) => note.startsWith('repeated values seem to have been left out'))).toBe(true);
    const whole = await preview(tables.compressedPrices.replaceAll(/\.\d\n/g, '.0\n'), 'price');
    expect(whole.notes.some((note) => note.startsWith('repeated values'))).toBe(false);
  });
  it('doubts a decimal mark and a date that could be read both ways', async () => {
    const found = await preview(
      'time;load_mw\n01/02/2024 00:00;10.833\n01/02/2024 01:00;10.933\n01/02/2024 02:00;11.033\n',
      'load-actual',
    );
    expect(doubted(found)).toEqual(expect.arrayContaining(['decimalMark', 'dateOrder', 'zone']));
    const ordered = Array.from({ length: 40 }, (_, d) => new Date(Date.UTC(2024, 0, 1 + d)));
    const text = ordered
      .filter((day) => day.getUTCDate() <= 12)
      .map((d) => `${d.getUTCMonth() + 1}/${d.getUTCDate()}/2024,5.5\n`)
      .join('');
    expect((await preview(`date,load_mw\n${text}`, 'load-actual')).mapping.dateOrder).toBe('mdy');
  });
  it('shows a bad row instead of throwing', async () => {
    const found = await preview(
      'time,load_mw\n2024-01-01 00:00+01:00,5.5\n2024-01-01 01:00+01:00,6.5\n2024-01-01 02:00+01:00,broken\n',
      'load-actual',
    );
    expect(found.certain).toBe(false);
    expect(found.rows.at(-1)).toMatchObject({
      row: 4,
      cells: ['broken'],
      problem: expect.stringMatching(/neither a number/) as string,
    });
  });
  it('reads windows-1252, Shift-JIS and UTF-16, and doubts the first two', async () => {
    const rows = '2024-01-01 00:00+01:00,5.5\n2024-01-01 01:00+01:00,6.5\n';
    const western = await preview(Buffer.from(`Zeit,Last für Süd MW\n${rows}`, 'latin1'), 'load-actual');
    expect(western.columns).toEqual(['Zeit', 'Last für Süd MW']);
    expect(doubted(western)).toEqual(['encoding']);
    const japanese = Buffer.concat([
      Buffer.from([0x8e, 0x9e, 0x8d, 0x8f, 0x2c, 0x8e, 0xf9, 0x97, 0x76]),
      Buffer.from(` MW\n${rows}`),
    ]);
    expect((await preview(japanese, 'load-actual')).columns).toEqual(['時刻', '需要 MW']);
    expect(await preview(Buffer.from(`\uFEFFtime,load_mw\n${rows}`, 'utf16le'), 'load-actual')).toMatchObject({
      certain: true,
      columns: ['time', 'load_mw'],
    });
  });
  it('skips title lines, takes files without names, and follows a given mapping', async () => {
    const rows = '2024-01-01 00:00+01:00;5,5\n2024-01-01 01:00+01:00;6,5\n';
    const titled = await preview(`Load of the town\n\ntime;load_mw\n${rows}`, 'load-actual');
    expect(titled.mapping.headerRow).toBe(2);
    expect(titled.certain).toBe(true);
    const nameless = await preview(rows, 'load-actual');
    expect(nameless.mapping).toMatchObject({ headerRow: -1, columns: { time: 'column 1', value: 'column 2' } });
    const source = memorySource('x.csv', new TextEncoder().encode(rows), TextDecoder);
    const given = await previewImport(source, 'load-actual', {
      siteZone: 'UTC',
      mapping: { ...nameless.mapping, unit: 'kW' },
    });
    expect(given).toMatchObject({ certain: true, doubts: [] });
    expect(given.rows[0]!.value).toBe(0.0055);
    const wrong = await previewImport(source, 'load-actual', {
      siteZone: 'UTC',
      mapping: { ...nameless.mapping, columns: { time: 'column 1', value: 'load' } },
    });
    expect(wrong.doubts[0]!.why).toMatch(/no column "load"/);
  });
  it('asks for a step or a column once', async () => {
    const uneven = 'time,load_mw\n2024-01-01 00:00+01:00,5.5\n2024-01-01 00:07+01:00,6.5\n2024-01-01 02:31+01:00,7.5\n';
    expect(doubted(await preview(uneven, 'load-actual'))).toEqual(['stepMinutes']);
    const noEnergy = 'arrival,departure\n2024-01-01 00:00+01:00,2024-01-01 01:00+01:00\n';
    expect(doubted(await preview(noEnergy, 'sessions'))).toEqual(['columns.energy', 'unit']);
    const noValue = await preview(
      'time,note\n2024-01-01 00:00+01:00,calm\n2024-01-01 01:00+01:00,windy\n',
      'wind-actual',
    );
    expect(noValue.doubts.map(({ field, why }) => `${field}: ${why}`)).toEqual([
      'columns.value: no column holds numbers',
      'unit: the unit of the values is not stated',
    ]);
  });
  it('refuses what is no table', async () => {
    await expect(preview('', 'price')).rejects.toMatchObject({ code: 'import-bad-file' });
    await expect(
      preview(
        Uint8Array.from({ length: 300 }, (_, i) => (i % 7 === 0 ? 0 : 65 + (i % 20))),
        'price',
      ),
    ).rejects.toMatchObject({ code: 'import-bad-file' });
  });
  it('refuses a letter and a distribution over the day in one sentence each', async () => {
    const letter = 'Dear all,\n\nthis is a letter, with commas, and no table.\nRegards\n';
    for (const kind of ['load-actual', 'sessions'] as const)
      await expect(preview(letter, kind)).rejects.toThrow(
        'x.csv cannot be read: it is no table: no line names columns and none holds a time.',
      );
    const arrivals =
      '\uFEFF"Arrival time","private","public"\n"00:00",1.09,0.52\n"00:15",1.17,0.56\n"00:30",1.02,0.49\n';
    await expect(preview(arrivals, 'sessions')).rejects.toMatchObject({
      code: 'import-bad-file',
      message:
        'x.csv cannot be read: "Arrival time" holds times of day without a date: a distribution over the day, not a record of what happened.',
      report: { next: 'Choose a file in which every row has a date and a time.' },
    });
    await expect(preview('time,load_mw\n', 'load-actual')).rejects.toThrow('it has no rows below the column names.');
    const percentiles = 'Percentage of charging events,private,public\n0,72,72\n1,56.5,44.9\n2,43,38.8\n';
    await expect(preview(percentiles, 'sessions')).rejects.toThrow(
      'x.csv cannot be read: no column holds times (its columns are Percentage of charging events, private, public).',
    );
  });
});

describe('previewImport of sessions', () => {
  it('proposes to change day and month back, with the evidence, and never does so silently', async () => {
    const found = await preview(tables.swappedSessions(), 'sessions', 'Europe/London');
    expect(doubted(found)).toEqual(['dateOrder', 'zone']);
    expect(found.doubts[0]!.choices).toEqual(['day-month-swapped', 'ymd']);
    expect(found.doubts[0]!.why).toMatch(
      /swapped back 2017-09-05 to 2017-10-24 with 50 of 50 days, 0 stays end before they begin/,
    );
    expect(found.mapping.columns).toEqual({
      date: 'Start Date',
      time: 'Start Time',
      endDate: 'End Date',
      endTime: 'End Time',
      energy: 'Total kWh',
      station: 'Site',
      id: 'Charging event',
    });
  });
  it('sees nothing swapped where dates are right', async () => {
    const right = tables
      .swappedSessions()
      .replace(/(\d{4})-(\d\d)-(\d\d)T/g, (_, y: string, a: string, b: string) =>
        Number(b) <= 12 ? `${y}-${b}-${a}T` : `${y}-${a}-${b}T`,
      );
    const found = await preview(
      right.replace(/(\d{4})-(\d\d)-(\d\d)T/g, (whole, y: string, m: string, d: string) =>
        Number(m) > 12 ? `${y}-${d}-${m}T` : whole,
      ),
      'sessions',
      'Europe/London',
    );
    expect(found.mapping.dateOrder).toBe('ymd');
    expect(doubted(found)).toEqual(['zone']);
  });
  it('doubts UTC beside a local label and reads it as UTC', async () => {
    const found = await preview(tables.utcBesideLabel, 'sessions', 'America/Denver');
    expect(found.mapping).toMatchObject({
      zone: 'in-text',
      unit: 'kWh',
      columns: { duration: 'Total_Duration__hh_mm_ss_', id: 'ObjectId' },
    });
    expect(found.doubts).toEqual([
      {
        field: 'zone',
        why: expect.stringMatching(/"Start_Time_Zone" says MST, MDT; they are read as UTC/) as string,
        choices: ['in-text', 'America/Denver'],
      },
    ]);
    expect(found.rows[0]!.time).toBe('2018-01-12T08:54:00-07:00 – 2018-01-12T10:22:00-07:00');
    expect(found.notes).toContain('1 session is not used: it departs when it arrives');
    expect(found.rows[3]!.problem).toBe('departs when it arrives; took no energy, or states none');
  });
  it('finds the columns of every other kind of file', async () => {
    expect((await preview(tables.fastCharger, 'sessions')).mapping).toMatchObject({
      unit: 'Wh',
      columns: {
        time: 'Arrival',
        endTime: 'Departure',
        energy: 'Energy (Wh)',
        power: 'Pmax (W)',
        capacity: 'Energy capacity (Wh)',
        arrivalSoc: 'SOC arrival',
        departureSoc: 'SOC departure',
        duration: 'Stay (min)',
        station: 'CCS',
        id: 'Session',
      },
    });
    expect((await preview(tables.commaSessions, 'sessions')).mapping).toMatchObject({
      delimiter: ';',
      decimalMark: ',',
      dateOrder: 'dmy',
      columns: {
        time: 'Start_plugin',
        endTime: 'End_plugout',
        energy: 'El_kWh',
        duration: 'Duration_hours',
        station: 'Garage_ID',
        id: 'session_ID',
      },
    });
    const century = await preview(tables.lostCentury, 'sessions');
    expect(century.mapping.columns).toMatchObject({
      time: 'created',
      endTime: 'ended',
      energy: 'kwhTotal',
      station: 'stationId',
      id: 'sessionId',
    });
    expect(century.doubts[0]!.why).toMatch(/0014 is read as 2014/);
    const bare = await preview(tables.withoutStation, 'sessions');
    expect(bare.mapping.columns).toEqual({ time: 'Start', endTime: 'End', energy: 'Energy' });
    expect(doubted(bare)).toEqual(['unit', 'zone']);
    const json = await preview(tables.jsonSessions, 'sessions', 'America/Los_Angeles', 'office.json');
    expect(json.mapping).toMatchObject({
      delimiter: 'json',
      zone: 'in-text',
      columns: {
        time: 'connectionTime',
        endTime: 'disconnectTime',
        energy: 'kWhDelivered',
        station: 'stationID',
        id: 'sessionID',
      },
    });
    expect(doubted(json)).toEqual(['zone']);
  });
});
