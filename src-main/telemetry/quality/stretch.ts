/** A part of a series under judgement, with enough of its neighbourhood to judge it as if the whole were there. */
import type { RegularSeries } from '../types.ts';
import type { Finding } from './finding.ts';

export interface Stretch {
  /** Slots to judge, counted in the whole series: [from, to). */
  from: number;
  to: number;
  /** Slot of the whole series at which `values` begins. They reach `marginSlots` beyond [from, to), or to the ends of the series. */
  firstSlot: number;
  values: Float64Array;
  /** What import and operator said of `values`. */
  imported: Uint16Array;
  /** Forecast beside the actual, or the reverse, over the time of `values`. */
  other: RegularSeries | null;
  /** Bits of slots [from, to), being built. */
  flags: Uint16Array;
}

/** Judges one stretch after the other, in order; what reaches into the next is held until it ends. */
export type Rule = (stretch: Stretch) => Finding[];

/** A departure is judged by the changes of the four weeks around it: two of its own block, one on either side. */
const blockDays = 14;
/** Room for the neighbours of a value at the edge, and for a departure that begins there. */
const neighbours = 6;
/** Values that are looked at together, about: half a year of quarter hours. */
const stretchValues = 16_384;

export const blockSlots = (stepMinutes: number): number => Math.max(1, Math.round((blockDays * 1440) / stepMinutes));

export const marginSlots = (stepMinutes: number): number => (blockSlots(stepMinutes) >> 1) + neighbours;

/** Slots of a stretch: whole blocks, which the rules rely on. */
export function stretchSlots(stepMinutes: number): number {
  const block = blockSlots(stepMinutes);
  return block * Math.max(1, Math.round(stretchValues / block));
}

/** Sets `bits` on that part of slots [from, to) that lies in the stretch. */
export function raise(stretch: Stretch, bits: number, from: number, to: number): void {
  const end = Math.min(to, stretch.to) - stretch.from;
  for (let i = Math.max(from, stretch.from) - stretch.from; i < end; i++) stretch.flags[i]! |= bits;
}
