/**
 * Real days as deviations of a plan: ξ [component][slot], positive = more demand or less wind. Whole days are kept together, so
 * correlation in time and among components survives.
 */
import type { ComponentSet, FittedSet } from '../uncertainty/types.ts';
import type { DeviationDay } from '../verify/types.ts';

/** The forecast errors of past days as they were, the days usable in every component, oldest first. The set has learnt from them. */
export function pastErrorDays(set: FittedSet): DeviationDay[] {
  return sharedDays(set, ({ residuals }) =>
    residuals.filter((day) => day.usable).map(({ day, errorKw }) => [day, errorKw] as const),
  );
}

/** Where an earlier promise was next to nothing its ratio to an error says little; an error is never more than doubled. */
const mostMagnified = 2;

/**
 * Days that the widths were not made from, oldest first: each held-out error times the half-width of this set over the one that a set
 * of earlier days had promised for it. Where the error was half again as large as its promise, so is what the plan meets.
 */
export function heldOutDays(set: FittedSet): DeviationDay[] {
  return sharedDays(set, ({ heldOut, residuals, halfWidthKw }) => {
    const errors = new Map(residuals.map(({ day, errorKw }) => [day, errorKw]));
    return heldOut.map(({ day, promisedKw }) => {
      const deviation = promisedKw.map((promised, slot) => {
        const error = errors.get(day)?.[slot] ?? 0;
        return error === 0 ? 0 : error * Math.min(mostMagnified, halfWidthKw[slot]! / promised);
      });
      return [day, deviation] as const;
    });
  });
}

function sharedDays(
  set: FittedSet,
  errorsOf: (component: ComponentSet) => (readonly [day: string, errorKw: number[]])[],
): DeviationDay[] {
  const byDay = set.components.map((component) => new Map(errorsOf(component)));
  const shared = [...(byDay[0]?.keys() ?? [])].filter((day) => byDay.every((days) => days.has(day))).sort();
  return shared.map((day) => ({
    label: day,
    deviationKw: set.components.map(({ kind }, index) => {
      const error = byDay[index]!.get(day)!;
      return kind === 'wind' ? error.map((kw) => -kw) : error;
    }),
  }));
}
