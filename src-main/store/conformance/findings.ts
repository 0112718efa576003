/** What every store keeps of findings, and of what the operator said of them. */
import { expect, it } from 'vitest';
import { importQuarters, quarterMs, startMs } from '../fixtures/samples.ts';
import type { StoreUnderTest } from './store-under-test.ts';

export function keepsFindings({ fresh }: StoreUnderTest): void {
  it('replaces findings but never a verdict', () => {
    const store = fresh();
    importQuarters(store, [1, 2, 900, 4]);
    const { id } = store.listSeries()[0]!;
    const spikeAt = { fromUtcMs: startMs + 2 * quarterMs, toUtcMs: startMs + 3 * quarterMs };
    const spike = { kind: 'spike', ...spikeAt, count: 1, detail: '900 MW after 2 MW' };
    const assess = () => {
      const flags = store.readSeries(id, startMs, startMs + 4 * quarterMs);
      flags.flags.set([0, 0, 8, 0]);
      store.replaceFlags(id, [{ ...flags, ranges: [spike] }]);
    };
    const bits = () => [...store.readSeries(id, startMs, startMs + 4 * quarterMs).flags];
    assess();
    expect(store.listFlags({ offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      ranges: [{ ...spike, override: null }],
    });
    expect(bits()).toEqual([0, 0, 8, 0]);
    expect(store.listSeries()[0]!.flaggedCount).toBe(1);
    const judged = store.overrideFlag(
      store.listFlags({ offset: 0, limit: 1 }).ranges[0]!.id,
      'good',
      'cup final',
      'ann',
    );
    expect(judged.override).toMatchObject({ verdict: 'good', reason: 'cup final', operator: 'ann' });
    assess();
    expect(store.listFlags({ seriesId: id, kind: 'spike', offset: 0, limit: 10 })).toEqual({
      total: 1,
      ranges: [judged],
    });
    expect(bits()).toEqual([0, 0, 8 | 512, 0]);
    expect(store.listSeries()[0]!.flaggedCount).toBe(0);
  });

  it('marks a range bad by hand, with a reason and an audit entry', () => {
    const store = fresh();
    importQuarters(store, [1, 2, 3, 4]);
    const { id } = store.listSeries()[0]!;
    expect(() => store.markBad(id, startMs, startMs + quarterMs, ' ', 'ann')).toThrow(/needs a reason/);
    const marked = store.markBad(id, startMs + quarterMs, startMs + 3 * quarterMs, 'meter swapped', 'ann');
    expect(marked).toMatchObject({ kind: 'operatorBad', count: 2, override: { verdict: 'bad' } });
    expect([...store.readSeries(id, startMs, startMs + 4 * quarterMs).flags]).toEqual([0, 256, 256, 0]);
    const quality = store.dayQuality(id, 'UTC');
    expect(quality.days).toEqual(['2023-06-15']);
    expect([quality.validShare[0], quality.flagged[0]]).toEqual([2 / 96, 2]);
    expect(store.listAudit({ offset: 0, limit: 5 }).entries.map(({ act }) => act)).toEqual(['telemetry.markBad']);
  });
}
