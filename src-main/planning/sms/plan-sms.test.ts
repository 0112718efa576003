import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { RoadsGeometryPayload } from '../../contract/roads.ts';
import type { SmsPlanPayload } from '../../contract/sms.ts';
import { exportSmsPlan } from './export-sms-plan.ts';
import { openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { townGrid, townRoads, townStorage } from '../fixtures/mobile-town.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';
import type { SmsPlanRecord } from './mobile-ports.ts';
import { smsExceptions } from './sms-exceptions.ts';
import { truckTotals } from './truck-totals.ts';
import { checkSms, readSmsPlan, verifySmsPlan } from './verify-sms-plan.ts';

const day = '2023-06-15';
let desk: DemoDesk;
let record: SmsPlanRecord;
let rounds: unknown[];

/** One truck and two grids of the town: the search stops with its first plan, however long that takes. */
async function make(changes: object = {}): Promise<{ state: string; error: unknown; planId: string }> {
  const reply = await desk.core.dispatch('sms.make', {
    day,
    timeLimitSeconds: unhurriedSeconds,
    overrides: [],
    basedOn: null,
    ...changes,
  });
  if (!reply.ok) throw new Error(reply.error.message);
  const { jobId } = reply.value as { jobId: string };
  desk.core.jobs.useBest(jobId);
  const ended = await desk.core.jobs.finished(jobId);
  return { state: ended.state, error: ended.error, planId: (ended.result as { planId: string } | null)?.planId ?? '' };
}

async function view(planId: string): Promise<SmsPlanPayload> {
  const reply = await desk.core.dispatch('sms.get', { planId });
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value as SmsPlanPayload;
}

beforeAll(async () => {
  desk = await openDemoDesk();
  const { store } = desk.core.tools;
  store.saveRoads(townRoads());
  const generous = { rentMenuPerKwh: [0.03], generatorKw: 4000, importLimitKw: 3000 };
  const grids = [
    townGrid('west', { windShare: 1.5e-4, loadShare: 5e-5, rentMenuPerKwh: [0.03] }),
    townGrid('east', { windShare: 0, ...generous }),
  ];
  const roads = { ...townStorage().roads, networkId: townRoads().id };
  store.saveMobileStorage(townStorage({ grids, roads, margin: 'unimodal-symmetric' }), 'ann');
  rounds = [];
  const stop = desk.core.onEvent((event) => event.name === 'sms-round' && rounds.push(event.payload.round));
  const { planId, error } = await make();
  stop();
  expect(error).toBeNull();
  record = readSmsPlan(store, planId);
});
afterAll(() => desk.close());

describe('planSms', () => {
  it('stores a checked plan with its hash, and told of its rounds', () => {
    expect(record.check).toMatchObject({ passed: true, breaches: [] });
    expect(record.check.checked).toBeGreaterThan(500);
    const { contentHash, status, ...content } = record;
    expect(status).toBe('draft');
    expect(desk.core.tools.hash(canonicalJson(content))).toBe(contentHash);
    expect(rounds).toHaveLength(record.rounds.length);
    expect(desk.core.tools.store.listSmsPlans(day)).toMatchObject([{ id: record.id, passed: true, overrides: 0 }]);
    expect(verifySmsPlan(desk.core.tools.store, record.id).check).toEqual(record.check);
  });

  it('takes load, wind and the market price of the day from the store', () => {
    const [west, east] = record.problem.grids;
    expect(west!.windMw).toHaveLength(24);
    expect(Math.max(...west!.windMw)).toBeGreaterThan(2);
    expect(east!.windMw.every((mw) => mw === 0) && east!.downsideMarginMw.every((mw) => mw === 0)).toBe(true);
    // SMARD, 15 June 2023, 20 h: 179.28 EUR/MWh; the grid pays 20 more.
    expect(east!.importUsdPerMwh[20]).toBeCloseTo(199.28, 6);
    expect(west!.loadMw[20]! / east!.loadMw[20]!).toBeCloseTo(0.5, 9);
  });

  it('measures on held-out days how often the margin is too small', () => {
    const [west, east] = record.evidence.violations;
    expect(west!.days).toBeGreaterThan(30);
    expect(west!.allSlots.trials).toBe(24 * west!.days);
    expect(west!.worstSlot.share).toBeGreaterThanOrEqual(west!.allSlots.share);
    expect(west!.anySlot.share).toBeGreaterThanOrEqual(west!.worstSlot.share);
    expect(east!.days).toBe(0);
    expect(record.evidence.errorCorrelation[0]![0]).toBeCloseTo(1, 9);
    expect(record.evidence.errorCorrelation[0]![1]).toBeNaN();
  });

  it('shows the same day as its record, in kW', async () => {
    const shown = await view(record.id);
    const [truck] = shown.trucks;
    expect([...truck!.energyKwh]).toEqual(record.plan.trucks[0]!.energyMwh.map((mwh) => 1000 * mwh));
    expect(shown.owner.profit).toBe(record.plan.ownerProfitUsd);
    const rent = shown.trucks.reduce((sum, { totals }) => sum + totals.rent, 0);
    expect(rent).toBeCloseTo(shown.owner.rent, 6);
    expect(shown.grids.reduce((sum, { totals }) => sum + totals.rent, 0)).toBeCloseTo(rent, 6);
    shown.grids.forEach((grid) =>
      grid.netKw.forEach((net, slot) => {
        const supplied = grid.importKw[slot]! + grid.generatorKw[slot]! + grid.unservedKw[slot]! - grid.dumpKw[slot]!;
        expect(supplied).toBeCloseTo(net, 2);
      }),
    );
    const { drivingSlots, workingSlots, idleSlots } = truck!.totals;
    expect(drivingSlots + workingSlots + idleSlots).toBe(24);
  });

  it('a grid on an imported feeder is planned bus by bus, and tells its lowest voltage', async () => {
    const { store } = desk.core.tools;
    const before = store.getMobileStorage()!;
    const feeder = { feederId: null, stationBus: '18', windBus: '33' };
    const east = townGrid('east', { windShare: 0, loadShare: 2e-5, rentMenuPerKwh: [0.03], feeder });
    store.saveMobileStorage({ ...before, grids: [before.grids[0]!, east] }, 'ann');
    const made = await make();
    store.saveMobileStorage(before, 'ann');
    expect(made.error).toBeNull();
    const own = readSmsPlan(store, made.planId);
    expect(own.check).toMatchObject({ passed: true, breaches: [] });
    const [west, shown] = (await view(made.planId)).grids;
    expect(west!.feeder).toBeNull();
    const voltages = own.plan.grids[1]!.feeder!.voltagePu;
    expect(voltages).toHaveLength(33);
    const { lowestPu, minPu, worst } = shown!.feeder!;
    expect(Math.min(...lowestPu)).toBe(Math.min(...voltages.flat()));
    expect(lowestPu[worst.slot]).toBe(Math.min(...lowestPu));
    expect(Math.min(...lowestPu)).toBeGreaterThanOrEqual(minPu - 1e-6);
    // Load behind the lines pulls the far end below the substation.
    expect(Math.max(...lowestPu)).toBeLessThan(1);
  });

  it('counts a truck that was forbidden to work as idle, and does not wonder why', () => {
    const [truck] = record.plan.trucks;
    const still = record.plan.grids[0]!.importMw.map(() => 0);
    const idle = { ...truck!, chargeMw: still, dischargeMw: still };
    const problem = { ...record.problem, trucks: [{ ...record.problem.trucks[0]!, powerMw: 0 }] };
    const parked = { ...record, problem, plan: { ...record.plan, trucks: [idle] } };
    expect(truckTotals(parked, 0, still)).toMatchObject({ utilisation: 0, workingSlots: 0, cycles: 0 });
    const codes = (one: SmsPlanRecord) => smsExceptions(one).map(({ code }) => code);
    expect(codes(parked)).toContain('idle-truck');
    expect(codes({ ...parked, overrides: [{ kind: 'forbid-truck', truck: 'a' }] })).not.toContain('idle-truck');
  });

  it('names what must be mended before the trucks are sent', () => {
    const unserved = record.problem.grids[1]!.loadMw.map((_, slot) => (slot === 7 || slot === 8 ? 0.25 : 0));
    const [west, east] = record.plan.grids;
    const short = { ...record, plan: { ...record.plan, grids: [west!, { ...east!, unservedMw: unserved }] } };
    expect(smsExceptions(short)[0]).toMatchObject({
      level: 1,
      code: 'unserved',
      cause: 'Grid east is short of 500 kWh.',
      fromSlot: 7,
      toSlot: 8,
      subject: { kind: 'grid', index: 1 },
    });
  });

  it('gives the map of the network the plan drives on', async () => {
    const reply = await desk.core.dispatch('roads.get', { roadsId: record.roadsId });
    if (!reply.ok) throw new Error(reply.error.message);
    const map = reply.value as RoadsGeometryPayload;
    expect(map).toMatchObject({ nodes: 24, links: 76, coordinates: 'drawing', classes: ['arterial', 'street'] });
    const { links, nodes } = townRoads().network;
    links.forEach((link, at) => {
      expect(map.nodeIds[map.linkFrom[at]!]).toBe(link.from);
      expect(map.nodeIds[map.linkTo[at]!]).toBe(link.to);
      expect(map.classes[map.linkClass[at]!]).toBe(link.roadClass);
      expect(map.names[map.linkName[at]!]).toBe(link.name);
    });
    expect([...map.x]).toEqual(nodes.map(({ x }) => x));
    const { terminals } = await view(record.id);
    expect(terminals.map(({ node }) => map.nodeIds[node])).toEqual(['1', '9', '24']);
  });

  it('approves with a reason, once, and only what passes the check now', async () => {
    const { store } = desk.core.tools;
    const approve = (planId: string, reason: string) => desk.core.dispatch('sms.approve', { planId, reason });
    expect(await approve(record.id, ' ')).toMatchObject({ ok: false, error: { code: 'reason-needed' } });
    expect(await approve('none', 'fine')).toMatchObject({ ok: false, error: { code: 'plan-not-found' } });
    expect(await approve(record.id, 'as discussed')).toMatchObject({ ok: true, value: { status: 'approved' } });
    expect((await view(record.id)).status).toBe('approved');
    expect(await approve(record.id, 'again')).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const audited = store.listAudit({ offset: 0, limit: 1 }).entries[0];
    expect(audited).toMatchObject({ act: 'sms-plan.approve', subject: record.id, detail: { reason: 'as discussed' } });

    const [truck] = record.plan.trucks;
    const overfull = { ...truck!, energyMwh: truck!.energyMwh.map((mwh) => mwh + 5) };
    const { contentHash: _, status: __, ...content } = { ...record, id: 'overfull' };
    const broken = { ...content, plan: { ...content.plan, trucks: [overfull] } };
    store.saveSmsPlan({ ...broken, status: 'draft', contentHash: desk.core.tools.hash(canonicalJson(broken)) });
    expect(await approve('overfull', 'fine')).toMatchObject({ ok: false, error: { code: 'plan-fails-check' } });
    expect(store.listSmsPlans(day).map(({ id, status }) => [id, status])).toContainEqual(['overfull', 'draft']);
  });

  it('refuses what does not hold, and leaves nothing behind', async () => {
    const before = desk.core.tools.store.listSmsPlans().length;
    expect(await make({ basedOn: 'no-such-plan' })).toMatchObject({
      state: 'failed',
      error: { code: 'plan-not-found' },
    });
    const road = { kind: 'close-road', links: [{ from: '1', to: '24' }] };
    expect(await make({ overrides: [road] })).toMatchObject({ state: 'failed', error: { code: 'routes-impossible' } });
    const cap = { kind: 'cap-price', grid: 'west', rentPerKwh: 0.01, fromSlot: 0, untilSlot: 24 };
    expect(await make({ overrides: [cap] })).toMatchObject({ state: 'failed', error: { code: 'bad-request' } });
    const late = { ...cap, rentPerKwh: 1, untilSlot: 25 };
    expect(await make({ overrides: [late] })).toMatchObject({ state: 'failed', error: { code: 'bad-request' } });
    const reply = await desk.core.dispatch('sms.make', {
      day,
      timeLimitSeconds: unhurriedSeconds,
      overrides: [],
      basedOn: null,
      epsilon: 1,
    });
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(desk.core.tools.store.listSmsPlans()).toHaveLength(before);
  });
});

describe('checkSms', () => {
  const parts = () => ({ ...record, roads: townRoads() });
  const driven = () => record.ways[0]!;
  it('finds a way that leaps, a road that is closed, a trip too fast and one too late', () => {
    expect(record.ways.length).toBeGreaterThan(0);
    const { links } = townRoads().network;
    const taken = links[driven().links[0]!]!;
    const limitsOf = (change: object, storage = record.storage): string[] =>
      checkSms({
        ...parts(),
        storage,
        ways: record.ways.map((way, at) => (at === 0 ? { ...way, ...change } : way)),
      }).breaches.map(({ limit }) => limit);
    expect(limitsOf({})).toEqual([]);
    expect(limitsOf({ nodes: [...driven().nodes].reverse() })).toContain('way');
    expect(limitsOf({ minutesAt: driven().minutesAt.map((minute) => minute / 3) })).toContain('free-flow time');
    expect(limitsOf({ latestMinutes: 1e4 })).toContain('arrival in time');
    expect(limitsOf({ lengthKm: driven().lengthKm + 1 })).toContain('trip length');
    expect(limitsOf({ minutes: driven().minutes * 0.9 })).toContain('trip time');
    expect(limitsOf({ latestMinutes: driven().minutes })).toContain('latest arrival');
    expect(limitsOf({ lateLinks: 0 })).toContain('arrival confidence');
    const { lateLinks: _, ...unkept } = driven();
    const older = checkSms({ ...parts(), ways: [unkept, ...record.ways.slice(1)] });
    expect(older.breaches).toEqual([]);
    const closed = { ...record.storage, roads: { ...record.storage.roads, closedLinks: [taken] } };
    expect(limitsOf({}, closed)).toContain('way');
    expect(checkSms({ ...parts(), ways: record.ways.slice(1) }).passed).toBe(false);
  });
});

describe('exportSmsPlan', () => {
  const text = (format: 'csv' | 'slots' | 'geo' | 'json') => exportSmsPlan(record, townRoads(), format).text;
  it('gives one row per leg with times and their offset', () => {
    const [header, ...rows] = text('csv').trim().split('\r\n');
    expect(header).toBe(
      'truck,leg,what,from,to,start,end,latest end,distance (km),charge (kWh),discharge (kWh),driving (kWh),energy at the end (kWh)',
    );
    expect(rows).toHaveLength(record.plan.trucks[0]!.legs.length);
    expect(rows[0]).toMatch(/^Truck a,1,(stay|drive),Place depot,Place \w+,2023-06-15T00:00:00\+02:00,/);
    expect(text('slots').trim().split('\r\n')).toHaveLength(25);
  });
  it('gives features on the nodes driven over, without claiming a place on the earth for a drawing', () => {
    const map = JSON.parse(text('geo')) as {
      coordinates: string;
      features: { geometry: { coordinates: unknown[] } }[];
    };
    expect(map.coordinates).toBe('drawing');
    expect(map.features).toHaveLength(3 + record.plan.trucks[0]!.legs.filter(({ kind }) => kind === 'travel').length);
    expect(map.features[3]!.geometry.coordinates).toHaveLength(record.ways[0]!.nodes.length);
  });
});
