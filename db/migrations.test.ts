import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDriver, type Database } from '../src-main/store/driver.ts';
import { migrate, readMigrations } from '../src-main/store/migrations.ts';
import { freshSchema, migrationsDirectory, sha256 } from './fresh-schema.ts';

const steps = readMigrations(migrationsDirectory, sha256);

/** A database taken through the first `count` steps. */
function databaseAt(count: number): Database {
  const database = new (loadDriver())(':memory:');
  onTestFinished(() => void database.close());
  migrate(database, steps.slice(0, count), () => 42);
  return database;
}

const tables = (database: Database): string[] =>
  database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[];

describe('migration 1, telemetry', () => {
  it('brings batches, series and their days, findings and sessions, and signs the file', () => {
    const database = databaseAt(1);
    expect(tables(database)).toEqual(['batches', 'findings', 'migrations', 'series', 'series_days', 'sessions']);
    expect(database.pragma('application_id', { simple: true })).toBe(0x53575431);
    expect(database.prepare('SELECT id, name, text_hash, applied_ms FROM migrations').all()).toEqual([
      { id: 1, name: 'telemetry', text_hash: steps[0]!.textHash, applied_ms: 42 },
    ]);
  });
  it('refuses days that are not whole numbers of doubles, and flags of another length', () => {
    const database = databaseAt(1);
    database.exec(
      `INSERT INTO series (kind, name, unit, zone, step_ms, source) VALUES ('load-actual', 'a', 'MW', 'UTC', 900000, '')`,
    );
    const put = database.prepare(`INSERT INTO series_days VALUES (1, :day, NULL, 0, 0, :numbers, :flags)`);
    const bytes = (length: number) => Buffer.alloc(length);
    put.run({ day: 1, numbers: bytes(16), flags: bytes(4) });
    put.run({ day: 2, numbers: bytes(16), flags: null });
    for (const [numbers, flags] of [
      [bytes(15), null],
      [bytes(0), null],
      [bytes(16), bytes(16)],
    ] as const)
      expect(() => put.run({ day: 3, numbers, flags })).toThrow(/CHECK/);
    expect(() => database.exec(`UPDATE series SET step_ms = 1000000`)).toThrow(/CHECK/);
    expect(() => database.exec(`INSERT INTO series_days VALUES (9, 1, NULL, 0, 0, zeroblob(8), NULL)`)).toThrow(
      /FOREIGN KEY/,
    );
  });
  it('never gives the id of a finding twice, and knows verdicts only whole', () => {
    const database = databaseAt(1);
    database.exec(
      `INSERT INTO series (kind, name, unit, zone, step_ms, source) VALUES ('price', 'a', 'EUR/MWh', 'UTC', 900000, '')`,
    );
    const add = `INSERT INTO findings (series_id, kind, from_ms, to_ms, value_count, detail) VALUES (1, 'gap', 0, 1, 1, '')`;
    database.exec(`${add}; DELETE FROM findings; ${add}`);
    expect(database.prepare('SELECT id FROM findings').pluck().all()).toEqual([2]);
    expect(() => database.exec(`UPDATE findings SET verdict = 'good'`)).toThrow(/CHECK/);
  });
});

describe('migration 2, plans', () => {
  const insert = (database: Database, verb: string, id: string, status = 'draft') =>
    database
      .prepare(
        `${verb} INTO plans (id, day, status, created_ms, protection, total_cost, currency, passed, outcome_json, problem_json,
          schedule_json, check_json, baseline_json, provenance_json, content_hash)
        VALUES (?, '2023-06-15', ?, 1, 1, 1, 'EUR', 1, '', '', '', '', '', '', 'h')`,
      )
      .run(id, status);

  it('keeps every column of a plan but status, and test until there is one', () => {
    const database = databaseAt(2);
    expect(tables(database)).toEqual(expect.arrayContaining(['plans', 'sets', 'sweeps']));
    insert(database, 'INSERT', 'a');
    const columns = database.prepare(`SELECT name FROM pragma_table_info('plans')`).pluck().all() as string[];
    const free = ['status', 'test_json', 'test_hash'];
    expect(columns.length).toBeGreaterThan(15);
    for (const column of columns.filter((name) => !free.includes(name)))
      expect(() => database.exec(`UPDATE plans SET ${column} = 7`), column).toThrow(/a plan never changes/);
    database.exec(`UPDATE plans SET status = 'approved'; UPDATE plans SET test_json = 't', test_hash = 'h'`);
    expect(() => database.exec(`UPDATE plans SET test_json = 'u'`)).toThrow(/tested once/);
    expect(() => database.exec(`UPDATE plans SET test_json = NULL, test_hash = NULL`)).toThrow(/tested once/);
    expect(() => database.exec(`UPDATE plans SET status = 'draft'`)).toThrow(/never returns to draft/);
    expect(() => database.exec(`DELETE FROM plans`)).toThrow(/never deleted/);
    expect(() => insert(database, 'INSERT OR REPLACE', 'a')).toThrow(/written once/);
    expect(() =>
      database.exec(`REPLACE INTO plans (rowid, id, day, status, created_ms, protection, total_cost, currency, passed,
      outcome_json, problem_json, schedule_json, check_json, baseline_json, provenance_json, content_hash)
      SELECT rowid, 'b', day, status, created_ms, protection, total_cost, currency, passed, outcome_json, problem_json,
      schedule_json, check_json, baseline_json, provenance_json, content_hash FROM plans`),
    ).toThrow(/written once/);
    expect(database.prepare('SELECT id, status, test_json FROM plans').all()).toEqual([
      { id: 'a', status: 'approved', test_json: 't' },
    ]);
  });
  it('has at most one approved plan a day', () => {
    const database = databaseAt(2);
    insert(database, 'INSERT', 'a', 'approved');
    insert(database, 'INSERT', 'b');
    for (const verb of ['UPDATE', 'UPDATE OR REPLACE'])
      expect(() => database.exec(`${verb} plans SET status = 'approved' WHERE id = 'b'`)).toThrow(/another plan/);
    expect(() => insert(database, 'INSERT OR REPLACE', 'c', 'approved')).toThrow(/another plan/);
    expect(() => insert(database, 'INSERT', 'c', 'approved')).toThrow(/another plan/);
    expect(database.prepare(`SELECT id FROM plans WHERE status = 'approved'`).pluck().all()).toEqual(['a']);
  });
  it('keeps sets as they are', () => {
    const database = databaseAt(2);
    database.exec(`INSERT INTO sets VALUES ('a', '2023-06-15', 1, 'conformal', 0.9, '{}')`);
    expect(() => database.exec(`UPDATE sets SET nominal = 0.8`)).toThrow(/never changes/);
    expect(() => database.exec(`REPLACE INTO sets VALUES ('a', '2023-06-15', 1, 'conformal', 0.8, '{}')`)).toThrow(
      /once/,
    );
  });
});

describe('migration 3, desk', () => {
  it('only ever adds to the audit log', () => {
    const database = databaseAt(3);
    expect(tables(database)).toEqual(expect.arrayContaining(['audit', 'runs', 'settings', 'sites']));
    const add = (verb: string) => database.exec(`${verb} INTO audit VALUES (1, 1, 'ann', 'act', 'subject', '{}')`);
    add('INSERT');
    for (const change of [`UPDATE audit SET operator = 'bo'`, `DELETE FROM audit`])
      expect(() => database.exec(change)).toThrow(/append-only/);
    expect(() => add('REPLACE')).toThrow(/append-only/);
    expect(database.prepare('SELECT operator FROM audit').pluck().all()).toEqual(['ann']);
  });
  it('ends a run with an outcome or not at all', () => {
    const database = databaseAt(3);
    database.exec(`INSERT INTO runs (kind, detail_json, started_ms) VALUES ('plan', '{}', 1)`);
    expect(() => database.exec(`UPDATE runs SET ended_ms = 2`)).toThrow(/CHECK/);
    expect(() => database.exec(`UPDATE runs SET ended_ms = 2, outcome = 'lost'`)).toThrow(/CHECK/);
    database.exec(`UPDATE runs SET ended_ms = 2, outcome = 'done'`);
  });
});

describe('migration 4, frozen sets', () => {
  it('gives a name once and never moves it, whatever its capitals', () => {
    const database = databaseAt(4);
    database.exec(`INSERT INTO sets VALUES ('a', '2023-06-15', 1, 'conformal', 0.9, '{}')`);
    const add = (verb: string, name: string, set = 'a') =>
      database.prepare(`${verb} INTO frozen_sets VALUES (?, ?, '', 'ann', 1)`).run(name, set);
    add('INSERT', 'Winter');
    for (const verb of ['INSERT', 'REPLACE']) expect(() => add(verb, 'winter')).toThrow(/written once/);
    expect(() => add('INSERT', '')).toThrow(/CHECK/);
    expect(() => add('INSERT', 'Summer', 'b')).toThrow(/FOREIGN KEY/);
    expect(() => database.exec(`UPDATE frozen_sets SET note = 'x'`)).toThrow(/never changes/);
    expect(() => database.exec(`DELETE FROM frozen_sets`)).toThrow(/never deleted/);
    expect(database.prepare('SELECT name FROM frozen_sets').pluck().all()).toEqual(['Winter']);
  });
});

describe('migration 5, runs', () => {
  const columns = 'kind, title, asked_json, operator, process_id, started_ms';
  it('keeps the runs of before', () => {
    const database = databaseAt(3);
    database.exec(`INSERT INTO runs (kind, detail_json, started_ms) VALUES ('plan', '{"day":1}', 1)`);
    migrate(database, steps.slice(0, 5), () => 43);
    expect(database.prepare('SELECT id, kind, title, asked_json, started_ms, outcome FROM runs').all()).toEqual([
      { id: 1, kind: 'plan', title: 'plan', asked_json: '{"day":1}', started_ms: 1, outcome: null },
    ]);
    expect(tables(database)).not.toContain('earlier_runs');
  });
  it('knows when a run ended unless it is lost', () => {
    const database = databaseAt(5);
    database.exec(`INSERT INTO runs (${columns}) VALUES ('plan', 'Plan', '{}', 'ann', 1, 1)`);
    for (const wrong of [`ended_ms = 2`, `ended_ms = 2, outcome = 'lost'`, `outcome = 'done'`, `outcome = 'well'`])
      expect(() => database.exec(`UPDATE runs SET ${wrong}`), wrong).toThrow(/CHECK/);
    database.exec(`UPDATE runs SET outcome = 'lost'`);
    database.exec(`UPDATE runs SET ended_ms = 2, outcome = 'done'`);
  });
});

describe('migration 6, mobile storage', () => {
  const network = `INSERT INTO road_networks VALUES ('r', 'Town', '', '', '', 1, 2, 1, '[]', '{}', 'h')`;
  const plan = (id: string, basedOn: string | null) =>
    `INSERT INTO sms_plans VALUES ('${id}', '2023-06-15', 1, 'EUR', 10, 5, 0.01, 0.05, 'cantelli', 0,
      ${basedOn === null ? 'NULL' : `'${basedOn}'`}, 1, '{}', 'h')`;
  it('writes networks and plans once and for good', () => {
    const database = databaseAt(6);
    database.exec(network);
    database.exec(plan('a', null));
    for (const [statement, words] of [
      [network, /written once/],
      [`UPDATE road_networks SET name = 'City'`, /never changes/],
      [`DELETE FROM road_networks`, /never deleted/],
      [plan('a', null), /written once/],
      [`UPDATE sms_plans SET owner_profit = 11`, /never changes/],
      [`DELETE FROM sms_plans`, /never deleted/],
    ] as const)
      expect(() => database.exec(statement), statement).toThrow(words);
  });
  it('bases a plan on one that is there', () => {
    const database = databaseAt(6);
    database.pragma('foreign_keys = ON');
    database.exec(plan('a', null));
    database.exec(plan('b', 'a'));
    expect(() => database.exec(plan('c', 'nowhere'))).toThrow(/FOREIGN KEY/);
  });
});

describe('migration 7, set contents', () => {
  it('keeps the sets of before with their text, frozen ones too, as of shape 0', () => {
    const database = databaseAt(6);
    database.exec(`INSERT INTO sets VALUES ('a', '2023-06-15', 1, 'conformal', 0.9, '{"components":[]}')`);
    database.exec(`INSERT INTO frozen_sets VALUES ('Winter', 'a', '', 'ann', 1)`);
    migrate(database, steps.slice(0, 7), () => 43);
    expect(database.prepare('SELECT id, schema_version, CAST(content AS TEXT) AS text FROM sets').all()).toEqual([
      { id: 'a', schema_version: 0, text: '{"components":[]}' },
    ]);
    expect(database.pragma('foreign_key_check')).toEqual([]);
    expect(() => database.exec(`UPDATE sets SET nominal = 0.8`)).toThrow(/never changes/);
  });
  it('keeps error days as they are', () => {
    const database = databaseAt(7);
    const add = (verb: string, id: number) =>
      database.exec(`${verb} INTO error_days VALUES (${id}, zeroblob(32), zeroblob(16))`);
    add('INSERT', 1);
    for (const [verb, id] of [
      ['INSERT', 2],
      ['REPLACE', 2],
      ['REPLACE', 1],
    ] as const)
      expect(() => add(verb, id)).toThrow(/written once/);
    expect(() => database.exec(`UPDATE error_days SET errors = zeroblob(8)`)).toThrow(/never changes/);
    expect(() => database.exec(`DELETE FROM error_days`)).toThrow(/never deleted/);
    expect(() => database.exec(`INSERT INTO error_days VALUES (3, zeroblob(31), zeroblob(8))`)).toThrow(/CHECK/);
  });
});

describe('migration 8, status of truck plans', () => {
  const plan = (id: string, day = '2023-06-15') =>
    `INSERT INTO sms_plans (id, day, created_ms, currency, owner_profit, users_saving, epsilon, margin, override_count, passed,
      content_json, content_hash) VALUES ('${id}', '${day}', 1, 'EUR', 10, 5, 0.05, 'cantelli', 0, 1, '{}', 'h')`;
  it('keeps plans of before as drafts', () => {
    const database = databaseAt(7);
    database.exec(plan('a'));
    migrate(database, steps.slice(0, 8), () => 43);
    expect(database.prepare('SELECT id, status FROM sms_plans').all()).toEqual([{ id: 'a', status: 'draft' }]);
  });
  it('moves nothing but the status, never back to draft, and approves one of a day', () => {
    const database = databaseAt(8);
    for (const id of ['a', 'b']) database.exec(plan(id));
    database.exec(`UPDATE sms_plans SET status = 'approved' WHERE id = 'a'`);
    for (const [statement, words] of [
      [`UPDATE sms_plans SET owner_profit = 11`, /never changes/],
      [`UPDATE sms_plans SET status = 'draft' WHERE id = 'a'`, /never returns to draft/],
      [`UPDATE sms_plans SET status = 'approved' WHERE id = 'b'`, /another plan of the day/],
      [`UPDATE OR REPLACE sms_plans SET status = 'approved' WHERE id = 'b'`, /another plan of the day/],
      [`UPDATE sms_plans SET status = 'fine' WHERE id = 'b'`, /CHECK/],
    ] as const)
      expect(() => database.exec(statement), statement).toThrow(words);
    database.exec(`UPDATE sms_plans SET status = 'superseded' WHERE id = 'a'`);
    database.exec(`UPDATE sms_plans SET status = 'approved' WHERE id = 'b'`);
  });
});

describe('migration 9, back-tests', () => {
  it('keeps one outcome for each day and strategy under the same settings', () => {
    const database = databaseAt(9);
    expect(tables(database)).toContain('back_tests');
    const put = database.prepare(`INSERT INTO strategy_days VALUES (:key, '2023-05-01', :strategy, 0, '{}')`);
    put.run({ key: 'a', strategy: 'nominal' });
    put.run({ key: 'a', strategy: 'interval' });
    put.run({ key: 'b', strategy: 'nominal' });
    expect(() => put.run({ key: 'b', strategy: 'nominal' })).toThrow(/UNIQUE/);
    expect(() => put.run({ key: null, strategy: 'nominal' })).toThrow(/NOT NULL/);
  });
});

describe('migration 10, market plans', () => {
  it('are written once, never change and never go', () => {
    const database = databaseAt(10);
    const add = (verb: string) =>
      `${verb} INTO market_plans VALUES ('a', '2023-06-15', 1, 'EUR', 'likelihood', 0.9, 80, 1, '{}', 'h')`;
    database.exec(add('INSERT'));
    for (const [statement, words] of [
      [add('REPLACE'), /written once/],
      [`UPDATE market_plans SET guaranteed = 90`, /never changes/],
      [`DELETE FROM market_plans`, /never deleted/],
    ] as const)
      expect(() => database.exec(statement), statement).toThrow(words);
  });
});

describe('migration 11, feeders', () => {
  it('are written once, never change and never go', () => {
    const database = databaseAt(11);
    const add = (verb: string) =>
      `${verb} INTO feeders VALUES ('a', 'F', '', '', '', 1, 33, 32, 5, 12.66, 3715, 2300, '[]', '{}', 'h')`;
    database.exec(add('INSERT'));
    for (const [statement, words] of [
      [add('REPLACE'), /written once/],
      [`UPDATE feeders SET name = 'G'`, /never changes/],
      [`DELETE FROM feeders`, /never deleted/],
    ] as const)
      expect(() => database.exec(statement), statement).toThrow(words);
  });
});

describe('migration 12, plans set aside', () => {
  const day = (id: string, status = 'draft') =>
    `INSERT INTO plans (id, day, status, created_ms, protection, total_cost, currency, passed, outcome_json, problem_json,
      schedule_json, check_json, baseline_json, provenance_json, content_hash)
      VALUES ('${id}', '2023-06-15', '${status}', 1, 1, 1, 'EUR', 1, '', '', '', '', '', '', 'h')`;
  const trucks = (id: string, status = 'draft') =>
    `INSERT INTO sms_plans (id, day, created_ms, currency, owner_profit, users_saving, epsilon, margin, override_count, passed,
      status, content_json, content_hash) VALUES ('${id}', '2023-06-15', 1, 'EUR', 10, 5, 0.05, 'cantelli', 0, 1, '${status}', '{}', 'h')`;
  const mark = (id: string) => `INSERT INTO set_aside_plans VALUES ('${id}', 1, 'ann')`;

  it('marks plans of either kind that are there and do not count, and changes no mark', () => {
    const database = databaseAt(12);
    for (const statement of [day('a'), day('b', 'approved'), trucks('c'), trucks('d', 'approved')])
      database.exec(statement);
    database.exec(mark('a'));
    database.exec(mark('c'));
    for (const id of ['b', 'd', 'nowhere']) expect(() => database.exec(mark(id)), id).toThrow(/there and not approved/);
    expect(() => database.exec(`UPDATE set_aside_plans SET operator = 'bo'`)).toThrow(/never changed/);
    database.exec(`DELETE FROM set_aside_plans WHERE plan_id = 'a'`);
  });
  it('takes the mark from a plan that is approved', () => {
    const database = databaseAt(12);
    for (const statement of [day('a'), trucks('c'), mark('a'), mark('c')]) database.exec(statement);
    database.exec(`UPDATE plans SET status = 'approved'`);
    expect(database.prepare('SELECT plan_id FROM set_aside_plans').pluck().all()).toEqual(['c']);
    database.exec(`UPDATE sms_plans SET status = 'approved'`);
    expect(database.prepare('SELECT plan_id FROM set_aside_plans').pluck().all()).toEqual([]);
  });
});

describe('migration 13, where plans ended', () => {
  it('keeps a basis of a plan that is there, and lets it change and go', () => {
    const database = databaseAt(13);
    const keep = (id: string): string => `INSERT INTO plan_bases VALUES ('${id}', 1, x'00')`;
    database.exec(`INSERT INTO plans (id, day, status, created_ms, protection, total_cost, currency, passed, outcome_json, problem_json,
      schedule_json, check_json, baseline_json, provenance_json, content_hash)
      VALUES ('a', '2023-06-15', 'draft', 1, 1, 1, 'EUR', 1, '', '', '', '', '', '', 'h')`);
    database.exec(keep('a'));
    expect(() => database.exec(keep('a'))).toThrow(/UNIQUE/);
    expect(() => database.exec(keep('nowhere'))).toThrow(/FOREIGN KEY/);
    database.exec(`UPDATE plan_bases SET basis = x'01'; DELETE FROM plan_bases`);
  });
});

it('there is a test for every migration', () => {
  expect(steps.map(({ id, name }) => `${id} ${name}`)).toEqual([
    '1 telemetry',
    '2 plans',
    '3 desk',
    '4 frozen_sets',
    '5 runs',
    '6 mobile_storage',
    '7 set_contents',
    '8 truck_plan_status',
    '9 back_tests',
    '10 market_plans',
    '11 feeders',
    '12 set_aside_plans',
    '13 plan_bases',
  ]);
});

it('schema.sql is what the migrations give', () => {
  expect(readFileSync(fileURLToPath(new URL('./schema.sql', import.meta.url)), 'utf8')).toBe(freshSchema());
});
