import { describe, expect, it } from 'vitest';
import type { Request } from '../../contract/calls.ts';
import { setComparison } from '../../contract/comparisons.ts';
import { onDemo } from '../fixtures/on-demo.ts';
import { unhurriedSeconds } from '../fixtures/unhurried.ts';

const { desk, ask } = onDemo({ aggregators: 1 });

const fit = { method: 'conformal', shape: 'per-slot', nominal: 0.95, windowDays: 60 } as const;
const options = { day: '2023-06-15', protection: 2, fit, timeLimitSeconds: unhurriedSeconds } as const;

describe('sets of whole days on the demo', () => {
  it('are planned with, checked, tested and read back', async () => {
    const { jobId } = await ask('plan.make', { ...options, set: 'ellipsoid' });
    const ended = await desk().core.jobs.finished(jobId);
    expect(ended.error).toBeNull();
    const plan = await ask('plan.get', ended.result as { planId: string });
    expect(plan.check.passed).toBe(true);
    expect(plan.daySet).toMatchObject({ kind: 'ellipsoid', evidence: { guarantee: { event: 'day' } } });
    plan.daySet!.worstKw.forEach((kw, slot) => expect(plan.worstDeviationKw[slot]).toBeCloseTo(Math.max(0, kw), 6));
    expect(plan.worstCase!.takes).toBeLessThanOrEqual(plan.worstCase!.holds + 1e-2);
    const { worstCase } = plan;
    const furthest = worstCase!.deviationKw.find(({ id }) => id === worstCase!.componentId)!;
    expect(furthest.valueKw[worstCase!.componentSlot]).toBeCloseTo(worstCase!.componentKw, 9);
    expect(worstCase!.componentKw).toBeGreaterThan(0);
    expect(plan.worstFindings.map(({ kind }) => kind)).toEqual(['voltage']);
    // The held-out days are those the set was judged on, as the test phase saw them.
    expect(plan.test!.source).toBe('resampled-real-errors');
    expect(plan.test!.bounds.binomial).toBeCloseTo(1 - plan.daySet!.evidence.guarantee.probability!, 9);
    expect(await ask('uncertainty.fit', { day: options.day, ...fit, set: 'ellipsoid' })).toMatchObject({
      setId: plan.provenance.setId,
      daySet: { kind: 'ellipsoid', size: plan.daySet!.size },
    });
  });

  it('says in its row which kind a frozen set cannot give', async () => {
    const { setId } = await ask('uncertainty.fit', { day: options.day, ...fit });
    await ask('uncertainty.freeze', { setId, name: 'plain', note: '' });
    const { jobId } = await ask('plan.compareSets', {
      ...options,
      fit: { ...fit, setId },
      kinds: ['factor', 'interval'],
    });
    const { result } = await desk().core.jobs.finished(jobId);
    const [factor, interval] = setComparison.parse(result).rows;
    expect(factor).toMatchObject({ state: 'failed', set: null });
    expect(factor!.problem).toMatch(/intervals only, not "factor"/);
    expect(interval!.state).toBe('solved');
  });

  it('take the margin of the law that is assumed', async () => {
    const sizeOf = async (moments: 'cantelli' | 'unimodal' | 'gaussian') =>
      (await ask('uncertainty.fit', { day: options.day, ...fit, set: 'moment', moments })).daySet!.size.value;
    expect(await sizeOf('cantelli')).toBeCloseTo(Math.sqrt(19), 9);
    expect(await sizeOf('unimodal')).toBeCloseTo(Math.sqrt((4 - 0.45) / 0.45), 9);
    expect(await sizeOf('gaussian')).toBeCloseTo(1.6449, 4);
  });

  it('stand side by side, and a budget over fewer slots costs no more than over all', async () => {
    const compare = async (kinds: Request<'plan.compareSets'>['kinds'], more: object = {}) => {
      const { jobId } = await ask('plan.compareSets', { ...options, ...more, kinds });
      const ended = await desk().core.jobs.finished(jobId);
      expect(ended.error).toBeNull();
      return setComparison.parse(ended.result).rows;
    };
    const [interval, budget, factor] = await compare(['interval', 'budget', 'factor']);
    const [fewer] = await compare(['budget'], { slotProtection: 12 });
    for (const row of [interval!, budget!, factor!, fewer!]) {
      expect(row).toMatchObject({ state: 'solved', problem: '' });
      expect(row.set!.evidence.measured.perSlot).toHaveLength(96);
      expect(row.worstCase!.holds).toBeGreaterThan(0);
    }
    expect(budget!.totalCost).toBeLessThanOrEqual(interval!.totalCost + 0.01);
    expect(fewer!.totalCost).toBeLessThan(budget!.totalCost - 1);
    expect(fewer!.set!.worstDayKwh).toBeLessThan(budget!.set!.worstDayKwh);
    expect(interval!.set!.evidence.guarantee).toMatchObject({ event: 'interval', probability: 0.95 });
    expect(budget!.set!.evidence.guarantee.source).toBe('Bertsimas and Sim');
    expect(await ask('plan.list', { day: '2023-06-14' })).toEqual([]);
  });
});
