/** Days of a mixture by the powers that their trucks work at (work-steps.ts). */
import type { Column, Term } from '../../../program/program.ts';
import { directions, stepWeights, type Direction, type WorkGroup } from './work-steps.ts';

/** Days at a place by the steps that their trucks work at. */
export function daysAtSteps(
  { groupOf, groups }: { groupOf: readonly number[]; groups: readonly WorkGroup[] },
  here: readonly { column: Column; class: number; netMw: number }[],
): Map<number, Term[]> {
  const working = new Map<number, Term[]>();
  for (const { column, class: own, netMw } of here) {
    const direction = directionOf(netMw);
    if (direction === null) continue;
    const group = groupOf[own]!;
    for (const { step, weight } of stepWeights(groups[group]!.steps[direction], Math.abs(netMw))) {
      const key = workKey(group, direction, step);
      const terms = working.get(key) ?? [];
      terms.push([column, weight]);
      working.set(key, terms);
    }
  }
  return working;
}

/** Steps are fewer than a thousand. */
export const workKey = (group: number, direction: Direction, step: number): number =>
  (group * directions.length + directions.indexOf(direction)) * 1000 + step;

const directionOf = (netMw: number): Direction | null =>
  Math.abs(netMw) < 1e-9 ? null : netMw < 0 ? 'charge' : 'discharge';
