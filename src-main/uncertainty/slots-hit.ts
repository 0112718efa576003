/**
 * How many slots of a stretch a day of the set can hit at once: an upper bound of max_{ξ ∈ U} Σ_{t in stretch} max(0, ξ_t) / β_t, with β_t the worst total of
 * the slot. What answers a deviation in proportion ξ_t / β_t is asked for in full in no more slots than that, whatever the day.
 *
 *   interval    its length            budget   min(length, max(1, Γ))         hull      the worst of its days: the sum is convex, so a corner is worst
 *   ellipsoid   Σ μ⁺/β + r √(Σ_k A_k² + Σ_t (D_t/β_t)²),  A_k = Σ_t |F_{k,t}| / β_t
 *   factor      Σ (μ⁺ + s rest)/β + s · (the ⌊B⌋ largest A_k and a part of the next)
 *   wasserstein the mean of the worst share ε of the days, and the ball where β is smallest
 *
 * Exact for the first row; by the triangle inequality for the others, and never above the length. Where each limit need hold with a probability only
 * (wasserstein-exact) no count holds on every day: it is then the least one that is exceeded with probability at most ε under every law in the ball. A kW moves
 * the count Σ min(1, ξ⁺/β) by at most 1/β, so it is the worst-case quantile of the days' counts for a ball of ρ times the largest 1/β: on the safe side.
 */
import type { UncertaintySet } from './day-set.ts';
import { ballQuantile } from './ball-quantile.ts';
import { largestSum } from './total-set.ts';

/**
 * @param total a set of the totals of slots (`totalSet`).
 * @param worst β [slot]; slots with β = 0 are never asked for.
 */
export function slotsHit(total: UncertaintySet, worst: readonly number[], from: number, until: number): number {
  const slots = Array.from({ length: until - from }, (_, k) => from + k).filter((slot) => worst[slot]! > 0);
  const share = (kw: number, slot: number): number => kw / worst[slot]!;
  const positive = (point: ArrayLike<number>): number =>
    slots.reduce((sum, slot) => sum + Math.min(1, Math.max(0, share(point[slot]!, slot))), 0);
  const reach = (factor: ArrayLike<number>): number =>
    slots.reduce((sum, slot) => sum + share(Math.abs(factor[slot]!), slot), 0);
  switch (total.kind) {
    case 'interval':
      return slots.length;
    case 'budget':
      // Below one slot the budget is in β already.
      return Math.min(slots.length, Math.max(1, total.slotProtection));
    case 'ellipsoid':
    case 'moment': {
      const { centre, factors, spread, radius } = total;
      const squares = [...factors.map(reach), ...slots.map((slot) => share(spread[slot]!, slot))];
      const norm = Math.sqrt(squares.reduce((sum, each) => sum + each * each, 0));
      return Math.min(slots.length, positive(centre) + radius * norm);
    }
    case 'factor': {
      const { centre, factors, rest, scale, budget } = total;
      const still = positive(centre) + scale * reach(rest);
      return Math.min(slots.length, still + scale * largestSum(factors.map(reach), budget));
    }
    case 'scenarios':
    case 'support': {
      const { centre, points, scale } = total;
      const days = points.map((point) => positive(centre.map((value, t) => (1 - scale) * value + scale * point[t]!)));
      return Math.max(...days);
    }
    case 'wasserstein': {
      const tail = total.risk * total.points.length;
      const mean = largestSum(
        total.points.map((point) => slots.reduce((sum, slot) => sum + Math.max(0, share(point[slot]!, slot)), 0)),
        tail,
      );
      const ball = slots.reduce((most, slot) => Math.max(most, share(total.radius / total.risk, slot)), 0);
      return Math.min(slots.length, mean / tail + ball);
    }
    case 'wasserstein-exact': {
      const counts = total.points.map(positive);
      const steepest = slots.reduce((most, slot) => Math.max(most, 1 / worst[slot]!), 0);
      return Math.min(slots.length, Math.max(0, ballQuantile(counts, total.risk, total.radius * steepest)));
    }
  }
}
