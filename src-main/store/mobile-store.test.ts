import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { smsPlanSchemaVersion } from '../base/schema-versions.ts';
import { smallSms } from '../models/sms/fixtures/small-sms.ts';
import { townRoads, townStorage } from '../planning/fixtures/mobile-town.ts';
import type { SmsPlanRecord } from '../planning/sms/mobile-ports.ts';
import { loadDriver } from './driver.ts';
import { openAt, sha256 } from './fixtures/open-at.ts';
import { scratchFolder } from './fixtures/scratch.ts';

/** Complete and plain; nothing in it was solved. */
function planOf(id: string, changes: Partial<SmsPlanRecord> = {}): SmsPlanRecord {
  const content = {
    id,
    day: '2023-06-15',
    currency: 'EUR',
    options: { epsilon: 0.05, margin: 'cantelli', arrivalConfidence: 0.95, ties: 'optimistic', timeLimitSeconds: 5 },
    overrides: [{ kind: 'forbid-truck', truck: 'a' }],
    basedOn: null,
    roadsId: townRoads().id,
    storage: townStorage(),
    outcome: { kind: 'feasible', upperBound: null, gap: null },
    rounds: [],
    problem: smallSms(2),
    plan: { ownerProfitUsd: 12.5, usersCostUsd: 90, usersCostWithoutTrucksUsd: 100 },
    aloneCurtailMw: [],
    terminalNodes: [0, 8, 23],
    ways: [],
    distanceKm: [[0, NaN]],
    evidence: { violations: [], errorCorrelation: [], days: 0 },
    check: { passed: true, checked: 3, worstBreach: 0, breaches: [] },
    provenance: { createdAtMs: 77, schemaVersion: smsPlanSchemaVersion },
    ...changes,
  } as unknown as Omit<SmsPlanRecord, 'contentHash' | 'status'>;
  return { ...content, status: 'draft', contentHash: sha256(canonicalJson(content)) };
}

function openFile(file = join(scratchFolder(), 'store.db')) {
  const store = openAt(file);
  onTestFinished(() => store.close());
  return { store, file };
}

/** Past the triggers, as only somebody with the file in hand can. */
function alter(file: string, statement: string): void {
  const database = new (loadDriver())(file);
  for (const trigger of ['sms_plans_keep_content', 'road_networks_keep_content'])
    database.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  database.exec(statement);
  database.close();
}

const storedBytes = ({ contentHash: _hash, status: _status, ...content }: SmsPlanRecord): number =>
  new TextEncoder().encode(canonicalJson(content)).length;

it('keeps plans of trucks whole, newest first, by day', () => {
  const { store } = openFile();
  const [first, second] = [planOf('one'), planOf('two', { day: '2023-06-16', basedOn: 'one' })];
  store.saveSmsPlan(first);
  store.saveSmsPlan(second);
  expect(store.getSmsPlan('one')).toEqual(first);
  expect(store.getSmsPlan('three')).toBeNull();
  expect(store.listSmsPlans().map(({ id }) => id)).toEqual(['two', 'one']);
  expect(store.listSmsPlans('2023-06-15')).toEqual([
    {
      id: 'one',
      day: '2023-06-15',
      status: 'draft',
      currency: 'EUR',
      ownerProfit: 12.5,
      usersSaving: 10,
      gap: null,
      epsilon: 0.05,
      margin: 'cantelli',
      overrides: 1,
      basedOn: null,
      createdAtMs: 77,
      passed: true,
      setAside: false,
      bytes: storedBytes(first),
    },
  ]);
  expect(store.setPlansAside(['one'], 'ann')).toEqual(['one']);
  expect(store.listSmsPlans().map(({ id, setAside }) => [id, setAside])).toEqual([
    ['two', false],
    ['one', true],
  ]);
  expect(store.getSmsPlan('one')).toEqual(first);
});

it('refuses a plan whose hash is not that of its content', () => {
  const { store } = openFile();
  expect(() => store.saveSmsPlan({ ...planOf('one'), day: '2023-06-17' })).toThrow(/hash is not that of its content/);
});

it.each([
  [`UPDATE sms_plans SET content_json = replace(content_json, '12.5', '99.5')`, /does not have its hash/],
  [`UPDATE sms_plans SET owner_profit = 99`, /its summary says owner_profit 99, its content 12.5/],
])('notices what was altered behind its back: %s', (statement, words) => {
  const { store, file } = openFile();
  store.saveSmsPlan(planOf('one'));
  alter(file, statement);
  expect(() => store.getSmsPlan('one')).toThrow(words);
});

it('approves one plan of trucks a day, supersedes the one before, and says who and why', () => {
  const { store } = openFile();
  for (const id of ['one', 'two']) store.saveSmsPlan(planOf(id));
  store.saveSmsPlan(planOf('other day', { day: '2023-06-16' }));
  const status = () => Object.fromEntries(store.listSmsPlans().map((plan) => [plan.id, plan.status]));
  for (const id of ['other day', 'one', 'two']) store.approveSmsPlan(id, 'ann', 'checked');
  expect(status()).toEqual({ 'other day': 'approved', one: 'superseded', two: 'approved' });
  expect(store.getSmsPlan('one')).toEqual({ ...planOf('one'), status: 'superseded' });
  expect(() => store.approveSmsPlan('two', 'ann', 'again')).toThrow(/approved already/);
  expect(() => store.approveSmsPlan('nine', 'ann', 'what')).toThrow(/no plan/);
  const { total, entries } = store.listAudit({ offset: 0, limit: 1 });
  expect(total).toBe(3);
  expect(entries[0]).toMatchObject({
    operator: 'ann',
    act: 'sms-plan.approve',
    subject: 'two',
    detail: { day: '2023-06-15', reason: 'checked', superseded: 'one', contentHash: planOf('two').contentHash },
  });
  store.approveSmsPlan('one', 'ann', 'back to the first');
  expect(status()).toMatchObject({ one: 'approved', two: 'superseded' });
});

it.each([
  [2, { createdAtMs: 77, schemaVersion: 2 }],
  [0, { createdAtMs: 77 }],
])('refuses a plan of trucks in format %i, and still lists it', (found, provenance) => {
  const { store } = openFile();
  store.saveSmsPlan(planOf('one', { provenance: provenance as SmsPlanRecord['provenance'] }));
  expect(() => store.getSmsPlan('one')).toThrow(`kept in format ${found}; this Surewatt reads format 1`);
  expect(store.listSmsPlans().map(({ id }) => id)).toEqual(['one']);
});

it('keeps networks with their unknown numbers, and notices an altered one', () => {
  const { store, file } = openFile();
  const roads = townRoads();
  roads.network.links[0]!.capacityPerHour = NaN;
  store.saveRoads(roads);
  store.saveRoads({ ...townRoads(8), importedAtMs: 2 });
  expect(store.getRoads(roads.id)).toEqual(roads);
  expect(store.listRoads().map(({ id }) => id)).toEqual(['roads-town-8', 'roads-town-7']);
  expect(store.getRoads(null)?.id).toBe('roads-town-7');
  expect(store.getRoads('roads-none')).toBeNull();
  alter(file, `UPDATE road_networks SET network_json = replace(network_json, '"from":"1"', '"from":"2"')`);
  expect(() => store.getRoads(roads.id)).toThrow(/"Town" is not a usable road network: .*altered/);
});
