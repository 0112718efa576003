/** Reading a worst day: how its parts are drawn, and who is furthest off. */
import type { PlanPayload } from '../../../src-main/contract/plan.ts';

/** The deviations of a day, by component [slot]. */
type Deviations = NonNullable<PlanPayload['worstCase']>['deviationKw'];

/** A component is an aggregator of the plan, a wind park of it, or the load. */
function deviationMeaning(id: string, plan: PlanPayload): 'ev' | 'wind' | 'load' {
  if (plan.aggregators.some((one) => one.id === id)) return 'ev';
  return id === 'wind' || plan.wind.some((park) => park.id === id) ? 'wind' : 'load';
}

/** Load, wind and all EV charging together, each one line: aggregators are told apart in the table, not by six equal dashes. */
export function partsByMeaning(deviations: Deviations, plan: PlanPayload) {
  const names = { load: 'Load', wind: 'Wind', ev: 'EV charging' } as const;
  return (['load', 'wind', 'ev'] as const).flatMap((meaning) => {
    const rows = deviations.filter((one) => deviationMeaning(one.id, plan) === meaning);
    const valueKw = Float64Array.from({ length: plan.horizon.slots }, (_, slot) =>
      rows.reduce((sum, one) => sum + (one.valueKw[slot] ?? 0), 0),
    );
    return rows.length === 0 ? [] : [{ id: meaning, name: names[meaning], meaning, valueKw }];
  });
}

/** The component with the largest deviation at a slot, or over the whole day when no slot is named; null without components. */
export function largestDeviation(
  deviations: Deviations,
  slot: number | null,
): { name: string; kilowatts: number; slot: number } | null {
  let largest: { name: string; kilowatts: number; slot: number } | null = null;
  for (const component of deviations)
    for (let at = slot ?? 0; at < (slot === null ? component.valueKw.length : slot + 1); at++) {
      const kilowatts = component.valueKw[at] ?? 0;
      if (largest === null || Math.abs(kilowatts) > Math.abs(largest.kilowatts))
        largest = { name: component.name, kilowatts, slot: at };
    }
  return largest;
}
