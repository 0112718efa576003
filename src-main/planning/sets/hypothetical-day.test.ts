import { describe, expect, it } from 'vitest';
import type { HypotheticalChangePayload } from '../../contract/uncertainty.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask } = onDemo({ aggregators: 1 });

const fit = { method: 'conformal', shape: 'per-slot', nominal: 0.95, windowDays: 60 } as const;
const options = { day: '2023-06-15', ...fit };
const change = (of: Partial<HypotheticalChangePayload>): HypotheticalChangePayload => ({
  componentId: 'load',
  fromSlot: 68,
  toSlot: 84,
  amount: 8,
  unit: 'percent',
  ...of,
});
const madeUp = (changes: HypotheticalChangePayload[], planId: string | null = null) =>
  ask('uncertainty.hypothetical', { options, changes, planId });

describe('a made-up day', () => {
  it('takes percent of what is expected, kW as they are, and adds up', async () => {
    const { components } = await ask('uncertainty.fit', options);
    const load = components.find(({ id }) => id === 'load')!;
    const day = await madeUp([change({}), change({ fromSlot: 80, toSlot: 96, amount: -3, unit: 'kW' })]);
    const { errorKw } = day.components.find(({ id }) => id === 'load')!;
    expect(errorKw[67]).toBe(0);
    expect(errorKw[68]).toBeCloseTo(0.08 * load.centreKw[68]!, 9);
    expect(errorKw[83]).toBeCloseTo(0.08 * load.centreKw[83]! - 3, 9);
    expect(errorKw[84]).toBeCloseTo(-3, 9);
  });

  it('never lets wind blow less than nothing', async () => {
    const { components } = await ask('uncertainty.fit', options);
    const wind = components.find(({ id }) => id === 'wind')!;
    const day = await madeUp([change({ componentId: 'wind', fromSlot: 0, toSlot: 96, amount: -1e6, unit: 'kW' })]);
    day.components
      .find(({ id }) => id === 'wind')!
      .errorKw.forEach((kw, slot) => expect(kw).toBeCloseTo(-Math.max(0, wind.centreKw[slot]!), 9));
  });

  it('needs the protection that its fullest slot uses, and none is enough outside the intervals', async () => {
    const { components } = await ask('uncertainty.fit', options);
    const half = (id: string) => components.find((one) => one.id === id)!.halfWidthKw[40]!;
    const at = (id: string, share: number) =>
      change({ componentId: id, fromSlot: 40, toSlot: 41, amount: share * half(id), unit: 'kW' });
    expect((await madeUp([])).smallestProtection).toBe(0);
    expect((await madeUp([at('load', 0.75), at('wind', 0.5)])).smallestProtection).toBeCloseTo(1.25, 9);
    const outside = await madeUp([at('load', 1.5)]);
    expect(outside.smallestProtection).toBeNull();
    expect(outside.components[0]).toMatchObject({ id: 'load', slot: 40 });
    expect(outside.components[0]!.largest).toBeCloseTo(1.5, 9);
    expect(outside.used[40]).toBeCloseTo(1.5, 9);
  });

  it('would widen the set it lies far outside of, and only that of its component', async () => {
    const day = await madeUp([change({ fromSlot: 0, toSlot: 96, amount: 60 })]);
    const [load, wind] = day.components;
    expect(load!.meanWidthAfterKw).toBeGreaterThan(load!.meanWidthKw);
    expect(wind!.meanWidthAfterKw).toBeLessThanOrEqual(wind!.meanWidthKw);
  });

  it('is replayed against the plan: small deviations are stood, a monstrous one is not', async () => {
    const wish = { day: options.day, set: 'budget', protection: 2, fit, timeLimitSeconds: unhurriedSeconds } as const;
    const { jobId } = await ask('plan.make', wish);
    const ended = await desk().core.jobs.finished(jobId);
    expect(ended.error).toBeNull();
    const { planId } = ended.result as { planId: string };
    const calm = await madeUp([change({ amount: 0.1 })], planId);
    expect(calm.plan).toMatchObject({ planId, survives: true, unservedKwh: 0, violatedSlots: [] });
    const storm = await madeUp([change({ amount: 900 })], planId);
    expect(storm.plan!.survives).toBe(false);
    expect(storm.plan!.unservedKwh).toBeGreaterThan(100);
    expect(storm.plan!.firstSlot).toBeGreaterThanOrEqual(68);
    expect(storm.plan!.limit).toMatch(/short$/);
  });

  it('is stored nowhere', async () => {
    const { store } = desk().core.tools;
    const holdings = () => ({
      sets: store.listSets(),
      series: store.listSeries(),
      audit: store.listAudit({ offset: 0, limit: 1 }).total,
    });
    const before = holdings();
    await madeUp([change({ amount: 12.34 })]);
    expect(holdings()).toEqual(before);
  });

  it.each([
    ['a component that is not there', { componentId: 'moon' }, 'not-found'],
    ['a time that ends before it begins', { fromSlot: 20, toSlot: 20 }, 'out-of-range'],
    ['a time beyond the day', { toSlot: 97 }, 'out-of-range'],
  ] as const)('refuses %s', async (_, of, code) => {
    await expect(madeUp([change(of)])).rejects.toThrow(code);
  });
});
