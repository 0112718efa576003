/** The command line: files in, with every doubt decided by the one who imports. */
import { writeFile } from 'node:fs/promises';
import { cli } from '../../support/cli.ts';
import { expect, test } from '../../support/test.ts';

test('imports a file, knows it again, and names the row it cannot read', async ({ databaseFile }, testInfo) => {
  const file = testInfo.outputPath('price.csv');
  const row = (hour: number, price: string) => `2031-05-04T${String(hour).padStart(2, '0')}:00:00Z,${price}`;
  const rows = Array.from({ length: 24 }, (_, hour) => row(hour, (40 + hour).toFixed(2)));
  await writeFile(file, ['time,price [EUR/MWh]', ...rows].join('\n'));
  const map = JSON.stringify({
    zone: 'in-text',
    unit: 'EUR/MWh',
    columns: { time: 'time', value: 'price [EUR/MWh]' },
    seriesName: 'Test price',
  });
  const on = ['--db', databaseFile, '--json'];
  const first = await cli('import', 'price', file, '--map', map, ...on);
  expect(first.code, first.out).toBe(0);
  const again = await cli('import', 'price', file, '--map', map, ...on);
  expect(again.code).toBe(1);
  expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'import-known-file' } });
  await writeFile(file, ['time,price [EUR/MWh]', ...rows.slice(0, 5), row(5, 'n/a?'), ...rows.slice(6)].join('\n'));
  const bad = await cli('import', 'price', file, '--map', map, ...on);
  expect(bad.code).toBe(1);
  expect(JSON.parse(bad.out)).toMatchObject({
    error: { code: 'import-bad-row', details: { row: expect.any(Number) } },
  });
});

test('takes a doubt for decided only where --map names its field', async ({ databaseFile }, testInfo) => {
  const file = testInfo.outputPath('plugs.csv');
  const stays = [
    '1,Harbour,0021-03-04 18:00:00,0021-03-05 07:30:00,9.5',
    '2,Quay,0021-03-05 19:10:00,0021-03-06 06:00:00,4',
  ];
  await writeFile(file, ['session_ID,Garage_ID,Start_plugin,End_plugout,El_kWh', ...stays].join('\n'));
  const on = ['--db', databaseFile];
  const bare = await cli('import', 'sessions', file, ...on);
  expect(bare).toMatchObject({ code: 1, out: '' });
  expect(bare.error).toMatch(/\ncolumns\.station +Garage_ID\n/);
  expect(bare.error).toContain(`--map '{"dateOrder":"ymd","zone":"Europe/Berlin"}'`);
  for (const [map, open] of [
    ['{}', ['dateOrder', 'zone']],
    ['{"unit":"kWh","columns":{}}', ['dateOrder', 'zone']],
    ['{"zone":"Europe/Oslo"}', ['dateOrder']],
  ] as const) {
    const refused = await cli('import', 'sessions', file, '--map', map, ...on, '--json');
    expect(refused, map).toMatchObject({ code: 1, error: '' });
    const { error } = JSON.parse(refused.out) as {
      error: { code: string; details: { choices: { field: string }[]; mapping: object; map: object } };
    };
    expect(error).toMatchObject({
      code: 'import-mapping-uncertain',
      details: { mapping: { zone: expect.any(String) } },
    });
    expect(error.details.choices.map(({ field }) => field)).toEqual(open);
    expect(error.details.map).toMatchObject({ ...(JSON.parse(map) as object), dateOrder: 'ymd' });
  }
  const guess = JSON.parse((await cli('import', 'sessions', file, '--preview', ...on, '--json')).out) as {
    mapping: object;
  };
  const whole = await cli(
    'import',
    'sessions',
    file,
    '--map',
    JSON.stringify(guess.mapping),
    '--preview',
    ...on,
    '--json',
  );
  expect(JSON.parse(whole.out)).toMatchObject({ certain: true, mapping: guess.mapping });
  const forecast = testInfo.outputPath('forecast.csv');
  await writeFile(
    forecast,
    'time,load_mw\n2031-05-04T00:00:00Z,5.5\n2031-05-04T01:00:00Z,6.5\n2031-05-04T02:00:00Z,7.5\n',
  );
  const other = await cli('import', 'load-actual', forecast, ...on, '--json');
  expect(JSON.parse(other.out)).toMatchObject({ error: { details: { map: { kind: 'load-actual' } } } });
  expect((await cli('import', 'load-actual', forecast, '--map', '{"kind":"load-actual"}', ...on)).code).toBe(0);
  const decided = ['--map', '{"zone":"Europe/Berlin","dateOrder":"ymd"}'];
  const shown = await cli('import', 'sessions', file, ...decided, '--preview', ...on);
  expect(shown.out).toContain('The reading is certain.');
  const done = await cli('import', 'sessions', file, ...decided, ...on, '--json');
  expect(done.code, done.out).toBe(0);
  expect((JSON.parse(done.out) as { notes: string[] }).notes).toContain(
    '2 stations belong to no aggregator ("Harbour", "Quay"); name them in the site definition',
  );
});

test('refuses what is no telemetry in one sentence', async ({ databaseFile }, testInfo) => {
  const letter = testInfo.outputPath('letter.csv');
  await writeFile(letter, 'Dear all,\n\nthis is a letter, with commas, and no table.\nRegards\n');
  const shares = testInfo.outputPath('shares.csv');
  await writeFile(shares, 'Arrival time,private,public\n00:00,1.09,0.52\n00:15,1.17,0.56\n00:30,1.02,0.49\n');
  for (const [file, sentence] of [
    [letter, 'letter.csv cannot be read: it is no table: no line names columns and none holds a time.'],
    [
      shares,
      'shares.csv cannot be read: "Arrival time" holds times of day without a date: a distribution over the day, not a record of what happened.',
    ],
  ] as const) {
    const refused = await cli('import', 'sessions', file, '--db', databaseFile);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.error.split('\n')).toEqual([
      sentence,
      'Choose a file in which every row has a date and a time.',
      '',
    ]);
  }
  // A reading given whole is tried even where nothing can be guessed.
  const whole = {
    ...{
      encoding: 'utf-8',
      delimiter: ',',
      decimalMark: '.',
      headerRow: 0,
      zone: 'UTC',
      dateOrder: 'ymd',
      unit: 'kWh',
    },
    ...{ stepMinutes: null, subtractColumn: '', seriesName: 'shares', source: 'shares.csv' },
    columns: { time: 'Arrival time', endTime: 'Departure', energy: 'private' },
  };
  const tried = await cli('import', 'sessions', shares, '--map', JSON.stringify(whole), '--db', databaseFile, '--json');
  expect(JSON.parse(tried.out)).toMatchObject({
    error: { code: 'import-column-missing', details: { column: 'Departure' } },
  });
});
