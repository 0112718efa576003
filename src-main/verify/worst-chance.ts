/**
 * The worst law of a Wasserstein ball about N days for one limit of a finished plan. The days are points of mass 1/N; carrying a mass the distance d costs mass · d, and a law in the
 * ball has ρ to spend. The law that breaks the limit most often carries the days nearest to it first, the last one in part:
 *
 *   P* = max { Σ_i m_i : 0 ≤ m_i ≤ 1/N,  Σ_i m_i d_i ≤ ρ }                    d_i: how far day i is from breaking the limit, 0 where it does
 *
 * A plan keeps its promise where P* ≤ ε for each of its limits. Greedy by rank, and exact: a knapsack of parts. Written apart from robust/, whose rows it is to judge.
 * Source: Blanchet and Murthy 2019; Chen, Kuhn and Wiesemann 2022.
 */
import type { BallOfDays } from '../uncertainty/day-set.ts';

/** P* for days at these distances from breaking the limit. */
export function worstChance(distances: readonly number[], { radius }: Pick<BallOfDays, 'radius'>): number {
  const each = 1 / distances.length;
  let left = radius;
  let mass = 0;
  for (const distance of distances.toSorted((a, b) => a - b)) {
    const carried = distance > 0 ? Math.min(each, left / distance) : each;
    mass += carried;
    left -= carried * distance;
    if (carried < each) break;
  }
  return mass;
}

const steps = 60;

/**
 * The least room that keeps P* ≤ ε: what such a limit takes at worst.
 *
 * @param distanceOf day i from a limit with this room; falls with the room to 0.
 * @param enough a room that keeps it.
 */
export function worstLevel(
  days: number,
  distanceOf: (day: number, room: number) => number,
  ball: Pick<BallOfDays, 'risk' | 'radius'>,
  [least, enough]: readonly [least: number, enough: number],
): number {
  const keeps = (room: number): boolean =>
    worstChance(
      Array.from({ length: days }, (_, day) => distanceOf(day, room)),
      ball,
    ) <= ball.risk;
  let [low, high] = [least, enough];
  for (let step = 0; step < steps && high - low > 1e-12 * Math.abs(high); step++) {
    const middle = (low + high) / 2;
    if (keeps(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Level of a limit that takes `values` on the days and `steepest` more for each kW that a day is carried. */
export function linearLevel(
  values: readonly number[],
  steepest: number,
  ball: Pick<BallOfDays, 'risk' | 'radius'>,
): number {
  const most = Math.max(...values);
  if (steepest === 0) return most;
  const distanceOf = (day: number, room: number): number => Math.max(0, room - values[day]!) / steepest;
  return worstLevel(values.length, distanceOf, ball, [
    Math.min(...values),
    most + (steepest * ball.radius) / ball.risk,
  ]);
}

/**
 * How far a day is from taking `room` of a limit that feels w_t ζ_t only while 0 ≤ ζ_t ≤ cap_t: the slots that take most for each kW first, each up to its cap. What it costs to come
 * up to ζ_t = 0 is left out, so no day is nearer. Infinite where all slots at their caps do not take it.
 */
export function cappedDistance(
  day: ArrayLike<number>,
  weights: ArrayLike<number>,
  caps: ArrayLike<number>,
  steepestFirst: readonly number[],
  room: number,
): number {
  let missing = room;
  for (const slot of steepestFirst) missing -= weights[slot]! * Math.min(caps[slot]!, Math.max(0, day[slot]!));
  if (missing <= 0) return 0;
  let distance = 0;
  for (const slot of steepestFirst) {
    const weight = weights[slot]!;
    const free = caps[slot]! - Math.min(caps[slot]!, Math.max(0, day[slot]!));
    const taken = Math.min(missing, weight * free);
    distance += taken / weight;
    missing -= taken;
    if (missing <= 1e-12 * room) return distance;
  }
  return Infinity;
}

/** Level of a limit that feels each slot up to a cap. */
export function cappedLevel(
  days: readonly ArrayLike<number>[],
  weights: ArrayLike<number>,
  caps: ArrayLike<number>,
  ball: Pick<BallOfDays, 'risk' | 'radius'>,
): number {
  const felt = steepestFirst(weights, caps);
  const most = felt.reduce((sum, slot) => sum + weights[slot]! * caps[slot]!, 0);
  if (most === 0) return 0;
  const distanceOf = (day: number, room: number) => cappedDistance(days[day]!, weights, caps, felt, room);
  return worstLevel(days.length, distanceOf, ball, [0, most]);
}

/** Slots that are felt, the one that takes most for each kW first. */
export const steepestFirst = (weights: ArrayLike<number>, caps: ArrayLike<number>): number[] =>
  Array.from({ length: weights.length }, (_, slot) => slot)
    .filter((slot) => weights[slot]! > 0 && caps[slot]! > 0)
    .sort((a, b) => weights[b]! - weights[a]!);
