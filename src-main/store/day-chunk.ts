/**
 * A UTC day of a series as it lies in the table `series_days`, and the arithmetic of its grid.
 *
 *   instant = phase + day·86,400,000 + slot·step      0 ≤ phase < step,  step divides the day
 *
 * The bytes are little-endian, as is every machine the product runs on; `assertLittleEndian` says so instead of assuming it.
 */
import type { flagBits } from '../telemetry/types.ts';

export const dayMs = 86_400_000;

/** Bits of the telemetry room that this room must know by value; the types prove that they agree. */
export const operatorBad: (typeof flagBits)['operatorBad'] = 256;
export const operatorGood: (typeof flagBits)['operatorGood'] = 512;
const operatorBits = operatorBad | operatorGood;

export interface Grid {
  phaseMs: number;
  stepMs: number;
}

export interface DayChunk {
  day: number;
  numbers: Float64Array;
  flags: Uint16Array;
}

/** A row of `series_days`, as far as its content goes. */
export interface ChunkRow {
  day: number;
  numbers: Uint8Array;
  flags: Uint8Array | null;
}

export const slotsPerDay = (grid: Grid): number => dayMs / grid.stepMs;
export const dayOf = (grid: Grid, utcMs: number): number => Math.floor((utcMs - grid.phaseMs) / dayMs);
export const slotOf = (grid: Grid, utcMs: number, day: number): number =>
  (utcMs - grid.phaseMs - day * dayMs) / grid.stepMs;
/** Index of the first grid instant at or after `utcMs`, counted from the phase. */
export const firstIndexFrom = (grid: Grid, utcMs: number): number => Math.ceil((utcMs - grid.phaseMs) / grid.stepMs);

export function emptyChunk(grid: Grid, day: number): DayChunk {
  const slots = slotsPerDay(grid);
  return { day, numbers: new Float64Array(slots).fill(NaN), flags: new Uint16Array(slots) };
}

export function decodeChunk(row: ChunkRow): DayChunk {
  const numbers = new Float64Array(row.numbers.length / 8);
  bytesOf(numbers).set(row.numbers);
  const flags = new Uint16Array(numbers.length);
  if (row.flags) bytesOf(flags).set(row.flags);
  return { day: row.day, numbers, flags };
}

/** The columns of a chunk; `flags` null when all are zero, which saves a fifth of the space. */
export function encodeChunk(chunk: DayChunk): {
  day: number;
  numberCount: number;
  flaggedCount: number;
  numbers: Uint8Array;
  flags: Uint8Array | null;
} {
  let numberCount = 0;
  let flaggedCount = 0;
  let anyFlag = 0;
  for (let slot = 0; slot < chunk.numbers.length; slot++) {
    const flags = chunk.flags[slot]!;
    if (!Number.isNaN(chunk.numbers[slot])) numberCount++;
    if (isFlagged(flags)) flaggedCount++;
    anyFlag |= flags;
  }
  const flags = anyFlag === 0 ? null : bytesOf(chunk.flags);
  return { day: chunk.day, numberCount, flaggedCount, numbers: bytesOf(chunk.numbers), flags };
}

/** Something is wrong with the value and no operator has called it good. */
export const isFlagged = (flags: number): boolean => flags !== 0 && (flags & operatorGood) === 0;

/** A file has spoken of this slot: it has a number, or a flag that says why not. */
export const isStored = (chunk: DayChunk, slot: number): boolean =>
  !Number.isNaN(chunk.numbers[slot]) || chunk.flags[slot] !== 0;

export const withoutVerdict = (flags: number): number => flags & ~operatorBits;

export function bytesOf(array: Float64Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** @throws Error on a big-endian machine, where stored days would be read as noise. */
export function assertLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) throw new Error('the store needs a little-endian machine');
}
