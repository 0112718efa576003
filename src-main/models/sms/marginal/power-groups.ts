/** Trucks by their power: what revenue at a place depends on besides their number. */
import type { SmsProblem } from '../problem.ts';
import type { RevenueDetail } from './day-master.ts';
import type { TruckClass } from './truck-classes.ts';

export interface PowerGroups {
  /** [class] */
  groupOf: number[];
  /** Power of the strongest truck of the group, of the two strongest, … [group][trucks − 1]. */
  reachMw: number[][];
}

/** Two groups at most: corners of revenue multiply with their number. */
const mostGroups = 2;

/** 'by-kind': trucks of like power together, in two groups where they are of more kinds; else all trucks are one group. */
export function powerGroups(problem: SmsProblem, classes: readonly TruckClass[], detail: RevenueDetail): PowerGroups {
  const powers = [...new Set(problem.trucks.map(({ powerMw }) => powerMw))].sort((a, b) => b - a);
  const split = detail === 'by-kind' ? starts(powers) : [0];
  const groupOfMw = (mw: number): number => split.findLastIndex((start) => powers.indexOf(mw) >= start);
  const reachMw = split.map((_, group) => {
    const own = problem.trucks.map(({ powerMw }) => powerMw).filter((mw) => groupOfMw(mw) === group);
    own.sort((a, b) => b - a);
    let sum = 0;
    return own.map((mw) => (sum += mw));
  });
  return { groupOf: classes.map(({ truck }) => groupOfMw(truck.powerMw)), reachMw };
}

/** Where each group begins in the list: at the widest steps. */
function starts(powers: readonly number[]): number[] {
  const steps = powers.slice(1).map((mw, i) => ({ at: i + 1, mw: powers[i]! - mw }));
  steps.sort((a, b) => b.mw - a.mw);
  return [0, ...steps.slice(0, mostGroups - 1).map(({ at }) => at)].sort((a, b) => a - b);
}
