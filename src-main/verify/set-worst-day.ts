/**
 * The worst day of a set for given weights w_t ≥ 0 of the slots' totals, max Σ_t w_t Σ_l ξ_{l,t}, from the definition of each kind in
 * docs/method/sets.md. Written apart from robust/, whose counterparts it is to judge. Where the limit need hold with a probability only it is the day up to which it must.
 */
import type { BallOfDays, UncertaintySet } from '../uncertainty/day-set.ts';
import { cappedDistance, cappedLevel, linearLevel, steepestFirst } from './worst-chance.ts';

export interface WorstDay {
  value: number;
  /** ξ [component · slots + slot] */
  deviation: Float64Array;
}

export function worstDayOf(set: UncertaintySet, slots: number, weights: ArrayLike<number>): WorstDay {
  const deviation = deviationOf(set, slots, weights);
  let value = 0;
  for (let j = 0; j < deviation.length; j++) value += deviation[j]! * weights[j % slots]!;
  return { value, deviation };
}

function deviationOf(set: UncertaintySet, slots: number, weights: ArrayLike<number>): Float64Array {
  switch (set.kind) {
    case 'interval':
      return Float64Array.from(set.halfWidths);
    case 'budget':
      return ofBudget(set, weights);
    case 'ellipsoid':
    case 'moment':
      return ofEllipsoid(set, slots, weights);
    case 'factor':
      return ofFactors(set, slots, weights);
    case 'scenarios':
    case 'support': {
      const values = set.points.map((point) => weigh(point, slots, weights));
      const worst = set.points[values.indexOf(Math.max(...values))]!;
      return Float64Array.from(set.centre, (value, j) => (1 - set.scale) * value + set.scale * worst[j]!);
    }
    case 'wasserstein':
      return ofTail(set, slots, weights);
    case 'wasserstein-exact':
      return upToLevel(set, slots, weights);
  }
}

type Of<Kind extends UncertaintySet['kind']> = Extract<UncertaintySet, { kind: Kind }>;

const weigh = (values: ArrayLike<number>, slots: number, weights: ArrayLike<number>): number => {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j]! * weights[j % slots]!;
  return sum;
};

/** The widest components of each slot, then the dearest slots. */
function ofBudget(
  { slots, halfWidths, protection, slotProtection }: Of<'budget'>,
  weights: ArrayLike<number>,
): Float64Array {
  const deviation = new Float64Array(halfWidths.length);
  const gain = new Float64Array(slots);
  for (let slot = 0; slot < slots; slot++) {
    const own = [...halfWidths.keys()].filter((j) => j % slots === slot);
    own.sort((a, b) => halfWidths[b]! - halfWidths[a]!);
    own.forEach((j, rank) => {
      deviation[j] = halfWidths[j]! * Math.max(0, Math.min(1, protection - rank));
      gain[slot]! += deviation[j] * weights[slot]!;
    });
  }
  const dearest = [...gain.keys()].sort((a, b) => gain[b]! - gain[a]!);
  dearest.forEach((slot, rank) => {
    const part = Math.max(0, Math.min(1, slotProtection - rank));
    for (let j = slot; j < deviation.length; j += slots) deviation[j]! *= part;
  });
  return deviation;
}

/** The point of the boundary whose normal is the weights: centre + r Σ w / √(wᵀ Σ w). */
function ofEllipsoid(
  { centre, factors, spread, radius }: Of<'ellipsoid' | 'moment'>,
  slots: number,
  weights: ArrayLike<number>,
): Float64Array {
  const direction = Float64Array.from(spread, (own, j) => own * own * weights[j % slots]!);
  for (const factor of factors) {
    const along = weigh(factor, slots, weights);
    for (let j = 0; j < direction.length; j++) direction[j]! += factor[j]! * along;
  }
  const variance = weigh(direction, slots, weights);
  const step = variance > 0 ? radius / Math.sqrt(variance) : 0;
  return direction.map((value, j) => centre[j]! + step * value);
}

function ofFactors(
  { centre, factors, budget, rest, scale }: Of<'factor'>,
  slots: number,
  weights: ArrayLike<number>,
): Float64Array {
  const pull = factors.map((factor) => weigh(factor, slots, weights));
  const order = [...pull.keys()].sort((a, b) => Math.abs(pull[b]!) - Math.abs(pull[a]!));
  const deviation = Float64Array.from(rest);
  order.forEach((k, rank) => {
    const load = Math.sign(pull[k]!) * Math.max(0, Math.min(1, budget - rank));
    for (let j = 0; j < deviation.length; j++) deviation[j]! += load * factors[k]![j]!;
  });
  return deviation.map((value, j) => centre[j]! + scale * value);
}

/** The mean of the worst share ε of the days, and the ball where the weight is largest. */
function ofTail({ points, risk, radius }: BallOfDays, slots: number, weights: ArrayLike<number>): Float64Array {
  const deviation = new Float64Array(points[0]!.length);
  const ranked = points
    .map((point) => ({ point, value: weigh(point, slots, weights) }))
    .sort((a, b) => b.value - a.value);
  const tail = risk * points.length;
  ranked.forEach(({ point }, rank) => {
    const weight = Math.max(0, Math.min(1, tail - rank)) / tail;
    if (weight > 0) point.forEach((value, j) => (deviation[j]! += weight * value));
  });
  const heaviest = Array.from({ length: slots }, (_, slot) => weights[slot]!);
  deviation[heaviest.indexOf(Math.max(...heaviest))]! += radius / risk;
  return deviation;
}

/** The real day nearest to the level that is exceeded with probability ε at most, carried there where the weight is largest. */
function upToLevel(set: BallOfDays, slots: number, weights: ArrayLike<number>): Float64Array {
  const values = set.points.map((point) => weigh(point, slots, weights));
  const sizes = Array.from({ length: slots }, (_, slot) => weights[slot]!);
  const steepest = Math.max(...sizes);
  const level = linearLevel(values, steepest, set);
  const away = values.map((value) => Math.abs(level - value));
  const nearest = away.indexOf(Math.min(...away));
  const deviation = Float64Array.from(set.points[nearest]!);
  if (steepest > 0) deviation[sizes.indexOf(steepest)]! += (level - values[nearest]!) / steepest;
  return deviation;
}

/** The same for a limit that feels a slot only from nothing up to `caps`; the day is carried to the level slot by slot, the one that takes most for each kW first. */
export function cappedWorstDayOf(
  set: BallOfDays,
  slots: number,
  weights: ArrayLike<number>,
  caps: ArrayLike<number>,
): WorstDay {
  const totals = set.points.map((point) => {
    const total = new Float64Array(slots);
    point.forEach((kw, j) => (total[j % slots]! += kw));
    return total;
  });
  const value = cappedLevel(totals, weights, caps, set);
  const felt = steepestFirst(weights, caps);
  const away = totals.map((total) => cappedDistance(total, weights, caps, felt, value));
  // Of the days that lack something the nearest; where all reach the level, the one that does by least.
  const short = away.map((kw) => (kw > 0 ? kw : Infinity));
  const nearest = Math.max(0, short.indexOf(Math.min(...short)));
  const deviation = Float64Array.from(set.points[nearest]!);
  const feels = (slot: number): number => Math.min(caps[slot]!, Math.max(0, totals[nearest]![slot]!));
  let missing = value - felt.reduce((sum, slot) => sum + weights[slot]! * feels(slot), 0);
  for (const slot of felt) {
    const takenKw = Math.min(Math.max(0, missing) / weights[slot]!, caps[slot]! - feels(slot));
    if (takenKw > 0) deviation[slot]! += feels(slot) + takenKw - totals[nearest]![slot]!;
    missing -= takenKw * weights[slot]!;
  }
  return { value, deviation };
}
