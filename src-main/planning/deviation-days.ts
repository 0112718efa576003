/**
 * Past error days as deviations of a plan: ξ [component][slot], positive = more demand or less wind. Whole days are kept
 * together, so correlation in time and among components survives. Only days usable in every component are taken.
 */
import type { FittedSet } from '../uncertainty/types.ts';
import type { DeviationDay } from '../verify/types.ts';

/** Oldest first. */
export function deviationDays(set: FittedSet): DeviationDay[] {
  const byDay = set.components.map(
    (component) => new Map(component.residuals.filter((day) => day.usable).map((day) => [day.day, day.errorKw])),
  );
  const shared = [...(byDay[0]?.keys() ?? [])].filter((day) => byDay.every((days) => days.has(day))).sort();
  return shared.map((day) => ({
    label: day,
    deviationKw: set.components.map((component, index) => {
      const error = byDay[index]!.get(day)!;
      return component.kind === 'wind' ? error.map((kw) => -kw) : error;
    }),
  }));
}
