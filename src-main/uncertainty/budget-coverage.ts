/**
 * Evidence for a budget set: how often the joint error of all components lay in it on held-out days. With z_j = error ÷ half-width,
 * a slot is inside at protection α when every |z_j| ≤ 1 and Σ_j |z_j| ≤ α. Slots are counted with days as clusters; only slots
 * judged for every component, on days held out for every component, take part.
 */
import { clusterShare } from './cluster-share.ts';
import type { HeldOutRatios } from './held-out.ts';
import type { FittedSet } from './types.ts';

/** One entry per protection 0, 1, …, L for L components. */
export function budgetCoverage(components: readonly HeldOutRatios[]): FittedSet['budgetCoverage'] {
  const [first] = components;
  if (!first) return [];
  const rowsOf = components.map(({ days }) => new Map(days.map((day, row) => [day, row])));
  const shared = first.days.filter((day) => rowsOf.every((rows) => rows.has(day)));
  const levels = components.length + 1;
  const hits = Array.from({ length: levels }, () => new Array<number>(shared.length).fill(0));
  const trials = new Array<number>(shared.length).fill(0);
  shared.forEach((day, index) => {
    for (let slot = 0; slot < first.slots; slot++) {
      let total = 0;
      let largest = 0;
      components.forEach(({ slots, ratios }, component) => {
        const size = Math.abs(ratios[rowsOf[component]!.get(day)! * slots + slot]!);
        total += size;
        largest = Math.max(largest, size);
      });
      if (Number.isNaN(total)) continue;
      trials[index]! += 1;
      if (largest > 1) continue;
      for (let protection = Math.ceil(total); protection < levels; protection++) hits[protection]![index]! += 1;
    }
  });
  return hits.map((perDay, protection) => ({ protection, coverage: clusterShare(perDay, trials) }));
}
