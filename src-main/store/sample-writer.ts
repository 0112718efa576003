/**
 * Puts the samples of one file into the days of one series, with a bounded number of days in memory.
 *
 * A file in order touches each day once. A day that leaves memory with slots the file has not spoken of leaves a mark of those it
 * has, so that coming back to it in a file without order still tells an older value from one of the same file.
 */
import { Refusal } from '../base/errors.ts';
import type { Sample } from '../telemetry/types.ts';
import type { Connection } from './connection.ts';
import {
  dayOf,
  emptyChunk,
  isFlagged,
  slotOf,
  slotsPerDay,
  withoutVerdict,
  type DayChunk,
  type Grid,
} from './day-chunk.ts';
import { readDay, writeDay } from './series-days.ts';
import { setPhase, type StoredSeries } from './series.ts';

export const sampleWriterSql = {
  createMarks: `CREATE TEMP TABLE IF NOT EXISTS import_marks (day INTEGER PRIMARY KEY, written BLOB NOT NULL) STRICT`,
  getMark: `SELECT written FROM import_marks WHERE day = :day`,
  dropMark: `DELETE FROM import_marks WHERE day = :day`,
  putMark: `INSERT INTO import_marks (day, written) VALUES (:day, :written) ON CONFLICT (day) DO UPDATE SET written = excluded.written`,
} as const;

/** Days held at once: a year and a half of a file without order, under a megabyte at 15 minutes. */
const openDays = 512;

interface OpenDay {
  chunk: DayChunk;
  /** 1 where this file has spoken. */
  written: Uint8Array;
}

export interface SampleCounts {
  /** Slots the file spoke of; a slot named twice counts once, its last value stays. */
  storedCount: number;
  flaggedCount: number;
  /** Numbers of earlier files that were replaced. */
  replacedCount: number;
}

export class SampleWriter {
  readonly counts: SampleCounts = { storedCount: 0, flaggedCount: 0, replacedCount: 0 };
  readonly #connection: Connection;
  readonly #series: StoredSeries;
  readonly #batchId: number;
  readonly #fileName: string;
  #grid: Grid | null;
  readonly #open = new Map<number, OpenDay>();
  #current: OpenDay | null = null;
  #earliestMs = Infinity;
  #latestMs = -Infinity;

  constructor(connection: Connection, series: StoredSeries, batchId: number, fileName: string) {
    this.#connection = connection;
    this.#series = series;
    this.#batchId = batchId;
    this.#fileName = fileName;
    this.#grid = series.phaseMs === null ? null : { phaseMs: series.phaseMs, stepMs: series.stepMs };
    connection.run(sampleWriterSql.createMarks);
  }

  /** The grid, once there is one. */
  get grid(): Grid | null {
    return this.#grid;
  }

  /** From the earliest sample to the end of the latest; null while there is none. */
  get span(): { fromMs: number; toMs: number } | null {
    if (this.#latestMs < this.#earliestMs) return null;
    return { fromMs: this.#earliestMs, toMs: this.#latestMs + this.#series.stepMs };
  }

  /** @throws Refusal `import-off-grid` for an instant between the series' own. */
  add(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const grid = (this.#grid ??= this.#startGrid(sample.utcMs));
      const day = dayOf(grid, sample.utcMs);
      const slot = slotOf(grid, sample.utcMs, day);
      if (!Number.isInteger(slot)) throw this.#offGrid(sample.utcMs);
      if (this.#current?.chunk.day !== day) this.#current = this.#openDay(grid, day);
      this.#put(this.#current, slot, sample.value, withoutVerdict(sample.flags));
      if (sample.utcMs < this.#earliestMs) this.#earliestMs = sample.utcMs;
      if (sample.utcMs > this.#latestMs) this.#latestMs = sample.utcMs;
    }
  }

  /** Writes every day still in memory. */
  flush(): void {
    for (const open of this.#open.values()) writeDay(this.#connection, this.#series.info.id, open.chunk, this.#batchId);
    this.#open.clear();
    this.#current = null;
  }

  #put({ chunk, written }: OpenDay, slot: number, value: number, flags: number): void {
    const { counts } = this;
    if (written[slot] === 0) {
      counts.storedCount++;
      if (!Number.isNaN(chunk.numbers[slot])) counts.replacedCount++;
      written[slot] = 1;
    } else if (isFlagged(chunk.flags[slot]!)) counts.flaggedCount--;
    if (isFlagged(flags)) counts.flaggedCount++;
    chunk.numbers[slot] = value;
    chunk.flags[slot] = flags;
  }

  #openDay(grid: Grid, day: number): OpenDay {
    const held = this.#open.get(day);
    if (held) return held;
    // The arrays of the day put away are used again: a long file makes no garbage.
    const opened = this.#open.size < openDays ? newDay(grid) : this.#closeOldest();
    this.#load(opened, day);
    this.#open.set(day, opened);
    return opened;
  }

  #load({ chunk, written }: OpenDay, day: number): void {
    chunk.day = day;
    written.fill(0);
    const stored = readDay(this.#connection, this.#series.info.id, day);
    if (!stored) {
      chunk.numbers.fill(NaN);
      chunk.flags.fill(0);
      return;
    }
    chunk.numbers.set(stored.chunk.numbers);
    chunk.flags.set(stored.chunk.flags);
    if (stored.batchId !== this.#batchId) return;
    const mark = this.#connection.get<{ written: Uint8Array }>(sampleWriterSql.getMark, { day });
    if (mark) written.set(mark.written);
    else written.fill(1);
  }

  #closeOldest(): OpenDay {
    const [day, oldest] = this.#open.entries().next().value!;
    const { chunk, written } = oldest;
    this.#open.delete(day);
    writeDay(this.#connection, this.#series.info.id, chunk, this.#batchId);
    if (written.includes(0)) this.#connection.run(sampleWriterSql.putMark, { day, written });
    else this.#connection.run(sampleWriterSql.dropMark, { day });
    return oldest;
  }

  #startGrid(utcMs: number): Grid {
    const { stepMs, info } = this.#series;
    if (!Number.isSafeInteger(utcMs)) throw this.#offGrid(utcMs);
    const phaseMs = ((utcMs % stepMs) + stepMs) % stepMs;
    setPhase(this.#connection, info.id, phaseMs);
    return { phaseMs, stepMs };
  }

  #offGrid(utcMs: number): Refusal {
    const time = Number.isFinite(utcMs) ? new Date(utcMs).toISOString() : String(utcMs);
    const stepMinutes = this.#series.info.stepMinutes;
    return new Refusal('import-off-grid', { file: this.#fileName, time, stepMinutes });
  }
}

const newDay = (grid: Grid): OpenDay => ({ chunk: emptyChunk(grid, 0), written: new Uint8Array(slotsPerDay(grid)) });
