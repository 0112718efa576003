import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../planning/ports.ts';
import type { Sample } from '../telemetry/types.ts';
import { isFlagged } from './day-chunk.ts';
import { importFile, loadFile, quarterMs, quarters, startMs } from './fixtures/samples.ts';
import { withStore } from './fixtures/open-at.ts';
import { scratchStore } from './fixtures/scratch.ts';

/** What a series must hold after some files, the slow and obvious way. */
class Model {
  readonly values = new Map<number, Sample>();
  import(file: readonly Sample[]): { storedCount: number; flaggedCount: number; replacedCount: number } {
    const own = new Map(file.map((sample) => [sample.utcMs, sample]));
    const replaced = [...own.keys()].filter((utcMs) => !Number.isNaN(this.values.get(utcMs)?.value ?? NaN));
    for (const [utcMs, sample] of own) this.values.set(utcMs, sample);
    const flagged = [...own.values()].filter(({ flags }) => isFlagged(flags));
    return { storedCount: own.size, flaggedCount: flagged.length, replacedCount: replaced.length };
  }
  expectHeldBy(store: Store, stepMs: number): void {
    const info = store.listSeries()[0]!;
    const numbers = [...this.values.values()].filter(({ value }) => !Number.isNaN(value));
    const instants = numbers.map(({ utcMs }) => utcMs);
    expect(info.valueCount).toBe(numbers.length);
    expect(info.flaggedCount).toBe([...this.values.values()].filter(({ flags }) => isFlagged(flags)).length);
    if (numbers.length > 0)
      expect([info.fromUtcMs, info.toUtcMs]).toEqual([Math.min(...instants), Math.max(...instants) + stepMs]);
    const all = [...this.values.keys()];
    const read = store.readSeries(info.id, Math.min(...all) - 3 * stepMs, Math.max(...all) + 3 * stepMs);
    read.values.forEach((value, index) => {
      const expected = this.values.get(read.startUtcMs + index * stepMs);
      expect([value, read.flags[index]]).toEqual([expected?.value ?? NaN, expected?.flags ?? 0]);
    });
  }
}

const sample = (stepMs: number) =>
  fc.record({
    utcMs: fc.integer({ min: -150, max: 150 }).map((index) => startMs + 60_000 + index * stepMs),
    value: fc.oneof(fc.double(), fc.constant(NaN)),
    flags: fc.constantFrom(0, 0, 1, 8, 32 | 64),
  });

describe('importing samples', () => {
  it('holds what any sequence of files says, in any order, with exact counts', () => {
    const files = fc.constantFrom(15, 60, 1440).chain((minutes) =>
      fc.record({
        minutes: fc.constant(minutes),
        files: fc.array(fc.array(sample(minutes * 60_000), { maxLength: 60 }), { minLength: 1, maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(files, ({ minutes, files: contents }) =>
        withStore((store) => {
          const model = new Model();
          const series = { ...loadFile().series!, stepMinutes: minutes };
          for (const content of contents) {
            const batch = importFile(store, loadFile({ series }), (writer) => writer.addSamples(content));
            expect(batch).toMatchObject(model.import(content));
          }
          if (model.values.size > 0) model.expectHeldBy(store, minutes * 60_000);
        }),
      ),
      { numRuns: 40 },
    );
  });

  it('counts exactly when a file without order comes back to days that had left memory', () => {
    const { store } = scratchStore();
    const model = new Model();
    const series = { ...loadFile().series!, stepMinutes: 720 };
    const half = 12 * 3_600_000;
    // All mornings of three years, then all evenings: every day is opened, put away half full, and opened again.
    const days = Array.from({ length: 1100 }, (_, day) => day);
    const at = (day: number, slot: number, value: number): Sample => ({
      utcMs: startMs + (2 * day + slot) * half,
      value,
      flags: 0,
    });
    const older = days.filter((day) => day % 3 > 0).flatMap((day) => [at(day, 0, 1), at(day, 1, 2)]);
    const newer = [...days.map((day) => at(day, 0, 3)), ...days.map((day) => at(day, 1, 4)), at(0, 0, 5), at(1, 1, 6)];
    for (const content of [older, newer]) {
      const batch = importFile(store, loadFile({ series }), (writer) => writer.addSamples(content));
      expect(batch).toMatchObject(model.import(content));
    }
    model.expectHeldBy(store, half);
  });

  it('refuses an instant between the grid, says which, and leaves nothing of the file', () => {
    const { store } = scratchStore();
    const writer = store.beginImport(loadFile());
    writer.addSamples(quarters([1, 2]));
    const between = { utcMs: startMs + quarterMs / 2, value: 3, flags: 0 };
    expect(() => writer.addSamples([between])).toThrow(
      /2023-06-15T00:07:30.000Z is not on the series' grid.*15 minutes/,
    );
    expect(() => writer.addSamples(quarters([1]))).toThrow(/has ended/);
    expect(store.listSeries()).toEqual([]);
    expect(importFile(store, loadFile(), (again) => again.addSamples(quarters([1]))).storedCount).toBe(1);
  });

  it('keeps the grid that its first value set, also between whole quarter hours', () => {
    const { store } = scratchStore();
    const from = startMs + 7 * 60_000;
    importFile(store, loadFile(), (writer) => writer.addSamples(quarters([1, 2, 3], from)));
    const read = store.readSeries(1, from - 1, from + 3 * quarterMs);
    expect([read.startUtcMs, ...read.values]).toEqual([from, 1, 2, 3]);
  });

  it('refuses a step that does not divide the day, and a span beyond all reason', () => {
    const { store } = scratchStore();
    const series = { ...loadFile().series!, stepMinutes: 7 };
    expect(() => store.beginImport(loadFile({ series }))).toThrow(/step of 7 minutes does not divide a day/);
    importFile(store, loadFile(), (writer) => writer.addSamples(quarters([1])));
    for (const [from, to] of [
      [0, 1e17],
      [0, NaN],
      [-Infinity, Infinity],
    ] as const)
      expect(() => store.readSeries(1, from, to)).toThrow(/not a span/);
    expect(store.readSeries(1, startMs, startMs - 1).values).toHaveLength(0);
    expect(() => store.readSeries(9, 0, 1)).toThrow(/no series "9"/);
  });
});
