/** What is made of a plan for the market, on the demo with one fleet: the plant settled, its bids, and tariffs tried. */
import { beforeAll, expect, it } from 'vitest';
import { defaultTariffs } from '../../contract/tariffs.ts';
import { defaultBids, plantBids, vppSettlement } from '../../contract/vpp.ts';
import { onFirstAggregator } from '../fixtures/demo-desk.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask, ended } = onDemo();
let planId: string;

beforeAll(async () => {
  const fit = { method: 'conformal', shape: 'level', nominal: 0.95, windowDays: 120 } as const;
  const made = await onFirstAggregator(desk(), async () =>
    ended(
      await ask('plan.make', {
        day: '2023-06-15',
        set: 'budget',
        protection: 2,
        fit,
        timeLimitSeconds: unhurriedSeconds,
      }),
    ),
  );
  planId = (made.result as { planId: string }).planId;
});

it('settles the owners so that nobody is worse off, and the market pays what they receive', async () => {
  const job = await ended(await ask('vpp.settle', { planId }));
  expect(job.error).toBeNull();
  const settled = vppSettlement.parse(job.result);
  expect(settled.check).toEqual({ passed: true, problems: [] });
  expect(settled.accounts.map(({ kind }) => kind)).toEqual(['wind', 'wind', 'wind', 'wind', 'gas', 'storage', 'aggregator']); // prettier-ignore
  expect(settled.accounts.reduce((sum, { receivesCents }) => sum + receivesCents, 0)).toBe(settled.marketCents);
  for (const { netCents, aloneCents } of settled.accounts) expect(netCents).toBeGreaterThanOrEqual(aloneCents - 2);
  expect(settled.togetherCents).toBeGreaterThan(settled.aloneCents);
});

it('bids a rising curve per hour that stands the re-check, saved as it is shown', async () => {
  const wish = { ...defaultBids, planId, scenarios: 6, testDays: 3 };
  const job = await ended(await ask('vpp.bid', wish));
  expect(job.error).toBeNull();
  const bids = plantBids.parse(job.result);
  expect(bids.check).toEqual({ passed: true, problems: [] });
  expect(bids.curves).toHaveLength(24);
  // The newest day whose wind was known at the gate, noon of the day before.
  expect(bids.scenarios.map(({ label }) => label).at(-1)).toBe('2023-06-13');
  expect(bids.worst).toBeCloseTo(Math.min(...bids.scenarios.map(({ money }) => money)), 9);
  expect(bids.unseen.mean).toBeLessThanOrEqual(bids.unseenKnown.mean + 1e-6);
  const [, ...lines] = bids.file.text.trim().split('\r\n');
  expect(lines).toHaveLength(bids.curves.reduce((sum, curve) => sum + curve.length, 0));
  expect(lines[0]).toMatch(/^2023-06-15T00:00:00\+02:00,,/);
  const many = await ended(await ask('vpp.bid', { ...wish, scenarios: 60, testDays: 60 }));
  expect(many.error).toMatchObject({ code: 'too-little-history' });
});

it('tries every kind of tariff against the flat price, which gains nobody anything', async () => {
  const trial = await ask('tariffs.try', { planId, ...defaultTariffs });
  expect(trial.outcomes.map(({ kind }) => kind)).toEqual(['flat', 'time-of-use', 'critical-peak', 'real-time', 'incentive']); // prettier-ignore
  expect(trial.outcomes[0]).toMatchObject({ ownersGain: 0, utilityGains: 0, shiftedKwh: 0, carsWorseOff: 0 });
  for (const { bills, ownersGain } of trial.outcomes) {
    expect(ownersGain).toBeGreaterThanOrEqual(-1e-9);
    expect(bills + ownersGain).toBeCloseTo(trial.energyKwh * trial.flatPerKwh, 6);
  }
});

it('refuses a plan that is not there', async () => {
  for (const name of ['vpp.settle', 'vpp.bid'] as const) {
    const job = await ended(await ask(name, { ...defaultBids, planId: 'none' }));
    expect(job.error).toMatchObject({ code: 'plan-not-found' });
  }
  expect(await desk().core.dispatch('tariffs.try', { planId: 'none', ...defaultTariffs })).toMatchObject({ ok: false, error: { code: 'plan-not-found' } }); // prettier-ignore
});
