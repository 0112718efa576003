/**
 * The deviations of one slot that maximise Σ_l w_l ξ_{l,t} over the set, for weights of any sign, from the definition of each kind in
 * docs/method/sets.md. Written apart from robust/, whose margins it is to judge.
 */
import type { V2gProblem } from '../models/v2g/problem.ts';
import type { UncertaintySet } from '../uncertainty/day-set.ts';
import { linearLevel } from './worst-chance.ts';

export interface WorstInSlot {
  /** ξ [component], kW. */
  deviationKw: number[];
  value: number;
}

/** @param weights [component] */
export function worstInSlot(problem: V2gProblem, slot: number, weights: readonly number[]): WorstInSlot {
  const { components, protection, set } = problem.uncertainty;
  const deviationKw = set
    ? ofSet(set, problem.slots, slot, weights)
    : atOnce(
        components.map(({ halfWidthKw }) => halfWidthKw[slot]!),
        protection,
        weights,
      );
  return { deviationKw, value: deviationKw.reduce((sum, kw, l) => sum + kw * weights[l]!, 0) };
}

function ofSet(set: UncertaintySet, slots: number, slot: number, weights: readonly number[]): number[] {
  const own = (values: readonly number[]): number[] => weights.map((_, l) => values[l * slots + slot]!);
  const along = (values: readonly number[]): number => values.reduce((sum, value, l) => sum + value * weights[l]!, 0);
  switch (set.kind) {
    case 'interval':
      return own(set.halfWidths).map((width, l) => Math.sign(weights[l]!) * width);
    case 'budget': {
      const full = Math.min(1, set.slotProtection);
      return atOnce(own(set.halfWidths), set.protection, weights).map((kw) => full * kw);
    }
    case 'ellipsoid':
    case 'moment': {
      const spread = own(set.spread);
      const direction = spread.map((sd, l) => sd * sd * weights[l]!);
      for (const factor of set.factors) {
        const part = own(factor);
        const pull = along(part);
        part.forEach((value, l) => (direction[l]! += value * pull));
      }
      const variance = along(direction);
      const step = variance > 0 ? set.radius / Math.sqrt(variance) : 0;
      return own(set.centre).map((value, l) => value + step * direction[l]!);
    }
    case 'factor': {
      const parts = set.factors.map(own);
      const pulls = parts.map(along);
      const strongest = [...pulls.keys()].sort((a, b) => Math.abs(pulls[b]!) - Math.abs(pulls[a]!));
      const deviation = own(set.rest).map((rest, l) => Math.sign(weights[l]!) * rest);
      strongest.forEach((k, rank) => {
        const taken = Math.sign(pulls[k]!) * Math.max(0, Math.min(1, set.budget - rank));
        parts[k]!.forEach((value, l) => (deviation[l]! += taken * value));
      });
      return own(set.centre).map((value, l) => value + set.scale * deviation[l]!);
    }
    case 'scenarios':
    case 'support': {
      const days = set.points.map(own);
      const values = days.map(along);
      const worst = days[values.indexOf(Math.max(...values))]!;
      return own(set.centre).map((value, l) => (1 - set.scale) * value + set.scale * worst[l]!);
    }
    case 'wasserstein': {
      const days = set.points.map(own).sort((a, b) => along(b) - along(a));
      const tail = set.risk * days.length;
      const deviation = weights.map(() => 0);
      days.forEach((day, rank) => {
        const weight = Math.max(0, Math.min(1, tail - rank)) / tail;
        day.forEach((value, l) => (deviation[l]! += weight * value));
      });
      const sizes = weights.map(Math.abs);
      const heaviest = sizes.indexOf(Math.max(...sizes));
      deviation[heaviest]! += (Math.sign(weights[heaviest]!) * set.radius) / set.risk;
      return deviation;
    }
    case 'wasserstein-exact': {
      const days = set.points.map(own);
      const sizes = weights.map(Math.abs);
      const heaviest = sizes.indexOf(Math.max(...sizes));
      const level = linearLevel(days.map(along), sizes[heaviest]!, set);
      const nearest = days.toSorted((a, b) => Math.abs(along(a) - level) - Math.abs(along(b) - level))[0]!;
      if (sizes[heaviest] === 0) return nearest;
      return nearest.with(heaviest, nearest[heaviest]! + (level - along(nearest)) / weights[heaviest]!);
    }
  }
}

/** The components that weigh most, as many as may deviate fully at once. */
function atOnce(halfWidths: readonly number[], protection: number, weights: readonly number[]): number[] {
  const gain = halfWidths.map((width, l) => Math.abs(weights[l]!) * width);
  const deviation = halfWidths.map(() => 0);
  [...gain.keys()]
    .sort((a, b) => gain[b]! - gain[a]!)
    .forEach((l, rank) => {
      deviation[l] = Math.sign(weights[l]!) * halfWidths[l]! * Math.max(0, Math.min(1, protection - rank));
    });
  return deviation;
}
