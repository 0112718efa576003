import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import { calls } from '../../contract/calls.ts';
import { defaultMarket, type MarketPayload } from '../../contract/market.ts';
import { openDemoDesk, type DemoDesk } from '../fixtures/demo-desk.ts';
import { exportMarket, readMarketPlan } from './export-market.ts';
import type { MarketPlan } from './market-plan.ts';

const day = '2023-06-15';
let desk: DemoDesk;
let plan: MarketPlan;

async function make(changes: object = {}) {
  const reply = await desk.core.dispatch('market.make', { ...defaultMarket, day, states: 3, testDays: 28, ...changes });
  if (!reply.ok) throw new Error(reply.error.message);
  return desk.core.jobs.finished((reply.value as { jobId: string }).jobId);
}

beforeAll(async () => {
  desk = await openDemoDesk();
  const ended = await make();
  expect(ended.error).toBeNull();
  plan = readMarketPlan(desk.core.tools.store, (ended.result as { planId: string }).planId);
});
afterAll(() => desk.close());

describe('planMarket', () => {
  it('keeps its promises when they are walked forwards, and is stored with its hash', () => {
    expect(plan.check).toMatchObject({ passed: true });
    expect(plan.check.items).toHaveLength(4);
    const { contentHash, ...content } = plan;
    expect(desk.core.tools.hash(canonicalJson(content))).toBe(contentHash);
    expect(desk.core.tools.store.listMarketPlans(day)).toMatchObject([
      { id: plan.id, ambiguity: 'likelihood', passed: true },
    ]);
  });

  it('is refused in words where it is kept in another format, and read where it says none', () => {
    const { store, hash } = desk.core.tools;
    const { contentHash: _, ...content } = plan;
    const { schemaVersion, ...provenance } = content.provenance;
    const keep = (id: string, kept: typeof content.provenance): void => {
      const other = { ...content, id, provenance: kept };
      store.saveMarketPlan({ ...other, contentHash: hash(canonicalJson(other)) });
    };
    keep('newer', { ...provenance, schemaVersion: schemaVersion! + 1 });
    expect(() => store.getMarketPlan('newer')).toThrow('is kept in format 2; this Surewatt reads format 1');
    keep('before', provenance);
    expect(store.getMarketPlan('before')!.values).toEqual(plan.values);
  });

  it('guarantees no more than the estimate promises, and no less than the nominal policy has at worst', () => {
    const [nominal] = plan.values;
    for (const row of plan.values) {
      expect(row.guaranteed).toBeLessThanOrEqual(nominal!.guaranteed + 1e-6);
      expect(row.guaranteed).toBeGreaterThanOrEqual(row.nominalPolicyWorst - 1e-6);
      expect(row.robustPolicyExpected).toBeLessThanOrEqual(nominal!.guaranteed + 1e-6);
    }
  });

  it('holds a row with a confidence of its own: a wider one promises no more, and nothing else moves', async () => {
    const rows = [6, 7, 8, 17, 18, 19].map((hour) => ({ hour, state: 2, confidence: 0.999 }));
    const ended = await make({ rows });
    expect(ended.error).toBeNull();
    const wider = readMarketPlan(desk.core.tools.store, (ended.result as { planId: string }).planId);
    const own = (of: MarketPlan) => of.values.find(({ kind }) => kind === 'likelihood')!;
    expect(own(wider).guaranteed).toBeLessThan(own(plan).guaranteed);
    expect(wider.values.find(({ kind }) => kind === 'nominal')).toEqual(plan.values.find(({ kind }) => kind === 'nominal')); // prettier-ignore
    wider.problem.ambiguity.forEach((ofHour, slot) =>
      ofHour.forEach((set, state) => {
        const before = plan.problem.ambiguity[slot]![state]!;
        if (!('radius' in set) || !('radius' in before)) throw new Error(set.kind);
        const doubted = rows.some((row) => row.hour === wider.hours[slot] && row.state === state);
        if (doubted) expect(set.radius).toBeGreaterThan(before.radius);
        else expect(set.radius).toBe(before.radius);
      }),
    );
    const beyond = await make({ rows: [{ hour: 3, state: 3, confidence: 0.9 }] });
    expect(beyond.error).toMatchObject({ code: 'bad-request', message: expect.stringContaining('state 4') });
  });

  it('learns on line from a week on, and never guarantees more than the bound', () => {
    const bound = plan.values.find(({ kind }) => kind === plan.wish.ambiguity)!.guaranteed;
    expect(plan.learning!.map(({ days }) => days).slice(0, 3)).toEqual([7, 14, 28]);
    expect(plan.learning!.at(-1)!.days).toBe(plan.history.length);
    for (const { guaranteed } of plan.learning!) expect(guaranteed).toBeLessThanOrEqual(bound + 1e-6);
    const short = plan.learning!.map(({ guaranteed }) => bound - guaranteed);
    expect(short.at(-1)).toBeLessThan(short[0]! / 2);
  });

  it('learns no held-out day: nobody beats the prices known, whatever the policy', () => {
    expect(plan.replay.days).toHaveLength(28);
    for (const past of plan.replay.days) {
      const best = Math.max(past.nominalMoney, past.robustMoney, past.bidMoney);
      expect(past.hindsightMoney).toBeGreaterThanOrEqual(best - 1e-6);
    }
  });

  it('bids fall with the price, and the file says the same', () => {
    for (const curve of plan.bids.quantityKwh) expect(curve).toEqual(curve.toSorted((a, b) => b - a));
    const { fileName, text } = exportMarket(plan, 'bids');
    const lines = text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','));
    expect(fileName).toBe(`surewatt-plan-${plan.id}-bids.csv`);
    expect(lines).toHaveLength(24 * 3);
    expect(lines[0]![0]).toBe('2023-06-15T00:00:00+02:00');
    const total = lines.reduce((sum, cells) => sum + Number(cells[4]) - Number(cells[5]), 0);
    expect(1000 * total).toBeCloseTo(
      plan.bids.quantityKwh.flat().reduce((sum, kwh) => sum + kwh, 0),
      6,
    );
  });

  it('is shown with rows that sum to one and a worst law within its set', async () => {
    const reply = await desk.core.dispatch('market.get', { planId: plan.id });
    if (!reply.ok) throw new Error(reply.error.message);
    expect(calls['market.get'].response.safeParse(reply.value).error).toBeUndefined();
    const { rows } = reply.value as MarketPayload;
    for (const { estimate, worst, radius } of rows.flat()) {
      const sum = (law: Float64Array): number => law.reduce((all, share) => all + share, 0);
      expect(sum(estimate)).toBeCloseTo(1, 9);
      expect(sum(worst)).toBeCloseTo(1, 9);
      const divergence = estimate.reduce(
        (all, share, j) => (share > 0 ? all + share * Math.log(share / worst[j]!) : all),
        0,
      );
      expect(divergence).toBeLessThanOrEqual(radius + 1e-9);
    }
  });

  it('refuses to hold out more days than it can spare', async () => {
    expect(await make({ testDays: 150 })).toMatchObject({ state: 'failed', error: { code: 'out-of-range' } });
  });
});
