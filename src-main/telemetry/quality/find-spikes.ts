import { flagBits } from '../types.ts';
import { finding, quantity, type Finding } from './finding.ts';
import type { SeriesLevels } from './measure-levels.ts';
import type { SeriesShape } from './quality-source.ts';
import { magnitudeAt } from './magnitude-at.ts';
import { blockSlots, raise, type Rule, type Stretch } from './stretch.ts';

/** Depth in units of 1.4826 · median |change| (the standard deviation, were changes normal) … */
const typicalChanges = 8;
/** … and in units of the change that all but one in a hundred stay below, because ramps have heavy tails … */
const largeChanges = 2;
/** … and as a share of capacity: smaller ones do no harm. */
const capacityShare = 0.04;
const longestMinutes = 60;
/** At five minutes a gust lasts many values; what is wrong for so long is no longer told from one. */
const mostValues = 4;

/**
 * Values that leave their neighbours and return within an hour. The depth of a departure over slots i … i+w−1 is how far it
 * stays outside the band between v[i−1] and v[i+w]; a ramp, however steep, has depth zero. (Hampel's identifier, applied to the
 * departure instead of the value.) What the partner series shows too, by half the depth, is weather. A drop to less than half of
 * both neighbours is called impossible: part of the sum was left out. Prices leap by right and are not judged.
 */
export function findSpikes(shape: SeriesShape, levels: SeriesLevels): Rule {
  const widest = Math.max(1, Math.min(mostValues, Math.floor(longestMinutes / shape.stepMinutes)));
  const limitsOf = createLimits(shape, capacityShare * levels.capacity);
  const block = blockSlots(shape.stepMinutes);
  /** The last departure: its bits may reach into the next stretch, and judging goes on after the value it returned to. */
  let [lastBits, lastTo] = [0, 0];
  return (stretch) => {
    const { values, firstSlot } = stretch;
    raise(stretch, lastBits, stretch.from, lastTo);
    const limits = limitsOf(stretch);
    const findings: Finding[] = [];
    const end = Math.min(stretch.to, shape.length - 1);
    for (let slot = Math.max(stretch.from, lastTo + 1); slot < end; slot++) {
      const limit = limits[Math.floor((slot - stretch.from) / block)]!;
      const at = slot - firstSlot;
      if (!(Math.abs(values[at]! - values[at - 1]!) > limit)) continue;
      const width = narrowestDeparture(values, at, widest, limit);
      if (width === 0 || departsToo(shape, stretch, slot, width)) continue;
      const [kind, detail] = describe(values, at, width, shape.unit);
      [lastBits, lastTo] = [flagBits[kind], slot + width];
      raise(stretch, lastBits, slot, lastTo);
      findings.push(finding(shape, kind, slot, lastTo, detail));
      slot += width;
    }
    return findings;
  };
}

function describe(values: Float64Array, at: number, width: number, unit: string): ['impossible' | 'spike', string] {
  const [before, after] = [values[at - 1]!, values[at + width]!];
  const falls = values[at]! < before;
  const inner = falls ? maximum(values, at, at + width) : minimum(values, at, at + width);
  const sentence = `${quantity(inner, unit)} between ${quantity(before)} and ${quantity(after)}`;
  const lost = falls && inner < 0.5 * Math.min(before, after);
  return lost ? ['impossible', `${sentence}: a part seems to be missing`] : ['spike', sentence];
}

/** Signed depth: positive above the band of the neighbours, negative below it, 0 within. */
function depthOf(values: Float64Array, from: number, to: number): number {
  const [left, right] = [values[from - 1]!, values[to]!];
  const above = minimum(values, from, to) - Math.max(left, right);
  const below = Math.min(left, right) - maximum(values, from, to);
  return above > 0 ? above : below > 0 ? -below : 0;
}

function narrowestDeparture(values: Float64Array, from: number, widest: number, limit: number): number {
  for (let width = 1; width <= widest && from + width < values.length; width++)
    if (Math.abs(depthOf(values, from, from + width)) > limit) return width;
  return 0;
}

function departsToo(shape: SeriesShape, { other, values, firstSlot }: Stretch, slot: number, width: number): boolean {
  if (other?.stepMinutes !== shape.stepMinutes) return false;
  const stepMs = shape.stepMinutes * 60_000;
  const at = slot + (shape.startUtcMs - other.startUtcMs) / stepMs;
  if (!Number.isInteger(at) || at < 1 || at + width >= other.values.length) return false;
  const depth = depthOf(values, slot - firstSlot, slot - firstSlot + width);
  return depthOf(other.values, at, at + width) / depth > 0.5;
}

/** The depth a departure must exceed, per block of the stretch; never less than `least`. */
function createLimits({ stepMinutes, length }: SeriesShape, least: number): (stretch: Stretch) => number[] {
  const block = blockSlots(stepMinutes);
  const half = block >> 1;
  const scratch = new Float64Array(2 * block);
  return ({ values, firstSlot, from, to }) => {
    // The change into slot i of the whole series stands at i − firstSlot; that into its very first value does not exist.
    const changes = new Float64Array(values.length).fill(NaN, 0, 1);
    for (let i = 1; i < values.length; i++) changes[i] = values[i]! - values[i - 1]!;
    const limits: number[] = [];
    for (let start = from; start < to; start += block) {
      const first = Math.max(0, start - half) - firstSlot;
      const around = changes.subarray(first, Math.min(length, start + block + half) - firstSlot);
      const typical = 1.4826 * magnitudeAt(around, 0.5, scratch);
      limits.push(Math.max(typicalChanges * typical, largeChanges * magnitudeAt(around, 0.99, scratch), least));
    }
    return limits;
  };
}

function minimum(values: Float64Array, from: number, to: number): number {
  let found = values[from]!;
  for (let i = from + 1; i < to; i++) found = Math.min(found, values[i]!);
  return found;
}

function maximum(values: Float64Array, from: number, to: number): number {
  let found = values[from]!;
  for (let i = from + 1; i < to; i++) found = Math.max(found, values[i]!);
  return found;
}
