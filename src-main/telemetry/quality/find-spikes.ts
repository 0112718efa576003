import type { RegularSeries } from '../types.ts';
import { mark, quantity, type Finding, type RuleInput } from './finding.ts';
import { magnitudeAt, robustCapacity } from './robust-level.ts';

/** A departure is judged by the changes of the four weeks around it. */
const blockDays = 14;
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
export function findSpikes(input: RuleInput): Finding[] {
  const { series, other } = input;
  const { values, unit, stepMinutes } = series;
  if (series.kind === 'price') return [];
  const limits = createLimits(series);
  const widest = Math.max(1, Math.min(mostValues, Math.floor(longestMinutes / stepMinutes)));
  const findings: Finding[] = [];
  for (let i = 1; i < values.length - 1; i++) {
    const limit = limits(i);
    const before = values[i - 1]!;
    const edge = values[i]! - before;
    if (!(Math.abs(edge) > limit)) continue;
    const width = narrowestDeparture(values, i, widest, limit);
    if (width === 0 || (other && departsToo(series, other, i, width))) continue;
    const after = values[i + width]!;
    const inner = edge < 0 ? maximum(values, i, i + width) : minimum(values, i, i + width);
    const lost = edge < 0 && inner < 0.5 * Math.min(before, after);
    const sentence = `${quantity(inner, unit)} between ${quantity(before)} and ${quantity(after)}`;
    findings.push(
      mark(
        input,
        lost ? 'impossible' : 'spike',
        i,
        i + width,
        lost ? `${sentence}: a part seems to be missing` : sentence,
      ),
    );
    i += width;
  }
  return findings;
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

function departsToo(series: RegularSeries, other: RegularSeries, from: number, width: number): boolean {
  const shift = (series.startUtcMs - other.startUtcMs) / (series.stepMinutes * 60_000);
  const at = from + shift;
  if (
    other.stepMinutes !== series.stepMinutes ||
    !Number.isInteger(shift) ||
    at < 1 ||
    at + width >= other.values.length
  )
    return false;
  return depthOf(other.values, at, at + width) / depthOf(series.values, from, from + width) > 0.5;
}

/** The depth a departure must exceed, per slot. */
function createLimits(series: RegularSeries): (slot: number) => number {
  const { values, stepMinutes } = series;
  const changes = new Float64Array(values.length);
  changes[0] = NaN;
  for (let i = 1; i < values.length; i++) changes[i] = values[i]! - values[i - 1]!;
  const block = Math.max(1, Math.round((blockDays * 1440) / stepMinutes));
  const scratch = new Float64Array(2 * block);
  const least = capacityShare * robustCapacity(values);
  const limits: number[] = [];
  for (let from = 0; from < values.length; from += block) {
    const around = changes.subarray(
      Math.max(0, from - (block >> 1)),
      Math.min(values.length, from + block + (block >> 1)),
    );
    const typical = 1.4826 * magnitudeAt(around, 0.5, scratch);
    limits.push(Math.max(typicalChanges * typical, largeChanges * magnitudeAt(around, 0.99, scratch), least));
  }
  return (slot) => limits[Math.floor(slot / block)]!;
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
