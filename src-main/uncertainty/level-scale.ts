/**
 * How the size of errors grows with the forecast level and differs by time of day: σ(level) · κ(slot), σ never decreasing.
 *
 * Levels are cut into bins of equal count; the root mean square of the errors in each is made monotone by pooling adjacent
 * violators (Ayer et al. 1955) and joined linearly; constant beyond the ends. A floor of 5 % of the overall size keeps quiet levels
 * from claiming certainty. κ is the root mean square of error ÷ σ(level) within an hour of the slot, so that a forecast that is
 * poor at noon gets a wide noon; without such a pattern it is near 1. Both steps clip at what is credible, so that a false value
 * has bounded weight. Long histories are sampled evenly.
 */
import { credibleSize } from '../base/credible-size.ts';

const pointsPerBin = 300;
const mostBins = 12;
const edgeSample = 4096;
const fitSample = 12_000;

/** Size of errors at a forecast level and slot, up to a constant factor. */
export type LevelScale = (level: number, slot: number) => number;

/** A `LevelScale` as data, so that it can be kept with a set and used on another day. */
export interface LevelLaw {
  /** σ: levels in ascending order and the size of errors there; joined linearly, constant beyond the ends. Empty: size 0. */
  knots: number[];
  sizes: number[];
  /** κ [slot] */
  factor: number[];
}

export const levelScale =
  ({ knots, sizes, factor }: LevelLaw): LevelScale =>
  (level, slot) =>
    sigmaAt(knots, sizes, level) * factor[slot]!;

const sigmaAt = (knots: readonly number[], sizes: readonly number[], level: number): number =>
  knots.length === 0 ? 0 : interpolate(knots, sizes, level);

/** From whole rows of `slots` entries; entries that are not finite are passed over. Errors count as at most `clip` in σ. */
export function fitLevelLaw(errors: Float64Array, levels: Float64Array, slots: number, clip: number): LevelLaw {
  const { knots, sizes } = sigmaKnots(errors, levels, clip);
  const sigma = (level: number) => sigmaAt(knots, sizes, level);
  const stride = Math.max(1, Math.floor(errors.length / fitSample));
  const ratios = new Float64Array(Math.ceil(errors.length / stride));
  for (let index = 0; index < ratios.length; index++) {
    ratios[index] = Math.abs(errors[index * stride]!) / sigma(levels[index * stride]!);
  }
  const most = credibleSize(ratios);
  const square = new Float64Array(slots);
  const count = new Float64Array(slots);
  ratios.forEach((ratio, index) => {
    if (!Number.isFinite(ratio)) return;
    const slot = (index * stride) % slots;
    square[slot]! += Math.min(ratio, most) ** 2;
    count[slot]! += 1;
  });
  const reach = Math.round(slots / 24);
  const factor = Array.from(square, (_, slot) => {
    const around = (values: Float64Array) => sum(values.subarray(Math.max(0, slot - reach), slot + reach + 1));
    return around(square) === 0 ? 1 : Math.sqrt(around(square) / around(count));
  });
  return { knots, sizes, factor };
}

/** σ(level) alone. */
export function fitSigma(errors: Float64Array, levels: Float64Array, clip: number): (level: number) => number {
  const { knots, sizes } = sigmaKnots(errors, levels, clip);
  return (level) => sigmaAt(knots, sizes, level);
}

function sigmaKnots(errors: Float64Array, levels: Float64Array, clip: number): { knots: number[]; sizes: number[] } {
  const known = (at: number) => Number.isFinite(errors[at]!) && Number.isFinite(levels[at]!);
  const stride = Math.max(1, Math.floor(errors.length / edgeSample));
  const sample = new Float64Array(Math.ceil(errors.length / stride));
  let sampled = 0;
  for (let at = 0; at < errors.length; at += stride) if (known(at)) sample[sampled++] = levels[at]!;
  const sorted = sample.subarray(0, sampled).sort();
  const bins = Math.max(1, Math.min(mostBins, Math.floor(errors.length / pointsPerBin)));
  const edges = Array.from({ length: bins - 1 }, (_, bin) => sorted[Math.floor(((bin + 1) * sampled) / bins)]!);
  const count = new Float64Array(bins);
  const level = new Float64Array(bins);
  const square = new Float64Array(bins);
  const fitStride = Math.max(1, Math.floor(errors.length / fitSample));
  for (let at = 0; at < errors.length; at += fitStride) {
    if (!known(at)) continue;
    let bin = 0;
    while (bin < edges.length && levels[at]! >= edges[bin]!) bin++;
    count[bin]! += 1;
    level[bin]! += levels[at]!;
    square[bin]! += Math.min(Math.abs(errors[at]!), clip) ** 2;
  }
  const filled = Array.from(count.keys()).filter((bin) => count[bin]! > 0);
  if (filled.length === 0) return { knots: [], sizes: [] };
  const overall = Math.sqrt(sum(square) / sum(count));
  const knots = filled.map((bin) => level[bin]! / count[bin]!);
  const squares = pooledAdjacent(
    filled.map((bin) => square[bin]! / count[bin]!),
    filled.map((bin) => count[bin]!),
  );
  const sizes = squares.map((value) => Math.max(Math.sqrt(value), 0.05 * overall));
  return { knots, sizes };
}

/** Weighted isotonic regression: the nondecreasing sequence nearest in weighted squares. */
export function pooledAdjacent(values: readonly number[], weights: readonly number[]): number[] {
  const blocks: { value: number; weight: number; length: number }[] = [];
  values.forEach((value, index) => {
    let block = { value, weight: weights[index]!, length: 1 };
    for (let last = blocks.at(-1); last && last.value >= block.value; last = blocks.at(-1)) {
      blocks.pop();
      const weight = last.weight + block.weight;
      const pooled = (last.value * last.weight + block.value * block.weight) / weight;
      block = { value: pooled, weight, length: last.length + block.length };
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ value, length }) => new Array<number>(length).fill(value));
}

function interpolate(knots: readonly number[], sizes: readonly number[], at: number): number {
  if (at <= knots[0]!) return sizes[0]!;
  for (let above = 1; above < knots.length; above++) {
    const right = knots[above]!;
    if (at >= right) continue;
    const left = knots[above - 1]!;
    return sizes[above - 1]! + ((at - left) / (right - left)) * (sizes[above]! - sizes[above - 1]!);
  }
  return sizes.at(-1)!;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
