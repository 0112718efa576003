import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlagRange, Store } from '../planning/ports.ts';
import { isFlagged } from './day-chunk.ts';
import { importFile, importQuarters, loadFile, quarterMs, startMs } from './fixtures/samples.ts';
import { withStore } from './fixtures/open-at.ts';
import { scratchStore } from './fixtures/scratch.ts';

const at = (slot: number) => startMs + slot * quarterMs;
const finding = (kind: string, from: number, to: number) => ({
  kind,
  fromUtcMs: at(from),
  toUtcMs: at(to),
  count: to - from,
  detail: `${kind} ${from} to ${to}`,
});
const read = (store: Store, slots: number) => store.readSeries(1, at(0), at(slots));
const bits = (store: Store, slots: number) => [...read(store, slots).flags];
const ranges = (store: Store, kind?: string): FlagRange[] =>
  store.listFlags({ seriesId: 1, ...(kind ? { kind } : {}), offset: 0, limit: 99 }).ranges;

/** Findings and bits of one kind together, as the telemetry room hands them over. */
function assess(store: Store, slots: number, bit: number, found: ReturnType<typeof finding>[]): void {
  const series = read(store, slots);
  series.flags.fill(0);
  for (const { fromUtcMs, toUtcMs } of found)
    series.flags.fill(bit, (fromUtcMs - at(0)) / quarterMs, (toUtcMs - at(0)) / quarterMs);
  store.replaceFlags(1, [{ ...series, ranges: found }]);
}

describe('replacing flags', () => {
  it('flags a gap where nothing is stored, and forgets it when it is filled', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2]);
    importQuarters(store, [3], at(300), { fileHash: 'later' });
    assess(store, 301, 1, [finding('gap', 2, 300)]);
    expect(bits(store, 301).filter((flags) => flags === 1)).toHaveLength(298);
    expect(store.listSeries()[0]).toMatchObject({ valueCount: 3, flaggedCount: 298, toUtcMs: at(301) });
    assess(store, 301, 1, []);
    expect(bits(store, 301).every((flags) => flags === 0)).toBe(true);
    expect(ranges(store)).toEqual([]);
  });

  it('asks anew for the part of a grown finding that nobody judged', () => {
    const { store } = scratchStore();
    importQuarters(store, new Array<number>(12).fill(7));
    assess(store, 12, 4, [finding('frozen', 4, 8)]);
    store.overrideFlag(ranges(store)[0]!.id, 'good', 'night load', 'ann');
    assess(store, 12, 4, [finding('frozen', 2, 11), finding('gap', 5, 6)]);
    expect(
      ranges(store, 'frozen').map(({ fromUtcMs, toUtcMs, count, override }) => [
        fromUtcMs,
        toUtcMs,
        count,
        override?.verdict,
      ]),
    ).toEqual([
      [at(2), at(4), 2, undefined],
      [at(4), at(8), 4, 'good'],
      [at(8), at(11), 3, undefined],
    ]);
    expect(ranges(store, 'gap')).toHaveLength(1);
    expect(bits(store, 12)).toEqual([0, 0, 4, 4, 516, 516, 516, 516, 4, 4, 4, 0]);
  });

  it('refuses flags that are not on the grid of the series, and changes nothing', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    assess(store, 3, 8, [finding('spike', 1, 2)]);
    const series = read(store, 3);
    const piece = { ...series, ranges: [] };
    for (const change of [{ stepMinutes: 60 }, { startUtcMs: startMs + 1 }])
      expect(() => store.replaceFlags(1, [{ ...piece, ...change }])).toThrow(/not on the grid/);
    expect(() => store.replaceFlags(1, [piece, piece])).toThrow(/do not follow one another/);
    expect(() => store.replaceFlags(5, [piece])).toThrow(/no series "5"/);
    expect(ranges(store)).toHaveLength(1);
    expect(bits(store, 3)).toEqual([0, 8, 0]);
  });
});

describe('a verdict', () => {
  it('needs a reason and a finding', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    assess(store, 3, 8, [finding('spike', 1, 2)]);
    const [{ id }] = ranges(store) as [FlagRange];
    expect(() => store.overrideFlag(id, 'good', '', 'ann')).toThrow(/reason/);
    expect(() => store.overrideFlag(id + 1, 'good', 'x', 'ann')).toThrow(/no flag/);
    expect(() => store.markBad(1, at(1), at(1), 'x', 'ann')).toThrow(/not after its start/);
    expect(() => store.markBad(2, at(1), at(2), 'x', 'ann')).toThrow(/no series/);
    expect(store.listAudit({ offset: 0, limit: 9 }).total).toBe(0);
  });

  it('is never taken from a file', () => {
    const { store } = scratchStore();
    importFile(store, loadFile(), (writer) => writer.addSamples([{ utcMs: at(0), value: 1, flags: 8 | 256 | 512 }]));
    expect(bits(store, 1)).toEqual([8]);
  });

  it('can be turned round, and the log keeps what it was', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    const { id } = store.markBad(1, at(0), at(2), 'meter off', 'ann');
    expect(bits(store, 3)).toEqual([256, 256, 0]);
    store.overrideFlag(id, 'good', 'meter was right', 'bo');
    expect(bits(store, 3)).toEqual([512, 512, 0]);
    const [latest] = store.listAudit({ offset: 0, limit: 1 }).entries;
    expect(latest).toMatchObject({
      act: 'telemetry.override',
      operator: 'bo',
      subject: 'series 1',
      detail: { before: { verdict: 'bad', operator: 'ann' }, after: { verdict: 'good', reason: 'meter was right' } },
    });
  });

  it('holds for a value that the range only touches', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3, 4]);
    store.markBad(1, at(1) + 60_000, at(2) + 60_000, 'flicker', 'ann');
    expect(bits(store, 4)).toEqual([0, 256, 256, 0]);
  });

  it('survives another file, and reaches values that come later into its range', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3]);
    store.markBad(1, at(2), at(5), 'meter off', 'ann');
    importQuarters(store, [20, 30, 40, 50, 60], at(1), { fileHash: 'second' });
    expect(bits(store, 6)).toEqual([0, 0, 256, 256, 256, 0]);
    expect(store.listSeries()[0]!.flaggedCount).toBe(3);
  });

  it('is on every value as the latest one to cover it says, whatever happened in between', () => {
    const act = fc.record({
      kind: fc.constantFrom('mark', 'override', 'assess', 'import'),
      from: fc.integer({ min: 0, max: 190 }),
      length: fc.integer({ min: 1, max: 40 }),
      pick: fc.nat(),
      verdict: fc.constantFrom('good' as const, 'bad' as const),
    });
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 8 }), (acts) =>
        withStore((store) => {
          const slots = 240;
          importQuarters(
            store,
            Array.from({ length: slots }, (_, slot) => slot),
          );
          acts.forEach(({ kind, from, length, pick, verdict }, turn) => {
            const known = ranges(store);
            if (kind === 'mark') store.markBad(1, at(from), at(from + length), 'r', 'o');
            else if (kind === 'assess') assess(store, slots, 8, [finding('spike', from, from + length)]);
            else if (kind === 'import')
              importQuarters(store, new Array<number>(length).fill(turn), at(from), { fileHash: `${turn}` });
            else if (known.length > 0) store.overrideFlag(known[pick % known.length]!.id, verdict, 'r', 'o');
          });
          const judged = ranges(store).filter(({ override }) => override !== null);
          judged.sort((a, b) => a.override!.atMs - b.override!.atMs);
          const flags = bits(store, slots);
          flags.forEach((found, slot) => {
            const last = judged.findLast(({ fromUtcMs, toUtcMs }) => fromUtcMs <= at(slot) && at(slot) < toUtcMs);
            expect(found & 768).toBe(last ? { good: 512, bad: 256 }[last.override!.verdict] : 0);
          });
          expect(store.listSeries()[0]).toMatchObject({
            valueCount: slots,
            flaggedCount: flags.filter(isFlagged).length,
          });
        }),
      ),
      { numRuns: 60 },
    );
  });
});

describe('listing flags', () => {
  it('filters by series and kind, in order of time, a page at a time', () => {
    const { store } = scratchStore();
    importQuarters(store, [1, 2, 3, 4]);
    importQuarters(store, [1], at(0), { series: { ...loadFile().series!, name: 'Other' } });
    assess(store, 4, 8, [finding('spike', 2, 3), finding('gap', 0, 1), finding('spike', 1, 2)]);
    store.markBad(2, at(0), at(1), 'r', 'o');
    const list = (filter: Parameters<Store['listFlags']>[0]) => {
      const { total, ranges: page } = store.listFlags(filter);
      return [total, ...page.map(({ detail }) => detail)];
    };
    expect(list({ offset: 0, limit: 10 })).toEqual([4, 'gap 0 to 1', 'spike 1 to 2', 'spike 2 to 3', 'r']);
    expect(list({ kind: 'spike', offset: 1, limit: 1 })).toEqual([2, 'spike 2 to 3']);
    expect(list({ seriesId: 2, offset: 0, limit: Number.MAX_SAFE_INTEGER })).toEqual([1, 'r']);
  });
});

describe('dayQuality', () => {
  it('counts against the 23, 24 and 25 hours of the local day', () => {
    const { store } = scratchStore();
    const local = Date.parse('2022-10-28T22:00Z');
    // 29 October whole, 30 October (25 hours) without its last hour.
    importQuarters(store, new Array<number>(96 + 96).fill(5), local);
    store.markBad(1, local, local + 24 * quarterMs, 'r', 'o');
    const quality = store.dayQuality(1, 'Europe/Berlin');
    expect(quality.days).toEqual(['2022-10-29', '2022-10-30']);
    expect([...quality.validShare]).toEqual([0.75, 0.96]);
    expect([...quality.flagged]).toEqual([24, 0]);
  });
  it('is empty for a series without a number', () => {
    const { store } = scratchStore();
    importQuarters(store, [NaN, NaN]);
    expect(store.listSeries()[0]).toMatchObject({ fromUtcMs: 0, toUtcMs: 0, valueCount: 0 });
    expect(store.dayQuality(1, 'Europe/Berlin').days).toEqual([]);
  });
});
